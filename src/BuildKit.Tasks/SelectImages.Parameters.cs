using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class SelectImages
{
    /// <summary>The images: names, with the metadata of their definitions.</summary>
    [Output]
    public ITaskItem[] Images { get; private set; } = [];

    /// <summary>Runtime identifiers that the project has to be published for, each by itself; none for one publish.</summary>
    [Output]
    public string[] Runtimes { get; private set; } = [];

    /// <summary>Whether publishing the project makes its images, by itself or in a bake.</summary>
    [Output]
    public bool Wanted => selection.Wanted;

    /// <summary>Whether publishing makes them by itself, here.</summary>
    [Output]
    public bool MadeHere => selection.MadeHere;

    /// <summary>Whether <c>PublishContainer</c> makes them instead of the SDK.</summary>
    [Output]
    public bool ReplacesPublishContainer => selection.ReplacesPublishContainer;

    /// <summary>Whether they are made in one bake with those of the solution.</summary>
    [Output]
    public bool MeetsInBake => selection.MeetsInBake;

    /// <summary>Whether several images of the project are made in one bake.</summary>
    [Output]
    public bool BakesImages => selection.BakesImages;

    /// <summary>Whether publishing bakes the images of the <c>BuildKitProject</c> items.</summary>
    [Output]
    public bool BakesProjects => selection.BakesProjects;

    /// <summary>Whether an image is made from published files.</summary>
    [Output]
    public bool FromPublish => selection.FromPublish;

    /// <summary>Whether the project has to be published first, once.</summary>
    [Output]
    public bool PublishesOnce => selection.PublishesOnce;
}
