using System.Diagnostics;

namespace BuildKit.Testing;

/// <summary>A folder of one test with the projects it builds.</summary>
public sealed class TestProject
{
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly string logs;
    private int commands;

    /// <summary>Makes the folder.</summary>
    /// <param name="name">Name of the test, and of the folder.</param>
    /// <param name="environment">The environment of the commands.</param>
    public TestProject(string name, IReadOnlyDictionary<string, string> environment)
    {
        this.environment = environment;
        Folder = Directory.CreateDirectory(Path.Combine(TestRun.Folder, "tests", name)).FullName;
        logs = Directory.CreateDirectory(Path.Combine(TestRun.Folder, "logs", name)).FullName;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Full path of a file of the folder.</summary>
    public string PathOf(string relativePath) => Path.Combine(Folder, relativePath);

    /// <summary>Writes a file and the folders above it.</summary>
    public string Write(string relativePath, string text)
    {
        var path = PathOf(relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Copies a folder with all that is in it but bin and obj.</summary>
    public void CopyFrom(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (!relative.Split('/').Any(part => part is "bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
                File.Copy(file, PathOf(relative));
            }
        }
    }

    /// <summary>Runs <c>dotnet publish</c> in the folder.</summary>
    public Task<DotnetResult> PublishAsync(params string[] arguments) => DotnetAsync(["publish", .. arguments]);

    /// <summary>
    /// Runs <c>dotnet</c> in the folder, or below it, in a process that has built other projects before, as at a desk. With a
    /// variable that is read once per process, or with <c>-nodeReuse:false</c>, it has a process of its own.
    /// </summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where, below the folder.</param>
    /// <param name="variables">Environment variables to set; a null removes one.</param>
    public async Task<DotnetResult> DotnetAsync(
        IEnumerable<string> arguments, string folder = "", IReadOnlyDictionary<string, string?>? variables = null)
    {
        var binlog = Path.Combine(logs, $"{Interlocked.Increment(ref commands)}.binlog");
        // The files that a log would have in it are in the folder of the test.
        string[] all = [.. arguments, $"-bl:{binlog};ProjectImports=None"];
        var clock = Stopwatch.StartNew();
        var result = BuildServers.Suit(variables?.Keys ?? [], all)
            ? await RunOnServerAsync("dotnet", all, PathOf(folder), EnvironmentWith(variables), "")
            : await Command.RunAsync("dotnet", all, PathOf(folder), EnvironmentWith(variables));
        TestContext.Out.WriteLine($"{result.Line}  ({clock.Elapsed.TotalSeconds:0.0} s)\n{result.Output}");
        return new DotnetResult(result, binlog);
    }

    /// <summary>Runs lines of bash as they are typed, with <c>dotnet</c> in a process that has built other projects before.</summary>
    /// <param name="script">The lines; the first that fails ends them.</param>
    /// <param name="folder">Full path of where.</param>
    /// <param name="variables">Environment variables to set; a null removes one.</param>
    public async Task<CommandResult> ShellAsync(string script, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        var result = await RunOnServerAsync(
            "bash", ["-e", "-c", script], folder, EnvironmentWith(variables), BuildServers.KindOf(variables));
        TestContext.Out.WriteLine($"{script}\n{result.Output}");
        return result;
    }

    /// <summary>The environment of the commands, changed; <c>dotnet</c> has a process of its own in it.</summary>
    public Dictionary<string, string> EnvironmentWith(IReadOnlyDictionary<string, string?>? variables)
    {
        var changed = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = value;
            }
        }

        return changed;
    }

    private static async Task<CommandResult> RunOnServerAsync(
        string program, string[] arguments, string folder, Dictionary<string, string> environment, string kind)
    {
        var server = BuildServers.Take(kind);
        try
        {
            BuildServers.Use(server, environment);
            var result = await Command.RunAsync(program, arguments, folder, environment);
            BuildServers.Return(server, kind);
            return result;
        }
        catch (TimeoutException)
        {
            // The build goes on in the server.
            BuildServers.End(server);
            throw;
        }
    }

    /// <summary>Removes the folder; that of a test that failed stays, with the binary logs.</summary>
    public void Close(bool failed)
    {
        if (failed)
        {
            TestContext.Out.WriteLine($"Kept: {Folder} and {logs}");
            return;
        }

        Directory.Delete(Folder, recursive: true);
        Directory.Delete(logs, recursive: true);
    }
}
