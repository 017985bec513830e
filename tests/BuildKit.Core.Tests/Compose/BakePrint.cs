using System.Diagnostics;
using System.Text.Json;

namespace BuildKit.Core.Tests.Compose;

/// <summary>What <c>docker buildx bake --print</c> makes of compose files. It needs buildx's program and no engine.</summary>
internal static class BakePrint
{
    /// <summary>The targets by name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Of(string folder, IReadOnlyList<string> files,
        IReadOnlyDictionary<string, string> environment)
    {
        var home = Environment.GetEnvironmentVariable("BUILDKIT_TASKS_ENGINE_HOME")
            ?? Path.GetFullPath(Path.Combine(SourceFolder.Of("."), "../../.engine"));
        var program = Path.Combine(home, "programs/usr/libexec/docker/cli-plugins/docker-buildx");
        Assert.That(program, Does.Exist, "tests/engine/setup.sh brings it");
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        new List<string>
            { "bake", "--print", "--progress=quiet" }.Concat(files.SelectMany(file => new[] { "-f", Path.GetRelativePath(folder, file) })).ToList()
            .ForEach(start.ArgumentList.Add);
        start.Environment.Clear();
        start.Environment["HOME"] = "/home/someone";
        start.Environment["DOCKER_CONFIG"] = folder;
        start.Environment["BUILDX_CONFIG"] = folder;
        environment.ToList().ForEach(pair => start.Environment[pair.Key] = pair.Value);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result + output);
        using var document = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return document.RootElement.GetProperty("target").EnumerateObject().ToDictionary(target => target.Name, target => target.Value.Clone());
    }
}
