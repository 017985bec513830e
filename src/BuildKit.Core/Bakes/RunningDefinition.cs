using BuildKit.Core.Builds;

namespace BuildKit.Core.Bakes;

/// <summary>
/// The definition of a bake while it runs: a file of its own, since the same project may bake twice at the same time. When
/// the run is over, it is the definition that people find.
/// </summary>
public sealed class RunningDefinition : IDisposable
{
    private readonly SessionFiles files;
    private readonly string left;

    private RunningDefinition(SessionFiles files, string left) => (this.files, this.left) = (files, left);

    /// <summary>Full path while it runs.</summary>
    public string File => files.FileOf(".json");

    /// <summary>Writes the definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="left">Full path of what is left when the run is over.</param>
    public static RunningDefinition Write(BakeDefinition definition, string left)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var running = new RunningDefinition(SessionFiles.Create(Path.GetDirectoryName(left)!, "bake"), left);
        definition.Write(running.File, relative: false);
        return running;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (System.IO.File.Exists(File))
        {
            System.IO.File.Move(File, left, overwrite: true);
        }

        files.Dispose();
    }
}
