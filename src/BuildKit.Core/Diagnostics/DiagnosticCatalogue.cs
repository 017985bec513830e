using System.Reflection;

namespace BuildKit.Core.Diagnostics;

/// <summary>
/// Every diagnostic there is. Ranges: BK1xxx engine and builder, BK2xxx properties and items, BK3xxx Dockerfile and
/// context (every failure that has a Dockerfile line, RUN included), BK4xxx caches, BK5xxx push, load and result,
/// BK6xxx DevSpace and Compose files and bakes, BK7xxx pruning,
/// BK9xxx internal errors. A code is never used again; a retired one stays listed.
/// </summary>
public static class DiagnosticCatalogue
{
    private static readonly Type[] Ranges =
    [
        typeof(EngineDiagnostics),
        typeof(BuilderDiagnostics),
        typeof(DoctorDiagnostics),
        typeof(MachineDiagnostics),
        typeof(WaitDiagnostics),
        typeof(PropertyDiagnostics),
        typeof(DockerfileDiagnostics),
        typeof(LintDiagnostics),
        typeof(ProjectCheckDiagnostics),
        typeof(LayerCheckDiagnostics),
        typeof(CacheDiagnostics),
        typeof(ResultDiagnostics),
        typeof(PruningDiagnostics),
        typeof(DevSpaceDiagnostics),
        typeof(BakeDiagnostics),
        typeof(InternalDiagnostics),
    ];

    /// <summary>All entries, by code.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [.. Ranges
            .SelectMany(range => range.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .Concat(LintDiagnostics.Rules.Select(rule => rule.Descriptor))
            .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal)];
}
