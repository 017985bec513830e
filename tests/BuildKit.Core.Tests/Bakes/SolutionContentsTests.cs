using BuildKit.Core.Bakes;

namespace BuildKit.Core.Tests.Bakes;

public sealed class SolutionContentsTests
{
    [Test]
    public void The_projects_that_are_built_with_their_configurations()
    {
        var projects = SolutionContents.ProjectsOf("""
            <SolutionConfiguration>
              <ProjectConfiguration Project="{1}" AbsolutePath="/s/a b/ä.csproj" BuildProjectInSolution="True">Release|AnyCPU</ProjectConfiguration>
              <ProjectConfiguration Project="{2}" AbsolutePath="/s/off.csproj" BuildProjectInSolution="False">Release|AnyCPU</ProjectConfiguration>
              <ProjectConfiguration Project="{3}" AbsolutePath="/s/native.vcxproj" BuildProjectInSolution="True">Release|x64</ProjectConfiguration>
              <ProjectConfiguration Project="{4}" AbsolutePath="/s/web.proj">Debug</ProjectConfiguration>
            </SolutionConfiguration>
            """);
        Assert.That(projects,
            Is.EqualTo(new[] { new SolutionProject("/s/a b/ä.csproj", "Release", "AnyCPU"), new SolutionProject("/s/web.proj", "Debug", "") }));
    }

    [TestCase("")]
    [TestCase("*Undefined*")]
    public void Outside_a_solution_there_are_none(string contents) => Assert.That(SolutionContents.ProjectsOf(contents), Is.Empty);
}
