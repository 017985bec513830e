using BuildKit.Core.Builders;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;

namespace BuildKit.Core.Builds;

/// <summary>
/// The argument list of <c>docker buildx build</c> (https://docs.docker.com/reference/cli/docker/buildx/build/).
/// Values go as list elements, secrets as names or paths, so nothing here has to be escaped or hidden.
/// </summary>
internal static class BuildxCommandLine
{
    /// <summary>Makes the arguments.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="source">What buildx is pointed at.</param>
    /// <param name="builder">The builder, whose driver decides how an output is written.</param>
    /// <param name="metadataFile">Full path of the metadata file.</param>
    public static IReadOnlyList<string> Of(BuildRequest request, BuildSource source, Builder builder, string metadataFile)
    {
        List<string> arguments =
            ["buildx", "build", "--progress=rawjson", "--metadata-file", metadataFile, "--file", source.Dockerfile];
        Add(arguments, "--builder", builder.Name);
        Add(arguments, "--target", request.TargetStage);
        Add(arguments, "--platform", string.Join(',', request.Platforms));
        Add(arguments, "--network", request.Network);
        arguments.AddRange(request.BuildArguments.SelectMany(argument => argument.ToArguments()));
        if (source.Labels)
        {
            arguments.AddRange(request.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }));
        }

        arguments.AddRange(request.NamedContexts.SelectMany(context => context.ToArguments()));
        arguments.AddRange(request.Secrets.SelectMany(secret => secret.ToArguments()));
        arguments.AddRange(request.SshAgents.SelectMany(agent => agent.ToArguments()));
        arguments.AddRange(request.ExtraHosts.SelectMany(host => host.ToArguments()));
        AddSwitch(arguments, "--pull", request.Pull);
        AddSwitch(arguments, "--no-cache", request.NoCache);
        arguments.AddRange(request.CacheFrom.SelectMany(cache => new[] { "--cache-from", cache.ToString() }));
        arguments.AddRange(request.CacheTo.SelectMany(cache => new[] { "--cache-to", cache.ToString() }));
        arguments.AddRange(request.Tags.SelectMany(tag => new[] { "--tag", tag.ToString() }));
        arguments.AddRange(OutputArguments.Of(request, source, builder));
        arguments.AddRange(request.Attestations.ToArguments());
        arguments.AddRange(request.Options);
        arguments.Add(source.Context);
        return arguments;
    }

    /// <summary>Makes the arguments of a check without a build: what decides how BuildKit reads the Dockerfile, and no output.</summary>
    public static IReadOnlyList<string> OfCheck(BuildRequest request, Builder builder)
    {
        List<string> arguments = ["buildx", "build", "--progress=plain", "--call=check,format=json", "--file", request.Dockerfile];
        Add(arguments, "--builder", builder.Name);
        Add(arguments, "--target", request.TargetStage);
        Add(arguments, "--platform", string.Join(',', request.Platforms));
        arguments.AddRange(request.BuildArguments.SelectMany(argument => argument.ToArguments()));
        arguments.AddRange(request.NamedContexts.SelectMany(context => context.ToArguments()));
        arguments.Add(request.Context);
        return arguments;
    }

    private static void Add(List<string> arguments, string option, string value)
    {
        if (value.Length > 0)
        {
            arguments.AddRange([option, value]);
        }
    }

    private static void AddSwitch(List<string> arguments, string option, bool on)
    {
        if (on)
        {
            arguments.Add(option);
        }
    }
}
