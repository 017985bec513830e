using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BuildKit.Core.PublishOutputs;

/// <summary>
/// The layers of published files that outlast an edit of the application: packages, runtime, commands, copied files and
/// what else the project does not compile. A cache is read for their sake, since the application's layer is new in each build that has to build.
/// </summary>
internal static class LastingLayers
{
    /// <summary>A text that is equal while the layers are, by size and date of their files.</summary>
    public static string KeyOf(PublishOutput output)
    {
        var lines = new StringBuilder();
        void Add(object kind, string path, string source)
        {
            var file = new FileInfo(source);
            lines.Append(CultureInfo.InvariantCulture, $"{kind} {path} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}\n");
        }

        foreach (var one in output.All)
        {
            lines.Append(one.BaseImage).Append('\n').Append(one.Config.WorkingDirectory).Append('\n').AppendJoin('\n', one.Commands).Append('\n');
            one.Layers.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList()
                .ForEach(pair => Add(pair.Value, pair.Key, Path.Combine(one.Folder, pair.Key)));
            one.Copies.ToList().ForEach(copy => Add($"copy {copy.Mode} {copy.Owner}", copy.Path, copy.Source));
        }

        if (output.Fragment.Length > 0)
        {
            Add("fragment", output.Fragment, output.Fragment);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
