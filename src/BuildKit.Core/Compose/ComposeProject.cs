using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>What files of one project share: the folder that paths start at, and the variables.</summary>
/// <param name="Folder">Full path of the folder.</param>
/// <param name="Environment">The environment with what environment files add.</param>
internal sealed record ComposeProject(string Folder, BuildEnvironment Environment)
{
    /// <summary>A project with the .env file of its folder.</summary>
    public static ComposeProject In(string folder, BuildEnvironment environment) =>
        new ComposeProject(folder, environment).With([Path.Combine(folder, ".env")]);

    /// <summary>The project with what further files add; those that are not there add nothing.</summary>
    public ComposeProject With(IEnumerable<string> environmentFiles)
    {
        // Of two files with one name the later counts, and what is set already wins over both.
        var environment = environmentFiles.Where(File.Exists).Reverse().Aggregate(Environment, (all, file) => EnvironmentFile.Join(file, all));
        return this with { Environment = environment };
    }

    /// <summary>Makes paths full that start at a folder.</summary>
    public ComposePaths PathsIn(string folder) =>
        new(folder, Environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", "~"));

    /// <summary>Reads a file and fills its variables in.</summary>
    /// <exception cref="DiagnosticException">BK6101, BK6102, BK6104, BK6121.</exception>
    public YamlMap Filled(string file, SourceLocation usedAt) =>
        (YamlMap)new ComposeInterpolation(Environment).Fill(Load(file, usedAt));

    private static YamlMap Load(string file, SourceLocation usedAt)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.FileNotFound.At(usedAt, "The path", file, "the file that names it"));
        }

        return YamlReader.Read(text, file) switch
        {
            YamlMap map => map,
            var other => throw new DiagnosticException(DevSpaceDiagnostics.WrongKind.At(
                other?.Location ?? new SourceLocation(file, 1, 1), "the file", "a map", other?.Kind ?? "empty")),
        };
    }
}
