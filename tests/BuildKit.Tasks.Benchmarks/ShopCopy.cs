using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>A copy of the sample Shop and one way to make an image of it.</summary>
/// <param name="name">Name of the way; its image has it too.</param>
/// <param name="lab">Engine, registry and package.</param>
/// <param name="program">What to run.</param>
/// <param name="arguments">Its arguments; run in the folder of the solution.</param>
public sealed partial class ShopCopy(string name, Lab lab, string program, params string[] arguments)
{
    private int edits;

    /// <summary>Name of the way.</summary>
    public string Name => name;

    /// <summary>Folder of the copy.</summary>
    public string Folder { get; } = Path.Combine(TestRun.Folder, "bench", name);

    /// <summary>Repository of the image.</summary>
    public string Repository => "bench-" + name;

    /// <summary>Host and port of the registry.</summary>
    public string Registry => lab.Registry.Address;

    /// <summary>Copies the sample.</summary>
    public async Task PrepareAsync(bool referencesPackage)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        (await Command.RunAsync("cp", ["-r", RepositoryRoot.PathOf("samples/Shop"), Folder])).Succeeded();
        foreach (var folder in Directory.EnumerateDirectories(Folder)
            .SelectMany(project => new[] { Path.Combine(project, "bin"), Path.Combine(project, "obj") }).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (!referencesPackage)
        {
            var project = Path.Combine(Folder, "Shop.Api", "Shop.Api.csproj");
            await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace(
                "<PackageReference Include=\"BuildKit.Tasks\" PrivateAssets=\"all\" />", "", StringComparison.Ordinal));
        }
    }

    /// <summary>Changes one line so that the compiled program differs.</summary>
    public async Task EditAsync()
    {
        var file = Path.Combine(Folder, "Shop.Api", "Program.cs");
        var text = await File.ReadAllTextAsync(file);
        var next = string.Create(CultureInfo.InvariantCulture, $"Shop {++edits} sells");
        await File.WriteAllTextAsync(file, text.Replace(edits == 1 ? "Shop sells" : $"Shop {edits - 1} sells", next, StringComparison.Ordinal));
    }

    /// <summary>Makes the image.</summary>
    /// <param name="engine">An engine other than the one that all share.</param>
    /// <param name="variables">Environment variables besides.</param>
    public async Task<CommandResult> RunAsync(EngineFixture? engine = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var environment = new Dictionary<string, string>((engine is null ? lab : lab with { Engine = engine }).Environment())
        {
            ["BuildKitTasksVersion"] = lab.Feed.Version,
            ["ContainerRegistry"] = lab.Registry.Address,
            ["ContainerRepository"] = Repository,
            ["ContainerBaseImage"] = lab.Registry.Address + "/dotnet/aspnet:10.0",
        };
        foreach (var (variable, value) in variables ?? new Dictionary<string, string>())
        {
            environment[variable] = value;
        }

        var result = await Command.RunAsync(program, arguments, Folder, environment);
        result.Succeeded();
        return result;
    }

    /// <summary>Makes one more image, of a changed line, and gives the arguments with which buildx was called for it.</summary>
    public async Task<List<string>> BuildxArgumentsAsync()
    {
        await EditAsync();
        var verbose = new ShopCopy(name, lab, "dotnet", "publish", "Shop.Api", "--nologo", "-v:d");
        var line = (await verbose.RunAsync()).Output.Split('\n').First(text => text.Contains("docker buildx build", StringComparison.Ordinal)).Trim();
        return [.. Word().Matches(line["docker ".Length..]).Select(match => match.Value)];
    }

    // No argument of this build has a space in it but the configuration, which has none outside its quotes.
    [GeneratedRegex("\\S+")]
    private static partial Regex Word();
}
