using System.Text.Json.Serialization;
using BuildKit.Core.Images;

namespace BuildKit.Core.Builds;

/// <summary>What the last successful build of an image was made of, and what it gave.</summary>
/// <param name="Fingerprint">Hash over all inputs.</param>
/// <param name="Image">The result.</param>
public sealed record BuildRecord(string Fingerprint, BuiltImage Image)
{
    /// <summary>Reads a record.</summary>
    /// <returns>Null when there is none, or none that can be read.</returns>
    public static BuildRecord? Read(string path) => JsonFile.Read(path, BuildJson.Default.BuildRecord);

    /// <summary>Writes the record beside its place and moves it there.</summary>
    public void Write(string path) => JsonFile.Write(path, this, BuildJson.Default.BuildRecord);
}

/// <summary>JSON of the files in <c>obj/</c>, made at compile time: reflection would cost more than the reading.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BuildRecord))]
[JsonSerializable(typeof(PlannedBuild))]
public sealed partial class BuildJson : JsonSerializerContext;

/// <summary>A request that was read and compared with the last build; handed from one target to the next as a file.</summary>
/// <param name="Request">What to build.</param>
/// <param name="Fingerprint">Hash over its inputs; empty when they cannot be known, as with a remote context.</param>
/// <param name="Reason">Why it has to be built, for the log; empty when nothing changed.</param>
public sealed record PlannedBuild(BuildRequest Request, string Fingerprint, string Reason)
{
    /// <summary>Reads a plan.</summary>
    /// <returns>Null when there is none, or none that can be read.</returns>
    public static PlannedBuild? Read(string path) => JsonFile.Read(path, BuildJson.Default.PlannedBuild);

    /// <summary>Writes the plan beside its place and moves it there.</summary>
    public void Write(string path) => JsonFile.Write(path, this, BuildJson.Default.PlannedBuild);
}
