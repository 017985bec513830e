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
        var file = FullPath("BuildKitDevSpaceFile", File);
        var given = DevSpaceFlags.Variables(VariableList, ProjectFileLocation.Of(ProjectFile, "BuildKitDevSpaceVar"));
        var variables = new Dictionary<string, string>(TaskItems.ToProperties(Variables), StringComparer.Ordinal);
        given.ToList().ForEach(pair => variables[pair.Key] = pair.Value);
        var options = new DevSpaceOptions
        {
            Profiles = DevSpaceFlags.Profiles(Profiles),
            ProfileActivation = AcceptedValues.ReadSwitch("BuildKitDevSpaceProfileActivation", ProfileActivation, ProjectFile) ?? true,
            Variables = variables,
            OutsideVariables = given.Keys.ToHashSet(StringComparer.Ordinal),
            AllowCommands = AcceptedValues.ReadSwitch("BuildKitDevSpaceAllowCommands", AllowCommands, ProjectFile) ?? false,
            TagsAreGiven = Tags.Length > 0,
            Registry = ValueList.Split(Registry).FirstOrDefault(""),
            IntermediateFolder = Path.Combine(IntermediateFolder, "devspace"),
            Environment = EnvironmentVariables,
            Cancellation = Cancellation.Graceful,
        };
        Leave(ImportFile.Length == 0
            ? DevSpaceImages.Describe(file, options, Sink)
            : DevSpaceImport.Write(file, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, ImportFile)), options, Sink));
        return Task.CompletedTask;
    }
}
