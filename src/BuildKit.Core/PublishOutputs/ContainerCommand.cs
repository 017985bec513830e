using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.PublishOutputs;

/// <summary>
/// What the container runs, from the SDK's items
/// (https://learn.microsoft.com/dotnet/core/containers/publish-configuration): the application's command becomes the
/// ENTRYPOINT, or the CMD behind another ENTRYPOINT, or neither.
/// </summary>
public sealed record ContainerCommand
{
    /// <summary>Items <c>ContainerAppCommand</c>.</summary>
    public IReadOnlyList<string> AppCommand { get; init; } = [];

    /// <summary>Items <c>ContainerAppCommandArgs</c>.</summary>
    public IReadOnlyList<string> AppCommandArgs { get; init; } = [];

    /// <summary>Items <c>ContainerDefaultArgs</c>.</summary>
    public IReadOnlyList<string> DefaultArgs { get; init; } = [];

    /// <summary>Items <c>ContainerEntrypoint</c>.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Items <c>ContainerEntrypointArgs</c>.</summary>
    public IReadOnlyList<string> EntrypointArgs { get; init; } = [];

    /// <summary>Property <c>ContainerAppCommandInstruction</c>: empty, <c>Entrypoint</c>, <c>DefaultArgs</c>, <c>None</c>.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>The ENTRYPOINT and CMD of the image.</summary>
    /// <param name="baseEntrypoint">ENTRYPOINT of the base image.</param>
    /// <exception cref="DiagnosticException">BK2001, BK2008: values that contradict each other.</exception>
    public (IReadOnlyList<string> Entrypoint, IReadOnlyList<string> Cmd) Resolve(IReadOnlyList<string> baseEntrypoint)
    {
        // Some base images have "dotnet" as their ENTRYPOINT, which would run in front of the application's own.
        var inherited = baseEntrypoint is ["dotnet"] or ["/usr/bin/dotnet"] ? [] : baseEntrypoint;
        var ownEntrypoint = Entrypoint.Count > 0 || EntrypointArgs.Count > 0;

        // Older projects have ContainerEntrypointArgs alone: arguments for the application that can be overridden.
        if (Instruction.Length == 0 && ownEntrypoint && Entrypoint.Count == 0 && DefaultArgs.Count == 0 && AppCommandArgs.Count == 0)
        {
            return (AppCommand.Count > 0 ? AppCommand : inherited, EntrypointArgs);
        }

        Check(EntrypointArgs.Count > 0 && Entrypoint.Count == 0, "ContainerEntrypointArgs are set, but no ContainerEntrypoint",
            "Set ContainerEntrypoint, or use ContainerAppCommandArgs.");
        Check(AppCommandArgs.Count > 0 && AppCommand.Count == 0, "ContainerAppCommandArgs are set, but no ContainerAppCommand",
            "Set ContainerAppCommand.");
        var entrypoint = Entrypoint.Concat(EntrypointArgs).ToList();
        var app = AppCommand.Concat(AppCommandArgs).ToList();
        switch (Instruction)
        {
            case "":
                return ownEntrypoint ? (entrypoint, [.. app, .. DefaultArgs]) : (app.Count > 0 ? app : inherited, DefaultArgs);
            case "Entrypoint":
                Check(ownEntrypoint, "ContainerAppCommandInstruction is \"Entrypoint\", but ContainerEntrypoint is set too", "Remove one of them.");
                return (app.Count > 0 ? app : inherited, DefaultArgs);
            case "DefaultArgs":
                return (ownEntrypoint ? entrypoint : inherited, [.. app, .. DefaultArgs]);
            case "None":
                Check(app.Count > 0, "ContainerAppCommandInstruction is \"None\", but ContainerAppCommand is set", "Remove one of them.");
                return (ownEntrypoint ? entrypoint : inherited, DefaultArgs);
            default:
                throw new DiagnosticException(PropertyDiagnostics.ValueNotAccepted.With(
                    "ContainerAppCommandInstruction", Instruction, "Entrypoint, DefaultArgs or None", ""));
        }
    }

    private static void Check(bool wrong, string what, string remedy)
    {
        if (wrong)
        {
            throw new DiagnosticException(PropertyDiagnostics.OutputsContradict.With(what, remedy));
        }
    }
}
