using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>The files in which the examples happen.</summary>
internal static class ExamplePlace
{
    internal static SourceLocation Project { get; } = new("Shop.Api.csproj");

    internal static SourceLocation ProjectLine(int line) => new("Shop.Api.csproj", line, 5);

    internal static SourceLocation Dockerfile(int line = 0) => new("Dockerfile", line);

    internal static SourceLocation DevSpaceLine(int line, int column = 3) => new("devspace.yaml", line, column);
}
