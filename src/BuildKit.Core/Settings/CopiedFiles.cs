using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Settings;

/// <summary>Reads <c>BuildKitCopy</c>: files and folders that go into an image of published files.</summary>
internal static partial class CopiedFiles
{
    /// <summary>The files; a folder stands for all that is in it.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="workingDirectory">Where files go that name no target.</param>
    /// <param name="diagnostics">BK2001, BK2031.</param>
    public static IReadOnlyList<CopiedFile> Read(ImageSettings settings, string workingDirectory, SettingDiagnostics diagnostics)
    {
        var files = new List<CopiedFile>();
        foreach (var item in settings.ItemsOf("BuildKitCopy"))
        {
            var (target, mode, owner) = (item["Destination"], item["Mode"], item["Owner"]);
            Check(target.Length == 0 || (target.StartsWith('/') && !target.Split('/').Contains("..")), "Destination", target,
                "a full path in the image, which ends with / when it is a folder");
            Check(mode.Length == 0 || ModeForm().IsMatch(mode), "Mode", mode, "permissions in octal, for example 0640");
            Check(owner.Length == 0 || OwnerForm().IsMatch(owner), "Owner", owner, "a user, or user:group, by name or number");
            var source = settings.FullPath(item.Include);
            var found = File.Exists(source) ? [Path.GetFileName(source)]
                : Directory.Exists(source)
                    ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(source, file))
                        .Order(StringComparer.Ordinal)
                : Enumerable.Empty<string>();
            var placed =
                found.Select(name => Place(source, name, item, target.Length > 0 ? target : workingDirectory.TrimEnd('/') + "/", mode, owner))
                    .ToList();
            if (placed.Count == 0)
            {
                diagnostics.Add(PropertyDiagnostics.CopiedFileMissing.At(At(), item.Include));
            }

            // A pattern whose files all got the one name, or of which one got the name of the others' folder.
            Check(!files.Any(other => placed.Exists(file => file.Source != other.Source && (Overlap(file, other) || Overlap(other, file)))),
                "Destination", target, "a folder, with / at its end, because several files go there");
            files.AddRange(placed);

            SourceLocation At() => ProjectFileLocation.Of(settings.ProjectFile, "BuildKitCopy", item.Include);

            void Check(bool right, string name, string value, string accepted)
            {
                if (!right)
                {
                    diagnostics.Add(PropertyDiagnostics.ValueNotAccepted.At(At(), $"{name} of BuildKitCopy \"{item.Include}\"", value, accepted, ""));
                }
            }
        }

        // The last one of a name wins, as with COPY.
        return [.. files.GroupBy(file => file.Path).Select(same => same.Last())];
    }

    private static bool Overlap(CopiedFile file, CopiedFile other) => file.Path == other.Path
        ? !file.Path.EndsWith('/' + System.IO.Path.GetFileName(file.Source), StringComparison.Ordinal)
        : other.Path.StartsWith(file.Path + "/", StringComparison.Ordinal);

    private static CopiedFile Place(string source, string name, SettingItem item, string target, string mode, string owner)
    {
        var isFile = File.Exists(source);
        // What a pattern found below its last fixed folder keeps its place there.
        var within = item.Metadata.TryGetValue("RecursiveFolder", out var found) ? found.Replace('\\', '/') : "";
        var folder = target.EndsWith('/') || !isFile || within.Length > 0 ? target.TrimEnd('/') + "/" : target[..(target.LastIndexOf('/') + 1)];
        var last = folder.Length > target.Length || target.EndsWith('/') ? name.Replace('\\', '/') : target[(target.LastIndexOf('/') + 1)..];
        return new CopiedFile(isFile ? source : Path.Combine(source, name), folder, within + last, mode, owner);
    }

    [GeneratedRegex("^[0-7]{3,4}\\z")]
    private static partial Regex ModeForm();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?\\z")]
    private static partial Regex OwnerForm();
}
