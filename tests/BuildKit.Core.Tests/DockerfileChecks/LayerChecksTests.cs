using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;

namespace BuildKit.Core.Tests.DockerfileChecks;

public sealed class LayerChecksTests
{
    [TestCase("COPY . .\nRUN npm ci --prefer-offline", ExpectedResult = "BK3310 3")]
    [TestCase("COPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build", ExpectedResult = "")]
    [TestCase("COPY . /src\nRUN pip install -r requirements.txt", ExpectedResult = "BK3310 3")]
    [TestCase("COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN pip install -r requirements.txt", ExpectedResult = "")]
    [TestCase("ADD ./ .\nRUN dotnet restore", ExpectedResult = "BK3310 3")]
    [TestCase("RUN --mount=type=bind,source=package.json,target=package.json npm ci\nCOPY . .", ExpectedResult = "")]
    public string Dependencies_come_before_the_source(string lines) => Warnings("FROM debian\n" + lines);

    [TestCase("RUN apt-get update && apt-get install -y curl", ExpectedResult = "BK3311")]
    [TestCase("RUN --mount=type=cache,target=/root/.npm npm ci", ExpectedResult = "")]
    [TestCase("RUN pip install --no-cache-dir -r requirements.txt", ExpectedResult = "")]
    [TestCase("RUN pip install -r requirements.txt", ExpectedResult = "BK3311")]
    [TestCase("RUN npm install -g serve", ExpectedResult = "")]
    [TestCase("RUN <<EOF\nuv sync --frozen\nEOF", ExpectedResult = "BK3311")]
    public string A_package_manager_without_a_cache_mount_is_advice(string line)
    {
        using var project = new CheckedProject();
        return string.Join(' ',
            project.Check("FROM debian\n" + line).Where(found => found.Severity == DiagnosticSeverity.Message).Select(found => found.Code));
    }

    [TestCase("--mount=type=cache,target=/var/cache/apt", ExpectedResult = "BK3312 2")]
    [TestCase("--mount=type=cache,target=/var/lib/apt/,sharing=shared", ExpectedResult = "BK3312 2")]
    [TestCase("--mount=type=cache,target=/var/cache/apt,sharing=locked", ExpectedResult = "")]
    [TestCase("--mount=type=cache,target=/root/.npm", ExpectedResult = "")]
    public string Apt_needs_its_cache_for_itself(string mount) => Warnings($"FROM debian\nRUN {mount} apt-get install -y curl");

    [Test]
    public void Build_output_in_the_context_is_told_with_its_size_and_the_lines_to_write()
    {
        using var project = new CheckedProject().With("app/app.csproj").With("app/obj/a.dll", new string('x', 2_000_000)).With(".git/HEAD")
            .With("bin/tool.sh");
        var found = project.Check("FROM debian\nCOPY . .").Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Code, Is.EqualTo("BK3314"));
            Assert.That(found.Message, Does.Contain("2.0 MB").And.Contain("app/obj (2.0 MB)").And.EndsWith("**/.git, **/obj"));
            Assert.That(project.Codes("FROM debian\nCOPY app/app.csproj ."), Is.Empty, "BuildKit sends what is copied");
            Assert.That(project.With(".dockerignore", ".git").Check("FROM debian\nCOPY . .").Single().Code, Is.EqualTo("BK3315"));
            Assert.That(project.With(".dockerignore", ".git\n**/obj").Codes("FROM debian\nCOPY . ."), Is.Empty);
        });
    }

    [Test]
    public void Two_checks_run_only_where_they_are_asked_for()
    {
        const string dockerfile = "FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final";
        using var byDefault = new CheckedProject();
        using var asked = new CheckedProject { Settings = new LintSettings(LintLevel.Error, ["bk3316", "BK3317"]) };
        Assert.Multiple(() =>
        {
            Assert.That(byDefault.Codes(dockerfile), Is.Empty);
            Assert.That(asked.Codes(dockerfile), Is.EqualTo(new[] { "BK3316 1", "BK3317 1" }));
            Assert.That(asked.Check(dockerfile).Select(found => found.Severity), Is.All.EqualTo(DiagnosticSeverity.Error));
            Assert.That(asked.Codes(dockerfile.Replace(" AS", "@sha256:0000 AS") + "\nUSER $APP_UID"), Is.Empty);
        });
    }

    [Test]
    public void The_directive_of_the_file_skips_a_check_and_off_skips_all()
    {
        const string dockerfile = "FROM debian\nCOPY . .\nRUN --mount=type=cache,target=/root/.npm npm ci";
        using var project = new CheckedProject();
        using var off = new CheckedProject { Settings = new LintSettings(LintLevel.Off, []) };
        Assert.Multiple(() =>
        {
            Assert.That(project.Codes(dockerfile), Is.EqualTo(new[] { "BK3310 3" }));
            Assert.That(project.Codes("# check=skip=StageNameCasing,BK3310\n" + dockerfile), Is.Empty);
            Assert.That(project.Codes("# check=skip=all\n" + dockerfile), Is.Empty);
            Assert.That(off.Codes(dockerfile), Is.Empty);
        });
    }

    [TestCase("")]
    [TestCase("RUN")]
    [TestCase("COPY --from=9 a b\nFROM\nFROM a AS\nRUN --mount dotnet restore\nRUN [\"dotnet\"")]
    public void A_broken_file_is_no_reason_to_fail(string dockerfile)
    {
        using var project = new CheckedProject();
        Assert.That(() => project.Check(dockerfile), Throws.Nothing);
    }

    private static string Warnings(string dockerfile)
    {
        using var project = new CheckedProject();
        return string.Join(' ',
            project.Check(dockerfile).Where(found => found.Severity == DiagnosticSeverity.Warning)
                .Select(found => $"{found.Code} {found.Location!.Line}"));
    }
}
