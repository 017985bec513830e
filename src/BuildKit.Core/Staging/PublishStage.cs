using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Staging;

/// <summary>One platform of an image of published files, staged.</summary>
/// <param name="Base">Its base image.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Folder">Where its layers are in the context: empty, or a folder with a slash behind it.</param>
/// <param name="Layers">Layers that have files.</param>
public sealed record PublishStage(BaseImage Base, ImageConfig Config, string Folder, IReadOnlyList<PublishLayer> Layers)
{
    /// <summary>What the project says.</summary>
    public required PublishOutput Output { get; init; }

    /// <summary>Name of its stage, when there are several: what TARGETARCH and TARGETVARIANT are together.</summary>
    public string Name => $"platform-{Config.Platform.Architecture}{Config.Platform.Variant}";
}
