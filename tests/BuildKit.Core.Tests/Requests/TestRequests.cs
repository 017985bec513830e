using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Tests.Requests;

/// <summary>Requests and builders that the tests begin with.</summary>
internal static class TestRequests
{
    public static Builder GraphDriver { get; } = new() { Name = "", Driver = BuilderDriver.Docker };

    public static Builder ContainerdStore { get; } = new() { Name = "default", Driver = BuilderDriver.Docker, ContainerdStore = true };

    public static Builder Container { get; } = new() { Name = "ours", Driver = BuilderDriver.DockerContainer };

    public static Builder Of(string name) => name switch
    {
        "graph" => GraphDriver,
        "containerd" => ContainerdStore,
        _ => Container,
    };

    /// <summary>A request whose paths need not exist.</summary>
    public static BuildRequest OnPaper(params BuildOutput[] outputs) => new()
    {
        Name = "shop",
        ProjectFile = "/src/shop/shop.csproj",
        IntermediateFolder = "/src/shop/obj/buildkit",
        Dockerfile = "/src/shop/Dockerfile",
        Context = "/src/shop",
        Tags = [new ImageReference("r.example.com", "shop", "1")],
        Outputs = outputs,
    };

    /// <summary>A request for a Dockerfile in a folder that is there.</summary>
    public static BuildRequest In(TestFolder folder, params BuildOutput[] outputs)
    {
        folder.Write("Dockerfile", "FROM scratch\nCOPY a /\n");
        folder.Write("a", "1");
        return OnPaper(outputs) with
        {
            ProjectFile = folder.Full("shop.csproj"),
            IntermediateFolder = folder.Full("obj/buildkit"),
            Dockerfile = folder.Full("Dockerfile"),
            Context = folder.Path,
        };
    }

    /// <summary>The same image, of published files.</summary>
    public static BuildRequest Published(TestFolder folder)
    {
        folder.Write("out/shop.dll", "1");
        folder.Write("out/lib/p.dll", "2");
        return In(folder, new BuildOutput(OutputKind.Push)) with
        {
            Dockerfile = "",
            Context = "",
            PublishOutput = new PublishOutput
            {
                Folder = folder.Full("out"),
                BaseImage = "base:1",
                Config = new PublishedConfig { Command = new ContainerCommand { AppCommand = ["/app/shop"] } },
            },
        };
    }
}
