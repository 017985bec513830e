using BuildKit.Core.Diagnostics;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Tests.PublishOutputs;

/// <summary>The SDK's rules (Microsoft.NET.Build.Containers, ImageBuilder.DetermineEntrypointAndCmd), as a table.</summary>
public sealed class ContainerCommandTests
{
    // instruction; app command, its arguments, default arguments, entrypoint, its arguments; base -> ENTRYPOINT | CMD
    [TestCase("", "app", "", "", "", "", "", "app", "")]
    [TestCase("", "app x", "y", "z", "", "", "", "app x y", "z")]
    [TestCase("", "app", "", "", "", "", "base", "app", "")]
    [TestCase("", "", "", "z", "", "", "base", "base", "z")]
    [TestCase("", "app", "y", "z", "init", "--", "base", "init --", "app y z")]
    [TestCase("", "app", "", "", "init", "", "", "init", "app")]
    [TestCase("", "app", "", "", "", "old", "", "app", "old")]
    [TestCase("", "", "", "", "", "old", "base", "base", "old")]
    [TestCase("Entrypoint", "app", "y", "z", "", "", "base", "app y", "z")]
    [TestCase("Entrypoint", "", "", "z", "", "", "base", "base", "z")]
    [TestCase("DefaultArgs", "app", "y", "z", "init", "--", "", "init --", "app y z")]
    [TestCase("DefaultArgs", "app", "", "", "", "", "base", "base", "app")]
    [TestCase("DefaultArgs", "app", "", "", "", "", "dotnet", "", "app")]
    [TestCase("None", "", "", "z", "init", "", "", "init", "z")]
    [TestCase("None", "", "", "z", "", "", "base", "base", "z")]
    [TestCase("None", "", "", "z", "", "", "/usr/bin/dotnet", "", "z")]
    [TestCase("None", "", "", "", "", "", "dotnet run", "dotnet run", "")]
    public void Entrypoint_and_cmd_are_the_SDKs(
        string instruction, string app, string appArgs, string defaults, string entrypoint, string entrypointArgs, string baseEntrypoint,
        string expected, string cmd)
    {
        var resolved = Command(instruction, app, appArgs, defaults, entrypoint, entrypointArgs).Resolve(Words(baseEntrypoint));
        Assert.That(resolved.Entrypoint, Is.EqualTo(Words(expected)));
        Assert.That(resolved.Cmd, Is.EqualTo(Words(cmd)));
    }

    [TestCase("", "", "", "z", "", "x", "BK2008")]
    [TestCase("", "", "y", "", "", "", "BK2008")]
    [TestCase("Entrypoint", "app", "", "", "init", "", "BK2008")]
    [TestCase("None", "app", "", "", "", "", "BK2008")]
    [TestCase("DefaultArgs", "app", "", "", "", "x", "BK2008")]
    [TestCase("Cmd", "app", "", "", "", "", "BK2001")]
    public void Contradictions_are_refused(string instruction, string app, string appArgs, string defaults, string entrypoint, string entrypointArgs,
        string code)
    {
        var failure = Assert.Throws<DiagnosticException>(() => Command(instruction, app, appArgs, defaults, entrypoint, entrypointArgs).Resolve([]))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(code));
    }

    private static ContainerCommand Command(string instruction, string app, string appArgs, string defaults, string entrypoint,
        string entrypointArgs) => new()
        {
            Instruction = instruction,
            AppCommand = Words(app),
            AppCommandArgs = Words(appArgs),
            DefaultArgs = Words(defaults),
            Entrypoint = Words(entrypoint),
            EntrypointArgs = Words(entrypointArgs),
        };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
