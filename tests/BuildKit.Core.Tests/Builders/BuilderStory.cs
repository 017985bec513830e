using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Tests.Builders;

/// <summary>What the tests of builders share.</summary>
internal static class BuilderStory
{
    public static BuilderRequest Request { get; } = new() { WorkingDirectory = Path.GetTempPath(), Location = new SourceLocation("/src/app.csproj") };

    public static SettingItem Item(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase));

    public static BuilderDefinition Read(BuilderRequest request, BuilderDriver driver, string name = "ci") =>
        new BuilderDefinitionReader(request).Read(name, driver);

    public static IReadOnlyList<Diagnostic> Refusal(Func<Task> act) =>
        Refusal(() => act().GetAwaiter().GetResult());

    public static IReadOnlyList<Diagnostic> Refusal(Action act) => Assert.Throws<DiagnosticException>(act)!.Diagnostics;
}
