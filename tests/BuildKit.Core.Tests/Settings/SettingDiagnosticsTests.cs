using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Tests.Settings;

/// <summary>What is wrong in a project has its code, and the line on which it stands.</summary>
public sealed class SettingDiagnosticsTests
{
    private static readonly Dictionary<string, (string Code, Action<TestSettings> Write)> Wrong = new()
    {
        ["image_source"] = ("BK2001", s => s.Set("BuildKitImageSource", "Generated")),
        ["image_source_number"] = ("BK2001", s => s.Set("BuildKitImageSource", "7")),
        ["image_source_zero"] = ("BK2001", s => s.Set("BuildKitImageSource", "0")),
        ["image_sources"] = ("BK2001", s => s.Set("BuildKitImageSource", "PublishOutput,Dockerfile")),
        ["network"] = ("BK2001", s => s.Set("BuildKitNetwork", "bridge")),
        ["push"] = ("BK2001", s => s.Set("BuildKitPush", "maybe")),
        ["load"] = ("BK2001", s => s.Set("BuildKitLoad", "ja")),
        ["pull"] = ("BK2001", s => s.Set("BuildKitPull", "always")),
        ["no_cache"] = ("BK2001", s => s.Set("BuildKitNoCache", "2")),
        ["provenance"] = ("BK2001", s => s.Set("BuildKitProvenance", "full")),
        ["sbom"] = ("BK2001", s => s.Set("BuildKitSbom", "all of it")),
        ["image_format"] = ("BK2001", s => s.Set("ContainerImageFormat", "OCIv2")),
        ["local_registry"] = ("BK2001", s => s.Set("LocalRegistry", "dokcer")),
        ["output_type"] = ("BK2001", s => s.Item("BuildKitOutput", "tarball")),
        ["repository"] = ("BK2002", s => s.Set("ContainerRepository", "shop//api")),
        ["repository_with_tag"] = ("BK2002", s => s.Set("ContainerRepository", "shop/api:1")),
        ["image_name"] = ("BK2002", s => s.Set("ContainerImageName", "shop/api!")),
        ["tag"] = ("BK2003", s => s.Set("ContainerImageTag", "-1")),
        ["tags"] = ("BK2003", s => s.Set("ContainerImageTags", "1;a b")),
        ["publish_tag"] = ("BK2003", s => s.Set("PublishImageTag", "a/b")),
        ["stage"] = ("BK2004", s => s.Set("BuildKitTargetStage", "finl")),
        ["platform"] = ("BK2005", s => s.Set("BuildKitPlatforms", "linux/amd65")),
        ["runtime_identifier"] = ("BK2005", s => s.Set("ContainerRuntimeIdentifiers", "linux-x64;linux")),
        ["secret_variable"] = ("BK2006", s => s.Item("BuildKitSecret", "npm", ("EnvironmentVariable", "NOT_SET"))),
        ["secret_file"] = ("BK2007", s => s.Item("BuildKitSecret", "npm", ("File", "missing.txt"))),
        ["ssh_path"] = ("BK2007", s => s.Item("BuildKitSsh", "default", ("Path", "missing"))),
        ["push_without_registry"] = ("BK2008", s => s.Set("BuildKitPush", "true")),
        ["output_without_path"] = ("BK2008", s => s.Item("BuildKitOutput", "oci")),
        ["two_outputs_one_file"] = ("BK2008",
            s => s.Item("BuildKitOutput", "oci", ("Path", "a.tar")).Item("BuildKitOutput", "docker", ("Path", "a.tar"))),
        ["cache_only_and_more"] = ("BK2008", s => s.Item("BuildKitOutput", "cacheonly").Item("BuildKitOutput", "image")),
        ["secret_without_source"] = ("BK2009", s => s.Item("BuildKitSecret", "npm")),
        ["secret_with_two_sources"] = ("BK2009", s => s.Item("BuildKitSecret", "npm", ("File", "a"), ("EnvironmentVariable", "B"))),
        ["argument_name"] = ("BK2011", s => s.Item("BuildKitBuildArg", "1st", ("Value", "x"))),
        ["secret_name"] = ("BK2011", s => s.Item("BuildKitSecret", "a,b", ("File", "a"))),
        ["ssh_name"] = ("BK2011", s => s.Item("BuildKitSsh", "a=b")),
        ["context_name"] = ("BK2011", s => s.Item("BuildKitNamedContext", "a=b", ("Source", "."))),
        ["host_name"] = ("BK2011", s => s.Item("BuildKitExtraHost", "a b", ("Address", "10.0.0.1"))),
        ["host_address"] = ("BK2011", s => s.Item("BuildKitExtraHost", "db", ("Address", "10.0.0"))),
        ["label"] = ("BK2011", s => s.Item("ContainerLabel", "a=b", ("Value", "x"))),
        ["port"] = ("BK2011", s => s.Published().Item("ContainerPort", "http")),
        ["port_0"] = ("BK2011", s => s.Published().Item("ContainerPort", "0")),
        ["port_too_high"] = ("BK2011", s => s.Published().Item("ContainerPort", "65536")),
        ["port_with_sign"] = ("BK2011", s => s.Published().Item("ContainerPort", "+80")),
        ["port_of_three_parts"] = ("BK2011", s => s.Published().Item("ContainerPort", "80/tcp/x")),
        ["port_type"] = ("BK2011", s => s.Published().Item("ContainerPort", "80", ("Type", "sctp"))),
        ["variable"] = ("BK2011", s => s.Published().Item("ContainerEnvironmentVariable", "A B", ("Value", "x"))),
        ["named_context"] = ("BK2012", s => s.Item("BuildKitNamedContext", "lib", ("Source", "../missing-lib"))),
        ["registry"] = ("BK2013", s => s.Set("ContainerRegistry", "https://registry.example.com")),
        ["registry_url"] = ("BK2013", s => s.Set("RegistryUrl", "registry.example.com/team")),
        ["nothing_published"] = ("BK2015",
            s => s.Set("BuildKitImageSource", "PublishOutput").Set("ContainerBaseImage", "b").Set("PublishDir", "nowhere/")),
        ["windows_platform"] = ("BK2019", s => s.Set("ContainerRuntimeIdentifier", "win-x64")),
        ["published_files_for_windows"] = ("BK2019",
            s => s.Published().Set("ContainerRuntimeIdentifier", "win-x64").Set("ContainerWorkingDirectory", @"C:\app\")),
        ["published_files_for_two_platforms"] = ("BK2019", s => s.Published().Set("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64")),
        ["dockerfile"] = ("BK3001", s => s.Set("BuildKitDockerfile", "docker/Dockerfile")),
        ["dockerfile_of_visual_studio"] = ("BK3001", s => s.Set("DockerfileFile", "docker/Dockerfile")),
        ["context"] = ("BK3002", s => s.Set("BuildKitContext", "missing")),
        ["context_of_visual_studio"] = ("BK3002", s => s.Set("DockerfileContext", @"..\..\missing-folder")),
        ["app_command_instruction"] = ("BK2001", s => s.Published().Set("ContainerAppCommandInstruction", "Cmd")),
        ["working_directory"] = ("BK2001", s => s.Published().Set("ContainerWorkingDirectory", "app")),
        ["working_directory_and_instruction"] = ("BK2001", s => s.Published().Set("ContainerWorkingDirectory", "/app\nRUN evil")),
        ["user"] = ("BK2001", s => s.Published().Set("ContainerUser", "the app")),
        ["user_and_instruction"] = ("BK2001", s => s.Published().Set("ContainerUser", "1000\nRUN evil")),
        ["stop_signal"] = ("BK2001", s => s.Published().Set("BuildKitStopSignal", "SIGQUITE")),
        ["stop_signal_65"] = ("BK2001", s => s.Published().Set("BuildKitStopSignal", "65")),
        ["volume"] = ("BK2001", s => s.Published().Set("BuildKitVolumes", "/data;logs")),
        ["cache_mount"] = ("BK2001", s => s.Published().Item("BuildKitRun", "make", ("CacheMount", "/var/cache/apt;var/lib"))),
        ["cache_mount_with_space"] = ("BK2001", s => s.Published().Item("BuildKitRun", "make", ("CacheMount", "/var/my cache"))),
        ["secret_of_nobody"] = ("BK2011", s => s.Published().Item("BuildKitRun", "make", ("Secret", "npm"))),
        ["fragment"] = ("BK2032", s => s.Published().Set("BuildKitDockerfileFragment", "none")),
        ["podman"] = ("BK2019", s => s.Published().Set("LocalRegistry", "Podman")),
        ["command_that_contradicts"] = ("BK2008",
            s => s.Published().Set("ContainerAppCommandInstruction", "None").Item("ContainerAppCommand", "app")),
    };

    private static IEnumerable<string> Names => Wrong.Keys;

    [TestCaseSource(nameof(Names))]
    public void Each_fault_is_an_error_with_its_code_at_its_line(string name)
    {
        var (code, write) = Wrong[name];
        using var project = new TestSettings("FROM a AS final\nFROM b AS test\n");
        write(project);

        var request = project.Read();

        Assert.That(request, Is.Null);
        Assert.That(project.Sink.Codes, Is.EqualTo(new[] { code }), project.Sink.AllText);
        var diagnostic = project.Sink.Diagnostics[0];
        Assert.That(diagnostic.Severity, Is.EqualTo(DiagnosticSeverity.Error));
        Assert.That(diagnostic.Location?.File, Is.EqualTo(project.ProjectFile));
        var line = diagnostic.Location!.Line;
        Assert.That(line, Is.GreaterThan(1));
        var text = File.ReadAllLines(project.ProjectFile)[line - 1];
        Assert.That(text[diagnostic.Location.Column - 1], Is.EqualTo('<'));
        // The line is that of the property or item which the message is about.
        Assert.That(text, Does.Match("^ +<(BuildKit|Container|Dockerfile|RegistryUrl|PublishImageTag|LocalRegistry)"));
    }

    [Test]
    public void All_faults_are_told_at_once()
    {
        using var project = new TestSettings();
        project.Set("ContainerImageTag", "-").Set("BuildKitProvenance", "full").Set("BuildKitNetwork", "x").Set("BuildKitContext", "missing");

        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Codes, Is.EqualTo(new[] { "BK2003", "BK2001", "BK2001", "BK3002" }));
        Assert.That(project.Sink.Diagnostics.Select(diagnostic => diagnostic.Location!.Line), Is.EqualTo(new[] { 2, 3, 4, 5 }));
    }

    [TestCase("BuildKitSbom", "registry.example.com/scanner:1")]
    [TestCase("LocalRegistry", "docker")]
    [TestCase("ContainerWorkingDirectory", "/srv/my app/")]
    [TestCase("ContainerUser", "app:1654")]
    [TestCase("BuildKitStopSignal", "SIGRTMIN+3")]
    [TestCase("BuildKitStopSignal", "term")]
    [TestCase("BuildKitStopSignal", "64")]
    [TestCase("BuildKitVolumes", "/data, /my logs")]
    public void What_engines_take_is_right(string property, string value)
    {
        using var project = new TestSettings(dockerfile: null);
        project.Published().Set(property, value).ReadRight();
    }

    [Test]
    public void A_registry_needs_no_local_one()
    {
        using var project = new TestSettings();
        project.Set("ContainerRegistry", "registry.example.com").Set("LocalRegistry", "Podman").ReadRight();
    }

    [Test]
    public void What_is_wrong_for_several_runtimes_is_told_once()
    {
        using var project = new TestSettings(dockerfile: null);
        var settings = project.Published().Set("ContainerUser", "the app").Build();
        ImageSettings For(string runtime) => settings with
        {
            Properties = new Dictionary<string, string>(settings.Properties, StringComparer.OrdinalIgnoreCase)
            { ["ContainerRuntimeIdentifier"] = runtime },
        };
        Assert.That(BuildRequestReader.Read(settings with { Runtimes = [For("linux-x64"), For("linux-arm64")] }, project.Sink), Is.Null);
        Assert.That(project.Sink.Codes, Is.EqualTo(new[] { "BK2001" }), project.Sink.AllText);
    }

    [Test]
    public void A_base_image_that_nobody_computes_is_told()
    {
        using var project = new TestSettings();
        project.Published().Set("ContainerBaseImage", "");
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Codes, Is.EqualTo(new[] { "BK2019" }));
    }

    [TestCase("PASSWORD", "x")]
    [TestCase("NPM_TOKEN", "x")]
    [TestCase("Git", "ghp_0123456789012345678901234567890123456789")]
    public void A_build_argument_that_looks_secret_is_a_warning_and_no_error(string name, string value)
    {
        using var project = new TestSettings();
        project.Item("BuildKitBuildArg", name, ("Value", value));
        Assert.That(project.Read(), Is.Not.Null);
        var warning = project.Sink.Diagnostics.Single();
        Assert.That((warning.Code, warning.Severity, warning.Location!.Line), Is.EqualTo(("BK2010", DiagnosticSeverity.Warning, 2)));
        Assert.That(warning.Message, Does.Not.Contain("ghp_"));
    }

    [TestCase("BuildKitHealthCheck")]
    [TestCase("BuildKitVolumes")]
    public void A_property_that_only_published_files_have_is_a_warning_with_a_Dockerfile(string name)
    {
        using var project = new TestSettings();
        project.Set(name, "x");
        Assert.That(project.Read(), Is.Not.Null);
        var warning = project.Sink.Diagnostics.Single();
        Assert.That((warning.Code, warning.Severity, warning.Location!.Line), Is.EqualTo(("BK2020", DiagnosticSeverity.Warning, 2)));
    }

    [Test]
    public void Sensitive_false_silences_the_warning_about_an_argument()
    {
        using var project = new TestSettings();
        project.Item("BuildKitBuildArg", "PUBLIC_TOKEN", ("Value", "x"), ("Sensitive", "false"));
        Assert.That(project.ReadRight().BuildArguments.Single().Value, Is.EqualTo("x"));
    }

    [Test]
    public void A_Dockerfile_beside_a_project_that_replaces_PublishContainer_is_told_and_not_used()
    {
        using var project = new TestSettings();
        project.Published().Set("BuildKitImageSource", "").Set("BuildKitReplacePublishContainer", "true");
        Assert.That(project.Read()!.PublishOutput, Is.Not.Null);
        Assert.That(project.Sink.Codes, Is.EqualTo(new[] { "BK2021" }));
        Assert.That(project.Sink.Diagnostics[0].Severity, Is.EqualTo(DiagnosticSeverity.Message));
    }

    [Test]
    public void A_value_of_a_Directory_Build_file_is_shown_there()
    {
        using var project = new TestSettings();
        project.Folder.Write("Directory.Build.props",
            "<Project>\n\n  <PropertyGroup><BuildKitNetwork>x</BuildKitNetwork></PropertyGroup>\n</Project>");
        var settings = project.Build() with { Properties = new Dictionary<string, string> { ["BuildKitNetwork"] = "x" } };
        BuildKit.Core.Settings.BuildRequestReader.Read(settings, project.Sink);
        Assert.That(project.Sink.Diagnostics.Single().Location, Is.EqualTo(new SourceLocation(project.Folder.Full("Directory.Build.props"), 3, 18)));
    }

    [Test]
    public void A_value_of_the_command_line_is_shown_at_the_project()
    {
        using var project = new TestSettings();
        var settings = project.Build() with { Properties = new Dictionary<string, string> { ["BuildKitNetwork"] = "x" } };
        BuildKit.Core.Settings.BuildRequestReader.Read(settings, project.Sink);
        Assert.That(project.Sink.Diagnostics.Single().Location, Is.EqualTo(new SourceLocation(project.ProjectFile)));
    }

    [Test]
    public void A_misspelt_stage_brings_a_suggestion()
    {
        using var project = new TestSettings("FROM a AS build\nFROM b AS final\n");
        project.Set("BuildKitTargetStage", "fnal");
        project.Read();
        Assert.That(project.Sink.AllText, Does.Contain("the stages build, final").And.Contain("Did you mean \"final\"?"));
    }
}
