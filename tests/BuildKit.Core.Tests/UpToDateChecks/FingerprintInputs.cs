using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.UpToDateChecks;

/// <summary>A build whose inputs are changed one by one.</summary>
internal sealed class FingerprintInputs : IDisposable
{
    private BuildRequest request = null!;

    public TestFolder Folder { get; } = new();

    public Dictionary<string, string> Environment { get; } = new() { ["FROM_ENVIRONMENT"] = "1", ["NPM_TOKEN"] = "one" };

    public IReadOnlyList<string> Settings { get; set; } = ["docker-container"];

    public static FingerprintInputs OfDockerfile()
    {
        var inputs = new FingerprintInputs();
        inputs.Environment["DOCKER_CONFIG"] = inputs.Folder.Make("obj/docker");
        inputs.Folder.Write("lib/x", "1");
        inputs.Folder.Write("ignored/x", "1");
        inputs.Folder.Write(".dockerignore", "lib\nlib-arm\nignored\nobj/docker\n");
        inputs.request = TestRequests.In(inputs.Folder, new BuildOutput(OutputKind.OciArchive, "/a.tar")) with
        {
            BuildArguments = [new("A", "1"), new("FROM_ENVIRONMENT", null)],
            Labels = [new("a", "1")],
            Secrets = [new("npm", "NPM_TOKEN", "")],
            NamedContexts = [new("lib", inputs.Folder.Full("lib")), Platforms(inputs.Folder)],
        };
        return inputs;
    }

    private static NamedContext Platforms(TestFolder folder)
    {
        folder.Write("lib-arm/x", "1");
        return new("publish", folder.Full("lib"))
        {
            Platforms = [new(new("linux", "amd64"), folder.Full("lib")), new(new("linux", "arm64"), folder.Full("lib-arm"))],
        };
    }

    public static FingerprintInputs OfPublishedFiles()
    {
        var inputs = new FingerprintInputs();
        inputs.request = TestRequests.Published(inputs.Folder);
        inputs.Change((PublishOutput o) => o with
        {
            Copies = [new(inputs.Folder.Write("copied", "1"), "/app/", "copied", "", "")],
            Fragment = inputs.Folder.Write("fragment", "USER 1\n"),
            Others = [o with { RuntimeIdentifier = "linux-arm", Folder = Path.GetDirectoryName(inputs.Folder.Write("out-arm/shop.dll", "1"))! }],
        });
        return inputs;
    }

    public void Change(Func<BuildRequest, BuildRequest> change) => request = change(request);

    public void Change(Func<PublishOutput, PublishOutput> change) => request = request with { PublishOutput = change(request.PublishOutput!) };

    public void Change(Func<ContainerCommand, ContainerCommand> change) =>
        Change((PublishOutput o) => o with { Config = o.Config with { Command = change(o.Config.Command) } });

    public Task<string> FingerprintAsync() =>
        new RequestFingerprint(new(Environment), Settings, new RegistryClients(new(Environment))).OfAsync(request, default);

    /// <summary>The hash of each kind of input.</summary>
    public async Task<IReadOnlyDictionary<string, string>> KindsAsync()
    {
        var fingerprint = new RequestFingerprint(new(Environment), Settings, new RegistryClients(new(Environment)));
        await fingerprint.OfAsync(request, default);
        return fingerprint.Kinds;
    }

    public void Dispose() => Folder.Dispose();
}
