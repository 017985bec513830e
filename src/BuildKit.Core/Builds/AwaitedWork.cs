namespace BuildKit.Core.Builds;

/// <summary>Work of the builder that ends when somebody else answers.</summary>
/// <param name="Registry">Host that is to answer, with an optional port; empty when the step does not tell it.</param>
/// <param name="Step">What the builder does, in its words.</param>
/// <param name="IsLarge">
/// Whether the time says nothing: BuildKit reports no bytes while it pushes layers, and a large one over a slow line takes long.
/// </param>
internal sealed record AwaitedWork(string Registry, string Step, bool IsLarge = false);

/// <summary>What a run of buildx does when nothing is heard of it.</summary>
/// <param name="IsBusy">Whether a step works that need not say anything, such as RUN.</param>
/// <param name="Awaited">What it waits for; with nothing and not busy, no step runs at all.</param>
internal sealed record QuietLook(bool IsBusy, IReadOnlyList<AwaitedWork> Awaited);
