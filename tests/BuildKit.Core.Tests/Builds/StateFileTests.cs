using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Systems;
using BuildKit.Core.Tests.Progress;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;
using Moq;

namespace BuildKit.Core.Tests.Builds;

/// <summary>
/// A file that only saves work costs that work when it cannot be written, and no build. A folder that has the file's name
/// stands for a full or read-only disk: root may write everywhere, and tests run as root.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StateFileTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();

    public void Dispose() => folder.Dispose();

    [TestCase(".record.json")]
    [TestCase(".image.json")]
    [TestCase(".digest")]
    public async Task An_image_whose_record_cannot_be_written_is_built_and_that_is_told_once(string suffix)
    {
        folder.Make($"obj/buildkit/shop{suffix}/x");
        var image = await BuildAsync(TestRequests.In(folder, new BuildOutput(OutputKind.Push)));
        Assert.That(image?.Digest, Is.EqualTo("sha256:d"));
        Assert.That(sink.Codes, Is.EqualTo(new[] { "BK1064" }));
        Assert.That(sink.Diagnostics[0].Message, Does.Contain("shop" + suffix).And.Contains("starts from the beginning"));
        Assert.That(Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task A_report_that_cannot_be_written_costs_a_line_in_the_log()
    {
        folder.Make("obj/buildkit/shop.report.json/x");
        Assert.That(await BuildAsync(TestRequests.In(folder, new BuildOutput(OutputKind.Push))), Is.Not.Null);
        Assert.That(sink.Codes, Is.Empty);
        Assert.That(sink.AllText, Does.Contain("The report of shop could not be written"));
    }

    [Test]
    public async Task A_table_of_hashes_that_cannot_be_written_costs_the_hashing()
    {
        folder.Make("obj/buildkit/shop.files/x");
        var request = TestRequests.In(folder, new BuildOutput(OutputKind.CacheOnly));
        var environment = new Core.Environments.BuildEnvironment();
        var (plan, _) = await new BuildPlanner(environment, [], new RegistryClients(environment)).PlanAsync(request, "", default);
        Assert.That(plan.Fingerprint, Has.Length.EqualTo(64));
    }

    [Test]
    public void Other_records_cost_the_next_build_what_they_would_have_saved()
    {
        folder.Make("a/x");
        Assert.DoesNotThrow(() => new BaseImageRecord(folder.Full("a"), new Platform("linux", "amd64")).Write(new BaseImage("r/b:1", "{}")));
        Assert.DoesNotThrow(() => new Core.Caches.CacheRecord().Write(folder.Full("a")));
        Assert.DoesNotThrow(() => ProbeRecord.Write(folder.Full("a"), "k", TestRequests.Container));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder.Full("a") }));
    }

    [Test]
    public async Task A_file_in_the_place_of_the_folder_is_named()
    {
        folder.Write("obj/buildkit");
        var failure = (await Assert.CatchAsync(() => BuildAsync(TestRequests.In(folder, new BuildOutput(OutputKind.Push)))))!;
        var diagnostic = MachineFault.Of(failure, "DockerBuildxBuild", new SourceLocation(folder.Full("shop.csproj")))!;
        Assert.That((diagnostic.Code, diagnostic.Location!.File), Is.EqualTo(("BK1060", folder.Full("shop.csproj"))));
        Assert.That(diagnostic.Message, Does.Contain(folder.Full("obj/buildkit")));
    }

    // Only Linux has a device that is always full.
    [Test]
    [Platform("Linux")]
    public void A_full_device_is_told_from_other_faults()
    {
        var failure = Assert.Catch(() => File.WriteAllText("/dev/full", "x"))!;
        var diagnostic = MachineFault.Of(failure, "DockerBuildxBuild", new SourceLocation("a.csproj"))!;
        Assert.That(diagnostic.Code, Is.EqualTo("BK1061"));
        Assert.That(diagnostic.Message, Does.Contain("/dev/full").And.Contains("df -i"));
    }

    [Test]
    public void An_archive_whose_name_is_taken_is_BK5006()
    {
        BuildOutput[] outputs = [new(OutputKind.OciArchive, folder.Full("a.tar"))];
        OutputFiles.Prepare(outputs);
        folder.Make("a.tar/x");
        var failure = Assert.Throws<DiagnosticException>(() => OutputFiles.Complete(outputs))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK5006"));
        Assert.That(failure.Message, Does.Contain(folder.Full("a.tar")));
    }

    [Test]
    public void A_file_is_there_whole_or_as_it_was()
    {
        var file = folder.Write("a", "old");
        Assert.Throws<IOException>(() => WholeFile.Write(file, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("no room");
        }));
        Assert.That(File.ReadAllText(file), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { file }));
        Assert.That(WholeFile.TryWrite(folder.Full("a/b"), _ => { }), Does.Contain(folder.Full("a")));
    }

    [Test]
    public async Task A_password_in_the_URL_of_a_context_is_nowhere()
    {
        const string password = "pa55-w0rd";
        var request = TestRequests.In(folder, new BuildOutput(OutputKind.Push)) with
        {
            Context = $"https://ann:{password}@git.example.com/x.git",
            NamedContexts = [new NamedContext("assets", $"https://ann:{password}%21@git.example.com/y.git")],
        };
        await BuildAsync(request, "ERROR: failed to load: unable to access 'https://ann:pa55-w0rd!@git.example.com/y.git': pa55-w0rd! was refused");
        var told = sink.AllText + string.Concat(Directory.GetFiles(folder.Full("obj"), "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.That(told, Does.Contain("https://***@git.example.com/x.git").And.Not.Contain(password));
    }

    private async Task<BuiltImage?> BuildAsync(BuildRequest request, string error = "")
    {
        var cli = new Mock<IDockerCli>();
        cli.Setup(c => c.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(), It.IsAny<ProcessCancellation>()))
            .Returns((DockerCommand command, Action<string> _, Action<string> onError, ProcessCancellation _) =>
            {
                (error.Length > 0 ? Recording.Lines("failed-run").Append(error) : Recording.Lines("success")).ToList().ForEach(onError);
                var arguments = command.Arguments.ToList();
                File.WriteAllText(arguments[arguments.IndexOf("--metadata-file") + 1], """{"containerimage.digest":"sha256:d"}""");
                return Task.FromResult(error.Length > 0 ? 1 : 0);
            });
        var environment = new Core.Environments.BuildEnvironment();
        // Nobody answers at this registry, which only costs details.
        var build = new BuildxBuild(cli.Object, environment, new RegistryClients(environment), new DetailsAreNotTheMatter(sink))
        {
            Options = new RunOptions { Report = true },
        };
        var tagged = request with { Tags = [new ImageReference("127.0.0.1:1", "shop", "1")] };
        return await build.RunAsync(new PlannedBuild(tagged, "f", "it is a test"), TestRequests.Container, default);
    }

    private sealed class DetailsAreNotTheMatter(IDiagnosticSink inner) : IDiagnosticSink
    {
        public void Report(Diagnostic diagnostic)
        {
            if (diagnostic.Descriptor != ResultDiagnostics.DetailsUnavailable)
            {
                inner.Report(diagnostic);
            }
        }

        public bool Fails(Diagnostic diagnostic) => inner.Fails(diagnostic);

        public void Message(MessageLevel level, string text) => inner.Message(level, text);
    }
}
