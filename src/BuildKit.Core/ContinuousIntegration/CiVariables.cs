using BuildKit.Core.Environments;

namespace BuildKit.Core.ContinuousIntegration;

/// <summary>The environment of a build, read as CI systems write it.</summary>
/// <param name="environment">The variables.</param>
public sealed class CiVariables(BuildEnvironment environment)
{
    /// <summary>Value of a variable, or empty.</summary>
    public string this[string name] => environment.GetValueOrDefault(name, "").Trim();

    /// <summary>Whether a variable is <c>true</c> in any case.</summary>
    public bool IsTrue(string name) => environment.IsTrue(name);

    /// <summary>The first variable with a value.</summary>
    public string First(params string[] names) => names.Select(name => this[name]).FirstOrDefault(value => value.Length > 0, "");

    /// <summary>A branch without <c>refs/heads/</c>; empty for another kind of reference.</summary>
    public static string BranchOf(string reference) => WithoutPrefix(reference, "refs/heads/");

    /// <summary>A tag without <c>refs/tags/</c>; empty for another kind of reference.</summary>
    public static string TagOf(string reference) =>
        reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? reference["refs/tags/".Length..] : "";

    /// <summary>Number of a pull request's reference such as <c>refs/pull/12/merge</c>; empty for another kind.</summary>
    public static string PullRequestOf(string reference)
    {
        var parts = reference.Split('/');
        return parts is ["refs", "pull" or "merge-requests" or "pull-requests", var number, ..] && number.All(char.IsAsciiDigit) ? number : "";
    }

    /// <summary>Whether two repositories are two; null when one is not known.</summary>
    public static bool? Differ(string source, string target) =>
        source.Length == 0 || target.Length == 0 ? null : !source.Equals(target, StringComparison.OrdinalIgnoreCase);

    private static string WithoutPrefix(string reference, string prefix) =>
        reference.StartsWith(prefix, StringComparison.Ordinal) ? reference[prefix.Length..]
        : reference.StartsWith("refs/", StringComparison.Ordinal) ? "" : reference;
}
