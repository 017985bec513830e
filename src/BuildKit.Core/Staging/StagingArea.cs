using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>
/// Names for what a build stages, its own while it runs: what another build of the same image reads is never emptied,
/// replaced or linked again. The usual name is free nearly always, so that BuildKit is sent only what changed; a build that
/// runs at the same time takes the next one. A process that is killed gives its names back.
/// </summary>
/// <param name="request">The build.</param>
internal sealed class StagingArea(BuildRequest request) : IDisposable
{
    // More builds of one image at the same time are a mistake of something.
    private const int Most = 200;

    private FileStream? held;
    private string name = "";

    /// <summary>Full path of a staged file or folder.</summary>
    /// <param name="suffix">For example <c>.context</c>.</param>
    /// <exception cref="IOException">The folder for our own files cannot be written.</exception>
    public string FileOf(string suffix)
    {
        for (var number = 1; held is null; number++)
        {
            if (number > Most)
            {
                throw new IOException($"{Most} builds of {request.Name} hold files in {request.IntermediateFolder}");
            }

            name = number == 1 ? request.Name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{request.Name}~{number}");
            held = LockedFile.TryTake(Path.Combine(request.IntermediateFolder, name + ".staging"));
        }

        return Path.Combine(request.IntermediateFolder, name + suffix);
    }

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();
}
