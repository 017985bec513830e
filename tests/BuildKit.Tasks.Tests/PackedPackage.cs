using System.Diagnostics;
using System.IO.Compression;

namespace BuildKit.Tasks.Tests;

/// <summary>
/// The package as it would be published, packed once from a copy of the sources: nothing of it touches the bin and obj
/// folders of the working tree, which another build may be using.
/// </summary>
internal static class PackedPackage
{
    private static readonly Lazy<string> Copied = new(CopySources);
    private static readonly Lazy<string> Packed = new(() => Pack("1.0.0-test1"));
    private static readonly Lazy<string> Extracted = new(() => Extract(Packed.Value));

    /// <summary>Full path of the package.</summary>
    public static string File => Packed.Value;

    /// <summary>Full path of its content.</summary>
    public static string Folder => Extracted.Value;

    /// <summary>Packs once more, from nothing, and gives the content.</summary>
    public static string PackAgain()
    {
        _ = Packed.Value;
        foreach (var folder in Directory.GetDirectories(Copied.Value, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is "bin" or "obj").ToList())
        {
            Directory.Delete(folder, recursive: true);
        }

        return Extract(Pack("1.0.0-test1"));
    }

    /// <summary>Packs with other properties, and gives the content.</summary>
    public static string PackWith(params string[] properties) => Extract(Pack("1.0.0-test2", properties));

    public static void Remove()
    {
        if (Copied.IsValueCreated)
        {
            Directory.Delete(Copied.Value, recursive: true);
        }
    }

    private static string CopySources()
    {
        var target = Directory.CreateTempSubdirectory("buildkit-pack-").FullName;
        foreach (var file in new[] { "src", "build", "docs", "nuget" }.SelectMany(folder => Repository.Files(folder, "*"))
            .Concat(new[] { "Directory.Packages.props", "NuGet.config", "LICENSE", ".editorconfig" }.Select(Repository.PathOf)))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }

        return target;
    }

    private static string Pack(string version, params string[] properties)
    {
        var output = Directory.CreateDirectory(Path.Combine(Copied.Value, "packages-" + Guid.NewGuid().ToString("N"))).FullName;
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Copied.Value, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["pack", "nuget/BuildKit.Tasks.Package.csproj", "-c", "Release", "-o", output, "-p:Version=" + version, .. properties];
        foreach (var argument in arguments.Concat(["-p:RunAnalyzers=false", "-nr:false"]))
        {
            start.ArgumentList.Add(argument);
        }

        // What "dotnet test" hands on would make the inner dotnet use the outer one's SDK and servers.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, text);
        return Directory.GetFiles(output).Single();
    }

    private static string Extract(string package)
    {
        var folder = Path.Combine(Path.GetDirectoryName(package)!, "content");
        ZipFile.ExtractToDirectory(package, folder);
        return folder;
    }
}
