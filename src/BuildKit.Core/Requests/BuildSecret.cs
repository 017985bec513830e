using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Requests;

/// <summary>
/// A secret for <c>RUN --mount=type=secret</c>, known by the name of its source only: its value is read by buildx,
/// and never comes here.
/// </summary>
/// <param name="Id">Identifier in the Dockerfile.</param>
/// <param name="EnvironmentVariable">Variable that holds it; empty when it comes from a file.</param>
/// <param name="File">Full path of the file that holds it; empty when it comes from a variable.</param>
public sealed record BuildSecret(string Id, string EnvironmentVariable, string File)
{
    /// <summary>Checks that the secret has one source and that the source is there.</summary>
    /// <returns>BK2006, BK2007, BK2009 or BK2011; null when all is well.</returns>
    public Diagnostic? Validate(BuildEnvironment environment, SourceLocation? location)
    {
        if (Id.Length == 0 || Id.IndexOfAny([',', '=', '"', '\n']) >= 0)
        {
            return PropertyDiagnostics.InvalidName.At(location, "The secret", Id, "its name may not have ',', '=' or quotes");
        }

        if (EnvironmentVariable.Length > 0 == File.Length > 0)
        {
            var what = File.Length > 0 ? "both EnvironmentVariable and File" : "neither EnvironmentVariable nor File";
            return PropertyDiagnostics.SecretSource.At(location, Id, what);
        }

        if (EnvironmentVariable.Length > 0)
        {
            return environment.ContainsKey(EnvironmentVariable)
                ? null
                : PropertyDiagnostics.SecretVariableUnset.At(location, Id, EnvironmentVariable);
        }

        return System.IO.File.Exists(File) ? null : PropertyDiagnostics.SecretFileMissing.At(location, Id, File);
    }

    /// <summary>The arguments that give it to buildx: a name or a path, never a value.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        "--secret",
        Csv.Line(EnvironmentVariable.Length > 0
            ? [$"id={Id}", $"env={EnvironmentVariable}"]
            : [$"id={Id}", $"src={File}"]),
    ];
}
