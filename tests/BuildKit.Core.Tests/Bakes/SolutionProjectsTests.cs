using BuildKit.Core.Bakes;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Bakes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SolutionProjectsTests : IDisposable
{
    private const string Sln = """

        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "a", "src\a\a.csproj", "{11111111-1111-1111-1111-111111111111}"
        EndProject
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "b", "b\b.csproj", "{22222222-2222-2222-2222-222222222222}"
        EndProject
        Global
        	GlobalSection(SolutionConfigurationPlatforms) = preSolution
        		Debug|Any CPU = Debug|Any CPU
        		Release|Any CPU = Release|Any CPU
        	EndGlobalSection
        	GlobalSection(ProjectConfigurationPlatforms) = postSolution
        		{11111111-1111-1111-1111-111111111111}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{11111111-1111-1111-1111-111111111111}.Debug|Any CPU.Build.0 = Debug|Any CPU
        		{11111111-1111-1111-1111-111111111111}.Release|Any CPU.ActiveCfg = Staging|Any CPU
        		{11111111-1111-1111-1111-111111111111}.Release|Any CPU.Build.0 = Staging|Any CPU
        		{22222222-2222-2222-2222-222222222222}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{22222222-2222-2222-2222-222222222222}.Debug|Any CPU.Build.0 = Debug|Any CPU
        		{22222222-2222-2222-2222-222222222222}.Release|Any CPU.ActiveCfg = Release|Any CPU
        	EndGlobalSection
        EndGlobal
        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task The_configuration_of_a_solution_says_which_projects_are_built_and_how()
    {
        folder.Write("all.sln", Sln);
        Assert.That((await ReadAsync("all.sln", "Debug")).Select(project => project.Path),
            Is.EqualTo(new[] { folder.Full("src/a/a.csproj"), folder.Full("b/b.csproj") }));
        Assert.That(await ReadAsync("all.sln", "Release"), Is.EqualTo(new[] { new SolutionProject(folder.Full("src/a/a.csproj"), "Staging", "") }));
    }

    [Test]
    public async Task The_newer_form_is_read_and_projects_of_other_tools_are_left_out()
    {
        folder.Write("all.slnx", """
            <Solution>
              <Folder Name="/x/"><Project Path="a b/ä.csproj" /></Folder>
              <Project Path="native/n.vcxproj" />
              <Project Path="off/off.csproj"><Build Project="false" /></Project>
            </Solution>
            """);
        Assert.That((await ReadAsync("all.slnx", "Release")).Select(project => project.Path), Is.EqualTo(new[] { folder.Full("a b/ä.csproj") }));
    }

    [TestCase("all.sln", "nothing of the kind")]
    [TestCase("all.slnx", "<Solution><Project")]
    public void What_is_no_solution_is_refused(string name, string text)
    {
        folder.Write(name, text);
        var failure = Assert.ThrowsAsync<DiagnosticException>(() => ReadAsync(name, "Release")).Result!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK6208"));
    }

    private Task<IReadOnlyList<SolutionProject>> ReadAsync(string name, string configuration) =>
        SolutionProjects.ReadAsync(folder.Full(name), configuration, "AnyCPU", new SourceLocation(""), default);
}
