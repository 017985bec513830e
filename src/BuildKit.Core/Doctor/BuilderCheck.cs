using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;

namespace BuildKit.Core.Doctor;

/// <summary>
/// Is the builder there, as asked, and able enough? BK1007, BK1010, BK1011, BK1021 to BK1030. What a build would create
/// or start is said, not done.
/// </summary>
internal sealed class BuilderCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        if (input.Cli is null || !input.HasBuildx || input.EngineFails)
        {
            return [];
        }

        var choice = BuilderChoice.Of(input.Request, input.Environment);
        var name = choice.Name.Length == 0 ? "default" : choice.Name;
        try
        {
            var definition = choice.Driver is null or BuilderDriver.Docker ? null
                : new BuilderDefinitionReader(input.Request).Read(name, choice.Driver.Value);
            if (choice.Driver is BuilderDriver.Kubernetes)
            {
                Kubeconfig.Check(name, input.Environment, input.Request.Location);
            }

            var all = await BuilderList.AskAsync(input.Cli, input.Request.WorkingDirectory, cancellation).ConfigureAwait(false);
            var found = input.Listed = all.FirstOrDefault(builder => builder.Name == name)
                ?? (choice.Name.Length == 0 ? all.FirstOrDefault(builder => builder.Driver == "docker") : null);
            var check = new RemoteCheck(input.Environment);
            foreach (var (endpoint, options) in Remotes(definition, found))
            {
                await check.CheckAsync(name, endpoint, options, input.Request.Location, cancellation).ConfigureAwait(false);
            }

            if (found is null && definition is null)
            {
                throw new DiagnosticException(EngineDiagnostics.BuilderMissing.At(
                    input.Request.Location, name, string.Join(", ", all.Select(builder => builder.Name).DefaultIfEmpty("none"))));
            }

            return [Judge(input, choice, name, definition, found)];
        }
        catch (DiagnosticException failure)
        {
            return [.. failure.Diagnostics.Select(diagnostic => DoctorFinding.Of("builder", diagnostic))];
        }
    }

    private static IEnumerable<(string Endpoint, IReadOnlyDictionary<string, string> Options)> Remotes(BuilderDefinition? definition,
        ListedBuilder? found) =>
        definition is { Driver: BuilderDriver.Remote } ? definition.Nodes.Select(node => (node.Endpoint, node.Options))
        : found is { Driver: "remote" } ? found.Nodes.Select(node => (node.Endpoint, node.Options)) : [];

    private static DoctorFinding Judge(DoctorInput input, BuilderChoice choice, string name, BuilderDefinition? definition, ListedBuilder? found)
    {
        if (found is null)
        {
            return new DoctorFinding("builder", $"\"{name}\" ({definition!.Driver.NameOf()} driver) does not exist yet; the next build creates it");
        }

        var differences = definition is null ? [] : BuilderComparison.Differences(definition, found);
        if (differences.Count > 0 && !OwnBuilders.Include(found))
        {
            return DoctorFinding.Of("builder", EngineDiagnostics.BuilderDiffers.At(input.Request.Location, name, string.Join(", ", differences)));
        }

        if (BuilderDrivers.TryParse(found.Driver) is not { } driver)
        {
            return DoctorFinding.Of("builder", EngineDiagnostics.BootstrapFailed.At(
                input.Request.Location, name, "unknown", found.Error, EngineDiagnostics.StartRemedy(name, found.Error, removed: false)));
        }

        var builder = input.Builder = new Builder
        {
            Name = name,
            Driver = driver,
            ContainerdStore = driver == BuilderDriver.Docker
                ? input.Engine?.UsesContainerdStore ?? found.Nodes.Any(node => node.ContainerdStore)
                : true,
            Endpoint = found.Nodes.Count > 0 ? found.Nodes[0].Endpoint : "",
            Platforms = [.. found.Nodes.SelectMany(node => node.Platforms).Distinct()],
        };
        if (!choice.LeftToUs)
        {
            BuilderNeeds.Check(input.Request.Needs, builder, input.Request.Location);
        }

        var nodes = string.Join("; ",
            found.Nodes.Select(node => $"{node.Name} {node.Status} at {node.Endpoint} ({string.Join(", ", node.Platforms.Take(4))})"));
        var lacks = Enum.GetValues<BuilderNeed>().Where(need => !builder.Features.Can(need)).Select(need => need.InWords()).ToList();
        return new DoctorFinding("builder", $"\"{name}\" ({builder.Kind}): {nodes}"
            + (lacks.Count > 0 ? $"; cannot make {string.Join(", ", lacks)}" : "")
            + (builder.Features.ExportsCaches ? "" : "; writes inline caches only")
            + (differences.Count > 0 ? "; the next build changes it: " + string.Join(", ", differences) : ""));
    }
}
