using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;

namespace BuildKit.Core.PublishOutputs;

/// <summary>
/// The program that a container starts, as far as it lies in the application's folder: put right where the SDK's own
/// command leads nowhere, and refused where it is not among the files of the image.
/// </summary>
internal static class EntryProgram
{
    /// <summary>The command with paths that lead to the published files.</summary>
    /// <param name="command">The command, as the SDK computed it or the project wrote it.</param>
    /// <param name="folder">Full path of the published files.</param>
    /// <param name="workingDirectory">The application's folder in the image, as written.</param>
    public static ContainerCommand Place(ContainerCommand command, string folder, string workingDirectory)
    {
        // The SDK joins folder and file without a look at the slash between them.
        List<string> words = [.. command.AppCommand.Select(word =>
            !workingDirectory.EndsWith('/') && word.StartsWith(workingDirectory, StringComparison.Ordinal) && word.Length > workingDirectory.Length
                && word[workingDirectory.Length] != '/' && ExactPath.IsFile(folder, word[workingDirectory.Length..])
                ? workingDirectory + "/" + word[workingDirectory.Length..] : word)];

        // A framework-dependent single file has no assembly beside it: it is the program itself.
        if (words is ["dotnet", var assembly, ..] && assembly.EndsWith(".dll", StringComparison.Ordinal)
            && Relative(assembly, workingDirectory) is { } path
            && !ExactPath.IsFile(folder, path) && ExactPath.IsFile(folder, path[..^4]))
        {
            words = [workingDirectory.TrimEnd('/') + "/" + path[..^4], .. words.Skip(2)];
        }

        return command with { AppCommand = words };
    }

    /// <summary>Finds a program that is not there.</summary>
    /// <returns>BK3017; null when it is there, or may come from elsewhere: the base image, a command, a fragment.</returns>
    public static Diagnostic? Check(PublishOutput output, SourceLocation location)
    {
        var command = output.Config.Command;
        var words = command.Entrypoint.Count > 0 ? command.Entrypoint.Concat(command.EntrypointArgs).ToList() : command.AppCommand;
        var program = words is [var first, var second, ..] && first.Split('/')[^1] == "dotnet" && second.EndsWith(".dll", StringComparison.Ordinal)
            ? second : words.Count > 0 ? words[0] : "";
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        // A bare name is looked for on PATH.
        if (output.Commands.Count > 0 || output.Fragment.Length > 0 || (!isAssembly && !program.Contains('/', StringComparison.Ordinal))
            || Relative(program, output.Config.WorkingDirectory) is not { Length: > 0 } path
            || ExactPath.IsFile(output.Folder, path)
            || output.Copies.Any(file => file.Path == output.Config.WorkingDirectory.TrimEnd('/') + "/" + path))
        {
            return null;
        }

        var near = Directory.EnumerateFiles(output.Folder).Select(file => Path.GetFileName(file))
            .Where(name => Path.GetFileNameWithoutExtension(name).Equals(Path.GetFileNameWithoutExtension(path), StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToList();
        return DockerfileDiagnostics.EntryProgramMissing.At(location, program, output.Folder, near.Count > 0
            ? $"Near it is {string.Join(", ", near)}" : "Correct ContainerAppCommand or ContainerEntrypoint, or publish the file");
    }

    // "/app/shop", "./shop" and "shop.dll" are files of the folder; "/usr/bin/tini" is none.
    private static string? Relative(string program, string workingDirectory)
    {
        var folder = workingDirectory.TrimEnd('/') + "/";
        return program.StartsWith(folder, StringComparison.Ordinal) ? program[folder.Length..]
            : program.StartsWith("./", StringComparison.Ordinal) ? program[2..]
            : program.StartsWith('/') ? null : program;
    }
}
