namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>The rows that differ in what is published.</summary>
internal static class KindsOfProjects
{
    private const string Web = "Microsoft.NET.Sdk.Web";

    private const string Invariant = "<InvariantGlobalization>true</InvariantGlobalization>";

    private const string SelfContained = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>true</SelfContained>";

    /// <summary>The rows as cases; the long ones say nothing about the image that another row does not say.</summary>
    public static IEnumerable<TestCaseData> Cases =>
        Rows.Select(row => row.Name is "trimmed" ? new TestCaseData(row).SetCategory("Long") : new TestCaseData(row));

    private static IReadOnlyList<ParityRow> Rows { get; } =
    [
        new("console")
        {
            Items = """<None Update="run.sh" CopyToPublishDirectory="PreserveNewest" />""",
            Files = new Dictionary<string, string> { ["run.sh"] = "#!/bin/sh\nexec dotnet app.dll\n" },
        },
        new("web")
        {
            Sdk = Web,
            Base = "aspnet",
            Files = new Dictionary<string, string>
            {
                ["wwwroot/index.html"] = "<p>hello</p>",
                ["wwwroot/js/[id].js"] = "let id;",
                ["wwwroot/a$b.txt"] = "dollar",
                ["wwwroot/with space/äöü # !x.txt"] = "names",
                ["appsettings.json"] = "{}",
            },
        },
        new("worker") { Sdk = "Microsoft.NET.Sdk.Worker" },
        new("self-contained") { Base = "runtime-deps", Properties = SelfContained },
        new("single-file") { Base = "runtime-deps", Properties = SelfContained + "<PublishSingleFile>true</PublishSingleFile>" },
        new("trimmed") { Base = "runtime-deps", Properties = SelfContained + "<PublishTrimmed>true</PublishTrimmed>" },
        new("ready-to-run")
            { Properties =
                "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><PublishReadyToRun>true</PublishReadyToRun>" },
        new("without-apphost") { Properties = "<UseAppHost>false</UseAppHost>" + Invariant },
        new("satellites")
        {
            Items = """<EmbeddedResource Include="Texts.de.txt" Culture="de" WithCulture="true" />""",
            Files = new Dictionary<string, string> { ["Texts.de.txt"] = "hallo" },
        },
    ];
}
