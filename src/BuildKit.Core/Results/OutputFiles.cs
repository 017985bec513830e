using System.IO.Compression;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Results;

/// <summary>Archives get their name when they are whole; until then they have another one beside it.</summary>
internal static class OutputFiles
{
    /// <summary>Makes the folders of files to come: BuildKit would notice only after the whole build that it cannot.</summary>
    /// <exception cref="DiagnosticException">BK5006: a folder cannot be made.</exception>
    public static void Prepare(IReadOnlyList<BuildOutput> outputs)
    {
        foreach (var output in outputs.Where(output => output.Path.Length > 0))
        {
            try
            {
                Directory.CreateDirectory(output.IsArchive ? Path.GetDirectoryName(output.Path)! : output.Path);
                if (output.IsArchive)
                {
                    using (File.Create(BuildOutput.TemporaryPath(output.Path)))
                    {
                    }
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                RemovePartial(outputs);
                throw new DiagnosticException(ResultDiagnostics.OutputNotWritable.With(output.Path, failure.Message.TrimEnd('.')));
            }
        }
    }

    /// <summary>Gives finished archives their names, compressed when the name says so.</summary>
    /// <exception cref="DiagnosticException">BK5006: there is no room for one, or its name is taken by a folder.</exception>
    public static void Complete(IReadOnlyList<BuildOutput> outputs)
    {
        foreach (var output in outputs.Where(output => output.IsArchive))
        {
            try
            {
                Complete(output.Path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new DiagnosticException(ResultDiagnostics.OutputNotWritable.With(output.Path, failure.Message.TrimEnd('.')));
            }
        }
    }

    private static void Complete(string path)
    {
        var partial = BuildOutput.TemporaryPath(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase))
        {
            File.Move(partial, path, overwrite: true);
            return;
        }

        var compressed = partial + ".gz";
        using (var source = File.OpenRead(partial))
        using (var target = new GZipStream(File.Create(compressed), CompressionLevel.Fastest))
        {
            source.CopyTo(target);
        }

        File.Move(compressed, path, overwrite: true);
    }

    /// <summary>Removes what a failed build left.</summary>
    public static void RemovePartial(IReadOnlyList<BuildOutput> outputs)
    {
        foreach (var folder in outputs.Where(output => output.Path.Length > 0 && !output.IsArchive).Select(output => output.Path))
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }

        foreach (var output in outputs.Where(output => output.IsArchive))
        {
            var partial = BuildOutput.TemporaryPath(output.Path);
            // Deleting in a folder that is not there would be an error.
            foreach (var file in new[] { partial, partial + ".gz" }.Where(File.Exists))
            {
                File.Delete(file);
            }
        }
    }
}
