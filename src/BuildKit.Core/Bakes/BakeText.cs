namespace BuildKit.Core.Bakes;

/// <summary>Text in a bake definition, whose JSON strings are templates (https://docs.docker.com/build/bake/expressions/).</summary>
internal static class BakeText
{
    /// <summary>The text that stands for itself.</summary>
    public static string Escape(string text) =>
        text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>The text behind an escaped one.</summary>
    public static string Unescape(string text) =>
        text.Replace("$${", "${", StringComparison.Ordinal).Replace("%%{", "%{", StringComparison.Ordinal);
}
