namespace BuildKit.Core.BuildContexts;

/// <summary>The build context that was chosen, and why.</summary>
/// <param name="Directory">Full path.</param>
/// <param name="Reason">Why it was chosen, to stand after "because it is" or in brackets in a log line.</param>
internal sealed record ContextChoice(string Directory, string Reason);
