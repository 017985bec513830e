using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BuildKit.Core.PublishOutputs;

/// <summary>
/// The layers of published files that outlast an edit of the application: packages, runtime and what else the project
/// does not compile. A cache is read for their sake, since the application's layer is new in each build that has to build.
/// </summary>
public static class LastingLayers
{
    /// <summary>A text that is equal while the layers are, by size and date of their files.</summary>
    public static string KeyOf(PublishOutput output)
    {
        var lines = new StringBuilder();
        foreach (var one in output.All)
        {
            lines.Append(one.BaseImage).Append('\n').AppendJoin('\n', one.Commands).Append('\n');
            foreach (var (path, layer) in one.Layers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var file = new FileInfo(Path.Combine(one.Folder, path));
                lines.Append(CultureInfo.InvariantCulture, $"{layer} {path} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}\n");
            }
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
