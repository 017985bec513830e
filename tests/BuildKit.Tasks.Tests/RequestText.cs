using System.Text.RegularExpressions;
using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Drivers;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;

namespace BuildKit.Tasks.Tests;

/// <summary>A build request as one text, which is the same for the same build in another folder.</summary>
internal static partial class RequestText
{
    /// <summary>Makes the text.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caches">Its items of caches, which are resolved by another task.</param>
    /// <param name="folder">Full path of the folder that other paths are said relative to.</param>
    public static string Of(BuildRequest request, IEnumerable<string> caches, string folder)
    {
        // A value that the environment has is the value that buildx gets, whether the item says it or not.
        var filled = request with
        {
            BuildArguments = [.. request.BuildArguments.Select(argument =>
                argument with { Value = argument.Value ?? Environment.GetEnvironmentVariable(argument.Name) ?? "(unset)" })],
        };
        var builder = new Builder { Name = "default", Driver = BuilderDriver.Docker, ContainerdStore = true };
        var words = BuildxCommandLine.Of(filled, BuildSource.Of(filled), builder, "metadata.json").ToList();
        // The Dockerfile counts by what is in it: DevSpace's changes are in a file of our own, which is another one after an import.
        words[words.IndexOf("--file") + 1] = File.Exists(request.Dockerfile) ? File.ReadAllText(request.Dockerfile) : request.Dockerfile;
        var ignored = new[] { request.Dockerfile + ".dockerignore", Path.Combine(request.Context, ".dockerignore") }.FirstOrDefault(File.Exists);
        string[] lines = [.. words, .. caches, $"force {request.Force}", ignored is null ? "" : Ignored(ignored)];
        return string.Join('\n', lines).Replace(folder + "/", "./", StringComparison.Ordinal).Replace(folder, ".", StringComparison.Ordinal);
    }

    // A clone has no folder of DevSpace's, which is not sent by DevSpace; the import reports one that is there.
    private static string Ignored(string file) => File.ReadAllText(file).Replace(".devspace/\n", "", StringComparison.Ordinal).Trim();

    /// <summary>A text in which what another reading of the same file has otherwise stands by its form alone, and so does a time.</summary>
    public static string WithoutChance(string text, string first, string second)
    {
        var (lines, firsts, seconds) = (Times().Replace(text, "TIME").Split('\n'), first.Split('\n'), second.Split('\n'));
        return string.Join('\n', lines.Select((line, index) =>
            index < firsts.Length && firsts[index] != seconds.ElementAtOrDefault(index) ? Letters().Replace(line, "x") : line));
    }

    [GeneratedRegex(@"\b1[0-9]{9}\b")]
    private static partial Regex Times();

    [GeneratedRegex("[A-Za-z0-9]")]
    private static partial Regex Letters();
}
