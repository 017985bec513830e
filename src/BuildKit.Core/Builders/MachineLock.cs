namespace BuildKit.Core.Builders;

/// <summary>
/// A lock between all processes of this user on this machine. A locked file and not a named mutex: the operating
/// system gives it back when its holder is killed, and it can be held across an await.
/// </summary>
public sealed class MachineLock : IDisposable
{
    private readonly FileStream file;

    private MachineLock(FileStream file) => this.file = file;

    /// <summary>Waits for the lock.</summary>
    /// <param name="name">What is locked: letters, digits and '-'.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<MachineLock> AcquireAsync(string name, CancellationToken cancellation)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{name}-{Environment.UserName}.lock");
        while (true)
        {
            try
            {
                return new MachineLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(50, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
