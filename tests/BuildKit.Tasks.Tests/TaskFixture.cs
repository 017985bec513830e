using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;
using Moq;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace BuildKit.Tasks.Tests;

/// <summary>A project with a Dockerfile, an engine that records, and a docker that answers as a test wants.</summary>
internal sealed class TaskFixture : IDisposable
{
    private readonly Mock<IDockerCli> cli = new();

    public TaskFixture()
    {
        Folder.Write("Dockerfile", "FROM scratch\nCOPY a /\n");
        Folder.Write("a", "1");
        Folder.Write("shop.csproj", "<Project />");
        cli.Setup(c => c.ProgramPath).Returns("/usr/bin/docker");
        cli.Setup(c => c.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(), It.IsAny<ProcessCancellation>()))
            .Returns((DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation) =>
            {
                Commands.Add(command);
                Progress(command).ToList().ForEach(onError);
                return Docker(command, onOutput, cancellation);
            });
    }

    public TestFolder Folder { get; } = new();

    public RecordingBuildEngine Engine { get; } = new();

    public List<DockerCommand> Commands { get; } = [];

    /// <summary>What docker does; by default a builder "mine" runs, and a build leaves an archive.</summary>
    public Func<DockerCommand, Action<string>, ProcessCancellation, Task<int>> Docker { get; set; } = (command, onOutput, _) =>
    {
        switch (command.Arguments[1])
        {
            case "version":
                onOutput("github.com/docker/buildx v0.29.1 28f6246");
                break;
            case "ls":
                onOutput("""{"Driver":"docker-container","Name":"mine","Nodes":[{"Endpoint":"unix:///x","Status":"running"}]}""");
                break;
            case "build":
                var arguments = command.Arguments.ToList();
                File.WriteAllText(arguments[arguments.IndexOf("--metadata-file") + 1], """{"containerimage.digest":"sha256:0123456789abcdef0123"}""");
                var output = arguments[arguments.IndexOf("--output") + 1];
                File.WriteAllText(output[(output.IndexOf("dest=", StringComparison.Ordinal) + 5)..], "tar");
                break;
        }

        return Task.FromResult(0);
    };

    /// <summary>What docker writes to its error stream, where buildx reports the progress; nothing by default.</summary>
    public Func<DockerCommand, IEnumerable<string>> Progress { get; set; } = _ => [];

    public string ProjectFile => Folder.Full("shop.csproj");

    public T Make<T>()
        where T : BuildKitTask, new() => new() { BuildEngine = Engine, ProjectFile = ProjectFile, DockerCliFactory = _ => cli.Object };

    /// <summary>Gives a task what the project's properties say.</summary>
    public void Set(BuildKitTask task, params (string Name, string Value)[] properties) => task.Properties =
        [.. properties.Prepend(("_BuildKitIntermediateFolder", Folder.Full("obj/buildkit"))).Select(pair => Item(pair.Item1, ("Value", pair.Item2)))];

    /// <summary>Gives a task one more item of the project.</summary>
    public static void Add(BuildKitTask task, string kind, string include, params (string Name, string Value)[] metadata) =>
        task.Items = [.. task.Items, Item(include, [.. metadata, ("Kind", kind)])];

    /// <summary>A plan task for an archive, whose destination needs no engine and lies outside the context.</summary>
    public PlanBuilds Plan(params (string Name, string Value)[] properties)
    {
        var task = Make<PlanBuilds>();
        task.Images = [new TaskItem("shop")];
        Set(task, [.. properties, ("ContainerArchiveOutputPath", "obj/buildkit/out.tar")]);
        return task;
    }

    /// <summary>An item of PlanBuilds for an image from a Dockerfile, kept for the task that gets it.</summary>
    public ITaskItem Planned(BuildKitTask task, string name, string reference, bool pushes) => Item(name, ("PlanKey", task.Keep(new PlannedBuild(
        new BuildRequest
        {
            Name = name,
            ProjectFile = ProjectFile,
            IntermediateFolder = Folder.Full("obj/buildkit"),
            Dockerfile = Folder.Full("Dockerfile"),
            Tags = ImageReference.TryParse(reference) is { } tag ? [tag] : [],
            Outputs = [new BuildOutput(pushes ? OutputKind.Push : OutputKind.Load)],
        }, "", ""))));

    public static ITaskItem Item(string include, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(include);
        metadata.ToList().ForEach(pair => item.SetMetadata(pair.Name, pair.Value));
        return item;
    }

    public void Dispose() => Folder.Dispose();
}
