using BuildKit.Core.Environments;

namespace BuildKit.Core.DevSpace;

/// <summary>A file of <c>NAME=VALUE</c> lines (<c>.env</c>), as DevSpace and Compose read it.</summary>
public static class EnvironmentFile
{
    /// <summary>The environment with what a file adds; what is set already wins.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="environment">The environment so far.</param>
    public static BuildEnvironment Join(string file, BuildEnvironment environment)
    {
        var all = new Dictionary<string, string>(environment.Names);
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()))
        {
            var text = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..].TrimStart() : line;
            if (text.Length > 0 && text[0] != '#' && text.Split('=', 2) is [var name, var value])
            {
                all.TryAdd(name.TrimEnd(), Value(value.Trim()));
            }
        }

        return environment.WithMissing(all);
    }

    private static string Value(string text)
    {
        if (text.Length > 1 && text[0] is '"' or '\'' && text.IndexOf(text[0], 1) is > 0 and var end)
        {
            return text[1..end];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
