using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>How an image is made: values of <c>BuildKitImageSource</c>.</summary>
internal enum ImageSource
{
    /// <summary>From a Dockerfile.</summary>
    Dockerfile,

    /// <summary>From the files that Publish left.</summary>
    PublishOutput,
}

/// <summary>Chooses the source of an image.</summary>
internal static class ImageSources
{
    /// <summary>The source that is asked for, or the default: a Dockerfile that is named or lies beside the project.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="diagnostics">BK2001, BK2021.</param>
    public static ImageSource Select(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        if (settings.IsSet("BuildKitImageSource"))
        {
            return diagnostics.Choice("BuildKitImageSource") is { Length: > 0 } known ? Enum.Parse<ImageSource>(known) : ImageSource.Dockerfile;
        }

        if (DockerfilePaths.IsNamed(settings))
        {
            return ImageSource.Dockerfile;
        }

        var beside = DockerfilePaths.Find(settings).Path;
        if (File.Exists(beside))
        {
            if (!SwitchText.IsOn(settings["BuildKitReplacePublishContainer"]))
            {
                return ImageSource.Dockerfile;
            }

            diagnostics.Add(PropertyDiagnostics.DockerfileNotUsed.With(beside));
        }

        return settings.HasPublish ? ImageSource.PublishOutput : ImageSource.Dockerfile;
    }
}
