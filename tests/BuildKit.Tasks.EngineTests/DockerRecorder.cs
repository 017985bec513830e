namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// A program named docker, first on PATH, that notes each call and hands it on. It adds a line to buildx's version: then
/// buildx is not taken for the plugin that could be called without it.
/// </summary>
internal sealed class DockerRecorder
{
    private readonly string log;

    public DockerRecorder(TestProject project)
    {
        log = project.PathOf("recorder/calls");
        var docker = project.Write("recorder/docker", $"""
            #!/bin/sh
            echo "$*" >> '{log}'
            [ "$*" = "buildx version" ] && echo recorded
            exec '{Machine.Engine.ProgramOf("docker")}' "$@"
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Variables = new Dictionary<string, string?>
        {
            ["PATH"] = $"{Path.GetDirectoryName(docker)}:{Machine.Engine.Environment["PATH"]}",
        };
    }

    /// <summary>Variables that put it on PATH.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Arguments of each call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(log) ? File.ReadAllLines(log) : [];

    public void Forget() => File.Delete(log);
}
