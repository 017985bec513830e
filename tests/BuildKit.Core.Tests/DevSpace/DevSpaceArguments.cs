using BuildKit.Core.DevSpace;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>
/// The argument list that DevSpace gives buildx, written from buildWithCLI in its pkg/devspace/build/builder/buildkit/buildkit.go.
/// Build arguments are in the file's order here; in DevSpace they come in the order of a Go map, which is any.
/// </summary>
internal static class DevSpaceArguments
{
    public static IEnumerable<string> Of(DevSpaceImage image)
    {
        List<string> arguments = ["build"];
        foreach (var (name, value) in image.BuildArguments)
        {
            arguments.AddRange(["--build-arg", $"{name}={value}"]);
        }

        Add(arguments, "--network", image.Network);
        foreach (var tag in image.Tags.DefaultIfEmpty("#######"))
        {
            arguments.AddRange(["--tag", $"{image.Image}:{tag}"]);
        }

        if (!image.SkipPush)
        {
            arguments.Add("--push");
        }

        // Relative to the context; DevSpace puts a Dockerfile from elsewhere into the context it sends.
        arguments.AddRange(["--file", Path.GetRelativePath(image.Context, image.Dockerfile)]);
        Add(arguments, "--target", image.Target);
        arguments.AddRange(image.Arguments.Select(argument => argument.Value));
        arguments.Add("-");
        return arguments;
    }

    private static void Add(List<string> arguments, string option, string value)
    {
        if (value.Length > 0)
        {
            arguments.AddRange([option, value]);
        }
    }
}
