using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Bakes;

/// <summary>An image that is prepared for a bake; the rest of what is said of it stands in its <see cref="BakeTargetFile"/>.</summary>
/// <param name="Image">The image, and what it builds on.</param>
/// <param name="Files">Full path of the files of its session, without what tells them apart.</param>
/// <param name="Builder">Its builder.</param>
public sealed record BakeEntry(BakeImage Image, string Files, Builder Builder)
{
    /// <summary>Name of its target in the definition.</summary>
    public string Target { get; init; } = "";

    /// <summary>Its secrets, by the names of their sources.</summary>
    public IReadOnlyList<BuildSecret> Secrets { get; init; } = [];

    /// <summary>Whether it is pushed.</summary>
    public bool Pushes { get; init; }

    /// <summary>One tag of each repository that it is pushed to and never was before.</summary>
    public IReadOnlyList<string> Unverified { get; init; } = [];

    /// <summary>The entry of a build that was prepared.</summary>
    public static BakeEntry Of(BuildSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = session.Plan.Request;
        return new BakeEntry(BakeImage.Of(session.Plan, changed: true), session.FileOf(""), session.Builder)
        {
            Secrets = request.Secrets,
            Pushes = request.Pushes,
            Unverified = [.. PushDestinations.Unverified(request).Select(tag => tag.ToString())],
        };
    }

    /// <summary>Full path of one of its files.</summary>
    /// <param name="suffix">For example <c>.bake-target.json</c>.</param>
    public string FileOf(string suffix) => Files + suffix;

    /// <summary>Gives each a target name that bake accepts and no other one has.</summary>
    public static IReadOnlyList<BakeEntry> WithTargets(IEnumerable<BakeEntry> entries)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. entries.Select(entry =>
        {
            string[] wishes = [entry.Image.Name, $"{Path.GetFileNameWithoutExtension(entry.Image.ProjectFile)}-{entry.Image.Name}"];
            var name = wishes.Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{entry.Image.Name}-{number}"))
                .Select(Accepted).First(taken.Add);
            return entry with { Target = name };
        })];
    }

    // Bake's rule: letters, digits, '-' and '_'. "default" is the group of all; a '-' at the beginning makes an option of it.
    private static string Accepted(string name)
    {
        var text = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        return text == "default" ? "default-image" : text.StartsWith('-') ? "image" + text : text;
    }
}
