using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What images of a bake have in common is done once.</summary>
public sealed class BakeSharingStory : BakeStory
{
    private const int Size = 3_000_000;

    [Test]
    public async Task A_context_that_is_the_same_is_sent_once_and_equal_steps_run_once()
    {
        WriteImages();
        string[] names = ["a", "b", "c"];
        var content = new byte[Size];
        Random.Shared.NextBytes(content);
        Project.Write("shared/.dockerignore", "obj\n");
        await File.WriteAllBytesAsync(Project.PathOf("shared/big"), content);
        foreach (var name in names)
        {
            Project.Write($"{name}/{name}.proj",
                WithoutCode($"<ContainerRepository>{Repository}/{name}</ContainerRepository><BuildKitContext>../shared</BuildKitContext>"));
            // A step that gives another result each time it runs.
            Project.Write($"{name}/Dockerfile",
                $"FROM {BaseImages.Debian}\nRUN cat /proc/sys/kernel/random/uuid > /id\nCOPY big /big\nRUN echo {name} > /name\n");
        }

        var progress = Project.PathOf("recorder/progress");
        var docker = Project.Write("recorder/docker", $$"""
            #!/bin/bash
            # Hands each call on and keeps what it writes to its error stream.
            set -o pipefail
            [ "$*" = "buildx version" ] && echo recorded
            { '{{Machine.Engine.ProgramOf("docker")}}' "$@" 2>&1 1>&3 | tee -a '{{progress}}' >&2; } 3>&1
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        (await Project.PublishAsync("images.proj", $"-p:BuildKitDockerPath={docker}")).Succeeded();

        var sent = SentBytes(progress);
        Assert.That(sent, Is.InRange(Size, Size + (Size / 10)), "bytes of the context");
        var layers = new List<IReadOnlyList<string>>();
        foreach (var name in names)
        {
            layers.Add((await Images.ManifestAsync($"{Repository}/{name}")).Layers);
        }

        Assert.That(layers.Select(all => all[^3]).Distinct().Count(), Is.EqualTo(1), "the step ran once");
        Assert.That(layers.Select(all => all[^1]).Distinct().Count(), Is.EqualTo(3));
    }

    // Of each step that sends files, the last count; the same step is reported for each target.
    private static long SentBytes(string progress) => File.ReadLines(progress).Where(line => line.StartsWith('{'))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .SelectMany(update => update.TryGetProperty("statuses", out var statuses) ? statuses.EnumerateArray().ToArray() : [])
        .Where(status => status.GetProperty("id").GetString()!.StartsWith("transferring context", StringComparison.Ordinal))
        .GroupBy(status => status.GetProperty("vertex").GetString())
        .Sum(step => step.Max(status => status.TryGetProperty("current", out var current) ? current.GetInt64() : 0));
}
