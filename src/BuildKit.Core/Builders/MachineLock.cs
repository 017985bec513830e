using System.Globalization;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Builders;

/// <summary>
/// A lock between all processes of this user on this machine: a file in a folder of the user alone, that the operating
/// system gives back when its holder is killed. Only a lock that somebody holds is waited for, and not in silence.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream file;

    private MachineLock(FileStream file) => this.file = file;

    /// <summary>How long a build waits before it says so.</summary>
    internal static TimeSpan Silence { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a build waits: longer than a builder takes to be made, with the download of its image.</summary>
    internal static TimeSpan Limit { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Waits for the lock.</summary>
    /// <param name="name">What is locked: letters, digits and '-'.</param>
    /// <param name="holder">Who takes it, for others that wait: for example the project.</param>
    /// <param name="sink">Where a longer wait is reported.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">BK1035: somebody holds it for too long; BK1036: it cannot be taken at all.</exception>
    public static Task<MachineLock> AcquireAsync(string name, string holder, IDiagnosticSink sink, CancellationToken cancellation)
    {
        string folder;
        try
        {
            folder = UserFolder.Make();
        }
        catch (IOException failure)
        {
            throw new DiagnosticException(BuilderDiagnostics.LockUnavailable.With(name, failure.Message));
        }

        return AcquireAsync(Path.Combine(folder, name + ".lock"), holder, sink, Silence, Limit, cancellation);
    }

    internal static async Task<MachineLock> AcquireAsync(
        string path, string holder, IDiagnosticSink sink, TimeSpan silence, TimeSpan limit, CancellationToken cancellation)
    {
        var begun = DateTime.UtcNow;
        var said = false;
        while (true)
        {
            if (TryTake(path) is { } file)
            {
                Sign(path, holder);
                return new MachineLock(file);
            }

            var waited = DateTime.UtcNow - begun;
            if (waited >= limit)
            {
                throw new DiagnosticException(BuilderDiagnostics.LockHeld.With(path, HolderOf(path), InWords(limit)));
            }

            if (waited >= silence && !said)
            {
                said = true;
                sink.Message(MessageLevel.Important, $"Waiting for {HolderOf(path)}, which holds {path}; at most {InWords(limit)}.");
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static FileStream? TryTake(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null ? LockedFile.TryTake(path)
                : throw new IOException("it is a link");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a folder" : failure.Message.TrimEnd('.');
            throw new DiagnosticException(BuilderDiagnostics.LockUnavailable.With(path, reason));
        }
    }

    // Beside the lock, because Windows lets nobody read a file that is locked.
    private static string SignOf(string path) => Path.ChangeExtension(path, ".holder");

    private static void Sign(string path, string holder)
    {
        try
        {
            File.WriteAllText(SignOf(path),
                string.Create(CultureInfo.InvariantCulture, $"{holder} (process {Environment.ProcessId}, since {DateTime.Now:HH:mm:ss})"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Others learn less.
        }
    }

    private static string HolderOf(string path)
    {
        try
        {
            return File.ReadAllText(SignOf(path)) is { Length: > 0 and < 1000 } text ? text.ReplaceLineEndings(" ") : "another build";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "another build";
        }
    }

    private static string InWords(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(time.TotalMinutes >= 1 ? time.TotalMinutes : time.TotalSeconds):0.#} {(time.TotalMinutes >= 1 ? "minutes" : "seconds")}");
}
