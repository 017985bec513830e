using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Json;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Bakes;

/// <summary>Finds the secrets of a bake, by the names that its images give, to keep them out of what is shown.</summary>
/// <param name="environment">The environment of the build.</param>
internal sealed class SecretRedactorOfBake(BuildEnvironment environment)
{
    /// <summary>The redactor for all images.</summary>
    public SecretRedactor Of(IReadOnlyList<BakeEntry> entries) =>
        SecretValues.Of(entries.SelectMany(entry => entry.Secrets), entries.SelectMany(ArgumentsOf), entries.SelectMany(ContextsOf), environment);

    private static List<string> ContextsOf(BakeEntry entry) => BakeTargetFile.Read(entry) is var target
        ? [BakeText.Unescape(target.Text("context")), .. target.Members("contexts").Select(member => BakeText.Unescape(member.Value.AsText()))] : [];

    private static List<BuildArgument> ArgumentsOf(BakeEntry entry) =>
        [.. BakeTargetFile.Read(entry).Members("args").Select(member => new BuildArgument(
            BakeText.Unescape(member.Name), member.Value.ValueKind == JsonValueKind.Null ? null : BakeText.Unescape(member.Value.AsText())))];
}
