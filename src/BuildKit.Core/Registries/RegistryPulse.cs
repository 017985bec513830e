using System.Collections.Concurrent;

namespace BuildKit.Core.Registries;

/// <summary>Which registries of a build answer: one that did not is not waited for as long again.</summary>
/// <param name="limit">How long a question may take.</param>
internal sealed class RegistryPulse(TimeSpan limit)
{
    // Enough for a registry that was slow once and is well again.
    private static readonly TimeSpan SecondLimit = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, bool> silent = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> refusals = new();

    /// <summary>Called for a question that is not answered yet: the registry, and how much longer it is waited for.</summary>
    public event Action<string, TimeSpan>? Waiting;

    /// <summary>How long a question may take before it is reported.</summary>
    public TimeSpan Patience { get; } = limit / 3;

    /// <summary>How long the next question to a registry may take.</summary>
    public TimeSpan LimitOf(string registry) => IsSilent(registry) && limit > SecondLimit ? SecondLimit : limit;

    /// <summary>Whether the last question to a registry was not answered in time.</summary>
    public bool IsSilent(string registry) => silent.ContainsKey(registry);

    /// <summary>Tells that a question is not answered yet.</summary>
    public void Wait(string registry) => Waiting?.Invoke(registry, LimitOf(registry) - Patience);

    /// <summary>Notes that a question was not answered.</summary>
    public void Missed(string registry) => silent[registry] = true;

    /// <summary>Notes that one was.</summary>
    public void Answered(string registry) => silent.TryRemove(registry, out _);

    /// <summary>Notes when a registry that limits requests wants to be asked again.</summary>
    public void Refused(string registry, DateTimeOffset? retryAt)
    {
        if (retryAt is { } time)
        {
            refusals[registry] = time;
        }
    }

    /// <summary>When a registry that limits requests wants to be asked again; null when it has not said so.</summary>
    public DateTimeOffset? RetryAt(string registry) => refusals.TryGetValue(registry, out var time) ? time : null;
}
