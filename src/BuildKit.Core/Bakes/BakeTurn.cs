using BuildKit.Core.Diagnostics;
using BuildKit.Core.Json;

namespace BuildKit.Core.Bakes;

/// <summary>The turn of one project in a bake: what it makes ready, and when.</summary>
/// <param name="Wave">The run of the bake that it belongs to, from 0.</param>
/// <param name="Images">Its images that are built.</param>
public sealed record BakeTurn(int Wave, IReadOnlyList<TurnImage> Images)
{
    /// <summary>Whether the bake is only written, for somebody else to run.</summary>
    public bool ByHand { get; init; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="DiagnosticException">BK6209.</exception>
    public static BakeTurn Read(string path) => BakeJson.Read(path, root => new BakeTurn(
        root.GetProperty("wave").GetInt32(),
        root.Objects("images", image => new TurnImage(
            image.String("name"), image.Strings("references"), image.GetProperty("followsBase").GetBoolean(), image.String("reason"))))
    {
        ByHand = root.GetProperty("byHand").GetBoolean(),
    });

    /// <summary>Writes the file.</summary>
    public void Write(string path) => BakeJson.Write(path, json =>
    {
        json.WriteNumber("wave", Wave);
        json.WriteBoolean("byHand", ByHand);
        json.WriteObjects("images", Images, image =>
        {
            json.WriteString("name", image.Name);
            json.WriteTexts("references", image.References);
            json.WriteBoolean("followsBase", image.FollowsBase);
            json.WriteString("reason", image.Reason);
        });
    });
}

/// <summary>An image that is built in a turn.</summary>
/// <param name="Name">Name of the image definition.</param>
/// <param name="References">References that it gets.</param>
/// <param name="FollowsBase">
/// Whether an earlier run of the bake makes the base image of its published files; when that is not there, it failed.
/// </param>
/// <param name="Reason">Why it is built although it did not change itself; empty when it did.</param>
public sealed record TurnImage(string Name, IReadOnlyList<string> References, bool FollowsBase, string Reason = "");
