using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Json;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Bakes;

/// <summary>An image that takes part in a bake, changed or not: what decides about its place among the others.</summary>
/// <param name="Name">Name of the image definition.</param>
/// <param name="ProjectFile">Full path of its project.</param>
public sealed record BakeImage(string Name, string ProjectFile)
{
    /// <summary>References that it gets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Images that it builds on or copies from, by the names under which it does so.</summary>
    public IReadOnlyList<BakeBase> Bases { get; init; } = [];

    /// <summary>Whether it has to be built for its own sake.</summary>
    public bool Changed { get; init; }

    /// <summary>Whether a registry gets it, where other builders find it too.</summary>
    public bool IsPushed { get; init; }

    /// <summary>Whether its project makes it only because another of its images is built on it; another project may own it.</summary>
    public bool IsForOthers { get; init; }

    /// <summary>The image of a plan.</summary>
    public static BakeImage Of(PlannedBuild plan, bool changed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new BakeImage(plan.Request.Name, plan.Request.ProjectFile)
        {
            References = [.. plan.Request.Tags.Select(tag => tag.ToString())],
            Bases = BakeBases.Of(plan.Request),
            Changed = changed,
            IsPushed = plan.Request.Pushes,
            IsForOthers = plan.Request.IsForOthers,
        };
    }

    /// <summary>Writes the images of a project.</summary>
    public static void Write(string path, IEnumerable<BakeImage> images) =>
        BakeJson.Write(path, json => json.WriteObjects("images", images, image => image.WriteTo(json)));

    /// <summary>Reads the images of a project.</summary>
    /// <exception cref="DiagnosticException">BK6209.</exception>
    public static IReadOnlyList<BakeImage> Read(string path) => BakeJson.Read(path, root => root.Objects("images", Of));

    /// <summary>The image of one project that another project's has the reference of; null when none has.</summary>
    public BakeBase? BaseIn(BakeImage other) => this == other ? null : Bases.FirstOrDefault(one => other.References.Contains(one.Reference));

    internal static BakeImage Of(JsonElement element) => new(element.String("name"), element.String("project"))
    {
        References = element.Strings("references"),
        Bases = element.Objects("bases", one => new BakeBase(one.String("name"), one.String("reference"), one.GetProperty("isRead").GetBoolean())),
        Changed = element.GetProperty("changed").GetBoolean(),
        IsPushed = element.GetProperty("isPushed").GetBoolean(),
        IsForOthers = element.GetProperty("isForOthers").GetBoolean(),
    };

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name", Name);
        json.WriteString("project", ProjectFile);
        json.WriteTexts("references", References);
        json.WriteObjects("bases", Bases, one =>
        {
            json.WriteString("name", one.Name);
            json.WriteString("reference", one.Reference);
            json.WriteBoolean("isRead", one.IsRead);
        });
        json.WriteBoolean("changed", Changed);
        json.WriteBoolean("isPushed", IsPushed);
        json.WriteBoolean("isForOthers", IsForOthers);
    }
}
