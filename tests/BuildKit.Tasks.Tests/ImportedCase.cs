using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using BuildKit.Core.Tests;
using BuildKit.Core.Tests.DevSpace;

namespace BuildKit.Tasks.Tests;

/// <summary>A case of devspace.yaml in a folder of its own, with what its images need: the values of the environment while it is open.</summary>
internal sealed class ImportedCase : IDisposable
{
    private const string ImportFile = "devspace.images.targets";

    private readonly IDisposable folder;
    private readonly string tree;
    private readonly Dictionary<string, string?> before = [];
    private readonly CollectingSink sink = new();

    private ImportedCase(IDisposable folder, string tree, string file, DevSpaceOptions options)
    {
        (this.folder, this.tree, File, Options, Root) = (folder, tree, file, options, Path.GetDirectoryName(file)!);
        var read = DevSpaceProject.Read(file, options, new CollectingSink());
        foreach (var image in read)
        {
            Directory.CreateDirectory(image.Context);
        }

        Directory.CreateDirectory(Path.Combine(Root, "keys"));
        System.IO.File.WriteAllText(Path.Combine(Root, "keys", "id"), "k");

        foreach (var same in read.Where(image => !System.IO.File.Exists(image.Dockerfile)).GroupBy(image => image.Dockerfile))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(same.Key)!);
            // Targets that are no names of stages stand in files that only BuildKit would read.
            var stages = same.Select(image => image.Target).Concat(["base", "dev", "production"]).Where(target => target.Length > 0)
                .Distinct().ToList();
            System.IO.File.WriteAllLines(same.Key, stages.Exists(stage => stage.Contains(' ', StringComparison.Ordinal)) ? ["# nothing"]
                : stages.Select(stage => $"FROM scratch AS {stage}"));
        }

        // Who builds the clone gives what the file took from outside: the environment, an environment file, an answer.
        foreach (var (name, value) in options.Environment.Variables.Where(pair => pair.Key is not ("PATH" or "HOME"))
            .Concat(read.SelectMany(image => image.Filled).SelectMany(text => text.Parts)
                .Where(part => part.Origin is { Kind: OriginKind.Outside, Name.Length: > 0 })
                .Select(part => KeyValuePair.Create(part.Origin!.Name, part.Text))))
        {
            before.TryAdd(name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public string File { get; }

    public DevSpaceOptions Options { get; }

    public string Root { get; }

    public IEnumerable<string> Refusals =>
        sink.Found.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Code).Distinct();

    public static ImportedCase Of(TableCase one)
    {
        var folder = new TestFolder();
        return new ImportedCase(folder, folder.Path, one.Write(folder, "devspace.yaml"), one.DevSpaceOptions(folder));
    }

    public static ImportedCase Of(string name)
    {
        var opened = new CorpusCase(Path.Combine(SourceFolder.Of("DevSpace/Corpus"), name + ".yaml"));
        return new ImportedCase(opened, opened.Tree, opened.DevSpaceFile, opened.Options);
    }

    public bool Import() => DevSpaceImport.Write(File, Path.Combine(Root, ImportFile), Options, sink).Count > 0;

    /// <summary>The requests of the file as it is read, by the names of their images.</summary>
    public Dictionary<string, string> Requests() =>
        DevSpaceImages.Describe(File, Options, new CollectingSink()).ToDictionary(image => image.Name, TextOf);

    /// <summary>The same folder as it comes from a repository, without the file.</summary>
    public ClonedCase Clone() => new(tree, Path.GetRelativePath(tree, Root), Options);

    public void Dispose()
    {
        before.ToList().ForEach(variable => Environment.SetEnvironmentVariable(variable.Key, variable.Value));
        folder.Dispose();
    }

    private string TextOf(ImageDescription image)
    {
        var items = image.Items.GroupBy(item => item.ItemName).ToDictionary(
            kind => kind.Key, kind => (IReadOnlyList<SettingItem>)[.. kind.Select(item => new SettingItem(item.Include, item.Metadata))]);
        var project = ClonedCase.Project(Root, Options, items, new Dictionary<string, string>());
        return ClonedCase.Text(project.ForImage(image.Name, image.Metadata), tree);
    }
}
