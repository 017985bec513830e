using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.DockerfileChecks;

public sealed class ProjectChecksTests
{
    private const string Central =
        "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>";
    private const string Sdk = "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\n";

    [Test]
    public void A_referenced_project_that_is_not_copied_before_restore_is_named_with_the_line_to_write()
    {
        using var project = new CheckedProject().Referencing("core/core.csproj").Referencing("data/data.csproj");
        var found = project.Check(Sdk
            + "COPY app/app.csproj app/\nCOPY core/*.csproj core/\nRUN dotnet restore app/app.csproj\nCOPY . .\nRUN dotnet publish --no-restore app")
            .Single(diagnostic => diagnostic.Code == "BK3301");
        Assert.Multiple(() =>
        {
            Assert.That(found.Location!.Line, Is.EqualTo(5));
            Assert.That(found.Message, Does.Contain("app.csproj references data/data.csproj").And.EndsWith("COPY data/data.csproj data/"));
        });
    }

    [TestCase("COPY --parents **/*.csproj ./")]
    [TestCase("COPY . .")]
    [TestCase("ARG WHAT\nCOPY $WHAT ./")]
    [TestCase("COPY --from=projects /src .")]
    public void Nothing_is_said_where_all_projects_are_copied_or_nobody_can_know(string copy)
    {
        using var project = new CheckedProject().Referencing("core/core.csproj");
        Assert.That(project.Codes(Sdk + copy + "\nRUN dotnet restore app/app.csproj"), Has.None.StartsWith("BK3301"));
    }

    [Test]
    public void A_stage_that_is_not_built_is_not_checked()
    {
        using var project = new CheckedProject().Referencing("core/core.csproj");
        Assert.That(project.Codes(Sdk.Replace("10.0", "10.0 AS old") + "COPY app/app.csproj app/\nRUN dotnet restore app/app.csproj\nFROM debian"),
            Is.Empty);
    }

    [Test]
    public void Files_that_restore_reads_are_missed_when_they_apply()
    {
        using var project = new CheckedProject().With("Directory.Packages.props", Central).With("nuget.config")
            .With("global.json", "{ \"sdk\": { \"version\": \"10.0.100\" } }").With("app/packages.lock.json")
            .With("other/Directory.Build.props");
        var found = project.Check(Sdk + "COPY app/app.csproj app/\nCOPY global.json ./\nRUN dotnet restore app/app.csproj")
            .Single(diagnostic => diagnostic.Code == "BK3302");
        Assert.That(found.Message,
            Does.StartWith("Directory.Packages.props, nuget.config, app/packages.lock.json apply to app.csproj and are not copied")
            .And.Contain("nuget.config: it names the feeds")
            .And.EndsWith("Write above this line: COPY Directory.Packages.props nuget.config ./ and COPY app/packages.lock.json app/"));
    }

    [TestCase("Directory.Packages.props", Central, "names the versions of the packages")]
    [TestCase("Directory.Packages.props", "<Project><PropertyGroup><LangVersion>latest</LangVersion></PropertyGroup></Project>",
        "names no versions of packages")]
    [TestCase("Directory.Build.props", "<Project />", "sets properties and items")]
    [TestCase("nuget.config", "<configuration />", "names the feeds")]
    [TestCase("app/packages.lock.json", "{}", "holds the versions of the packages")]
    [TestCase("global.json", "{ \"sdk\": { \"version\": \"10.0.100\" } }", "asks for the .NET SDK 10.0.100")]
    [TestCase("global.json", "{ \"msbuild-sdks\": { \"Own.Sdk\": \"1.0.0\" } }", "names the versions of the project's SDKs")]
    public void A_file_that_restore_reads_is_told_with_what_it_does(string file, string text, string effect)
    {
        using var project = new CheckedProject().With(file, text);
        Assert.That(project.Check(Sdk + "COPY app/app.csproj app/\nRUN dotnet restore app/app.csproj")
            .Single(diagnostic => diagnostic.Code == "BK3302").Message, Does.Contain(effect));
    }

    [TestCase("RUN dotnet publish --no-restore app", "line 6 then fails")]
    [TestCase("RUN dotnet publish app", "only slower")]
    [TestCase("RUN dotnet restore app\nRUN dotnet publish --no-restore app", "only slower")]
    public void What_a_missing_project_leads_to_is_told(string rest, string outcome)
    {
        using var project = new CheckedProject().Referencing("core/core.csproj");
        Assert.That(project.Check(Sdk + "COPY app/app.csproj app/\nRUN dotnet restore app/app.csproj\nCOPY . .\n" + rest)
            .Single(diagnostic => diagnostic.Code == "BK3301").Message, Does.Contain(outcome));
    }

    [Test]
    public void Two_pieces_of_advice_that_are_followed_do_not_make_a_fault()
    {
        const string mount = "--mount=type=cache,target=/root/.nuget/packages ";
        using var project = new CheckedProject();
        var advice = project.Check(Sdk + "COPY app/app.csproj app/\nRUN dotnet restore app/app.csproj\nCOPY app app\nRUN dotnet publish app");
        Assert.That(advice.Select(found => found.Code), Is.EqualTo(new[] { "BK3311", "BK3306" }));
        Assert.That(advice[0].Message, Does.Contain(mount).And.Contain("the same mount to line 6"));
        Assert.That(advice[1].Message, Does.EndWith("dotnet publish --no-restore app"));
        Assert.That(
            project.Codes(Sdk
                + $"COPY app/app.csproj app/\nRUN {mount}dotnet restore app/app.csproj\nCOPY app app\nRUN {mount}dotnet publish --no-restore app"),
                Is.Empty);
    }

    [Test]
    public void What_a_hidden_layer_advises_leads_to_no_further_advice()
    {
        using var project = new CheckedProject();
        const string start = Sdk
            + "COPY app/app.csproj app/\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet restore app/app.csproj\nCOPY app app\nRUN ";
        var found = project.Check(start + "dotnet publish app").Single();
        Assert.That(found.Code, Is.EqualTo("BK3307"));
        Assert.That(project.Codes(start + found.Message.Split("Write here: RUN ")[1]), Is.Empty, found.Message);
    }

    [TestCase("sdk:9.0", ExpectedResult = "BK3303 1")]
    [TestCase("sdk:11.0", ExpectedResult = "")]
    [TestCase("aspnet:9.0-alpine", ExpectedResult = "BK3303 1")]
    [TestCase("aspnet:10.0", ExpectedResult = "")]
    [TestCase("runtime-deps:9.0", ExpectedResult = "")]
    public string The_base_image_must_have_the_version_of_the_project(string image)
    {
        using var project = new CheckedProject();
        return string.Join(' ', project.Codes($"FROM mcr.microsoft.com/dotnet/{image}"));
    }

    [Test]
    public void The_line_to_write_for_a_base_image_has_the_right_version()
    {
        using var project = new CheckedProject();
        Assert.That(project.Check("ARG TAG=8.0-alpine\nFROM --platform=linux/amd64 mcr.microsoft.com/dotnet/aspnet:${TAG} AS base")[0].Message,
            Does.EndWith("FROM --platform=linux/amd64 mcr.microsoft.com/dotnet/aspnet:10.0-alpine AS base"));
    }

    [TestCase("FROM --platform=$BUILDPLATFORM debian", ExpectedResult = "BK3304 1")]
    [TestCase("FROM --platform=$BUILDPLATFORM debian AS base\nFROM base", ExpectedResult = "BK3304 1")]
    [TestCase("FROM --platform=$BUILDPLATFORM debian AS build\nFROM debian\nCOPY --from=build /a /a", ExpectedResult = "")]
    public string The_final_stage_is_on_the_target_platform(string dockerfile)
    {
        using var project = new CheckedProject();
        return string.Join(' ', project.Codes(dockerfile));
    }

    [Test]
    public void A_Windows_image_is_left_alone()
    {
        using var project = new CheckedProject();
        Assert.That(project.Codes("FROM mcr.microsoft.com/dotnet/aspnet:10.0-nanoserver-ltsc2025\nEXPOSE 80"), Is.Empty);
    }

    [TestCase("EXPOSE 80 443", ExpectedResult = "BK3305 2")]
    [TestCase("EXPOSE 8080", ExpectedResult = "")]
    [TestCase("EXPOSE 80\nENV ASPNETCORE_HTTP_PORTS=80", ExpectedResult = "")]
    public string Port_80_is_not_where_the_program_listens(string lines)
    {
        using var project = new CheckedProject();
        return string.Join(' ', project.Codes("FROM mcr.microsoft.com/dotnet/aspnet:10.0\n" + lines));
    }

    [Test]
    public void A_publish_that_restores_again_is_advice_and_in_the_check_a_warning()
    {
        const string dockerfile = Sdk
            + "COPY app/app.csproj app/\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet restore app/app.csproj\nCOPY app app\nRUN "
            + "--mount=type=cache,target=/root/.nuget/packages dotnet publish app -o /out";
        using var build = new CheckedProject();
        using var check = new CheckedProject { Settings = LintSettings.Default with { AdviceAsWarnings = true } }.With("app/app.csproj");
        Assert.Multiple(() =>
        {
            Assert.That(build.Codes(dockerfile), Is.EqualTo(new[] { "BK3306 6" }));
            Assert.That(build.Check(dockerfile).Single().Severity, Is.EqualTo(DiagnosticSeverity.Message));
            Assert.That(check.Check(dockerfile).Single().Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(check.Check(dockerfile).Single().Message, Does.Contain("line 4").And.EndsWith("dotnet publish --no-restore app -o /out"));
        });
    }

    [TestCase("", "--mount=type=cache,target=/root/.nuget/packages ", "into the layer")]
    [TestCase("--mount=type=cache,target=/root/.nuget/packages ", "", "into a cache mount")]
    public void A_cache_mount_over_restored_packages_hides_them(string restoreMount, string publishMount, string where)
    {
        using var project = new CheckedProject();
        var found =
            project.Check(Sdk
                + $"COPY app/app.csproj app/\nRUN {restoreMount}dotnet restore app/app.csproj\nCOPY app app\nRUN {publishMount}dotnet publish "
                + "--no-restore app")
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(found.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "BK3307" }));
            Assert.That(found[0].Message, Does.Contain(where).And.Contain("not found"));
        });
    }

    [TestCase("NuGet.Config")]
    [TestCase("nuget.config")]
    [TestCase("NUGET.CONFIG")]
    public void A_file_that_decides_the_restore_is_named_as_its_folder_names_it(string spelled)
    {
        string[] files = [spelled, "directory.build.PROPS"];
        var (folder, project) = (Path.GetFullPath("/src"), Path.GetFullPath("/src/app/app.csproj"));
        IEnumerable<string> List(string of) => of == folder ? files : [];
        // Only Windows takes paths of Windows apart.
        foreach (var system in OperatingSystem.IsWindows() ? new[] { HostSystem.Windows } : [HostSystem.Windows, HostSystem.MacOS])
        {
            Assert.That(RestoreInputs.Of([project], folder, system, List), Is.EquivalentTo(files.Select(file => Path.Combine(folder, file))));
            Assert.That(RestoreInputs.Of([project], folder.ToUpperInvariant(), system, of => List(of)), Has.Count.EqualTo(2),
                "another spelling of the context");
        }

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.That(RestoreInputs.Of([project], folder, HostSystem.Linux, List), Has.Count.EqualTo(spelled == "NUGET.CONFIG" ? 0 : 1),
            "there the case counts");
    }
}
