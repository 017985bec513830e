using BuildKit.Core.DevSpace;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads the images of devspace.yaml; with <see cref="ImportFile"/>, writes them as MSBuild items too.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ReadDevSpaceFile : ImageFileTask
{
    internal override Task RunAsync()
    {
        var images = DevSpaceImages.Describe(FullPath("BuildKitDevSpaceFile", File), new DevSpaceOptions
        {
            Profiles = ValueList.Split(Profiles),
            ProfileActivation = AcceptedValues.ReadSwitch("BuildKitDevSpaceProfileActivation", ProfileActivation, ProjectFile) ?? true,
            Variables = TaskItems.ToProperties(Variables),
            AllowCommands = AcceptedValues.ReadSwitch("BuildKitDevSpaceAllowCommands", AllowCommands, ProjectFile) ?? false,
            TagsAreGiven = Tags.Length > 0,
            IntermediateFolder = Path.Combine(IntermediateFolder, "devspace"),
            Environment = EnvironmentVariables,
            Cancellation = Cancellation.Graceful,
        }, Sink);
        Leave(images);
        if (ImportFile.Length > 0 && !Log.HasLoggedErrors)
        {
            ItemFile.Write(Path.Combine(Path.GetDirectoryName(ProjectFile)!, ImportFile), images, Sink);
        }

        return Task.CompletedTask;
    }
}
