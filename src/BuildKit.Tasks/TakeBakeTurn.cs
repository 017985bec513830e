using BuildKit.Core.Bakes;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads which images of a project are built in a bake: those that changed, and those whose base did. BK6209.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class TakeBakeTurn : BuildKitTask
{
    internal override Task RunAsync()
    {
        var built = BakeTurn.Read(BakeItem.FilesOf(Described).Turn).Images.Select(image => image.Name).ToHashSet();
        Ordered = [.. Plans.Where(plan => built.Contains(plan.ItemSpec))];
        Same = [.. Unchanged.Where(image => !built.Contains(image.ItemSpec))];
        SamePlatforms = [.. UnchangedPlatforms.Where(platform => !built.Contains(platform.GetMetadata("Image")))];
        return Task.CompletedTask;
    }
}
