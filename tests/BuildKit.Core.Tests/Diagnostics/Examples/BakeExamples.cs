using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Diagnostics.BakeDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK62xx.</summary>
internal static class BakeExamples
{
    private static readonly SourceLocation Images = new("images.proj", 3, 5);

    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        ProjectNotFound.At(Images, "src/Shop.Wrker/Shop.Worker.csproj", "/src"),
        SameReference.At(Project, "shop-api", "src/Shop.Api/Shop.Api.csproj", "shop-worker", "src/Shop.Worker/Shop.Worker.csproj",
            "registry.example.com/shop:latest"),
        Cycle.At(Project, "shop-api (Shop.Api.csproj) builds on shop-base (base.proj) builds on shop-api (Shop.Api.csproj)"),
        NoImages.At(new SourceLocation("images.proj"), 3),
        BaseFailed.At(Project, "shop-api", "registry.example.com/shop-base:latest"),
        OptionNotBakeable.At(Project, "--cgroup-parent", "shop-api"),
        NotBaked.At(Project, "shop-api", ", because another image failed"),
        SolutionUnreadable.At(Images, "/src/Shop.slnx", "the root element is missing"),
        FileUnreadable.At(new SourceLocation("src/Shop.Api/obj/Release/net10.0/buildkit/bake.session-5f0c2a1d.turn.json"),
            "src/Shop.Api/obj/Release/net10.0/buildkit/bake.session-5f0c2a1d.turn.json", "the file does not exist"),
    ];
}
