using System.Text.Json;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Json;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Bakes;

/// <summary>The images that a project made ready, in its file for the run of the bake. Secrets are in it by the names of their sources.</summary>
public static class PreparedImages
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, IEnumerable<BakeEntry> entries) =>
        BakeJson.Write(path, json => json.WriteObjects("prepared", entries, entry => WriteEntry(json, entry)));

    /// <summary>Reads the file.</summary>
    /// <exception cref="DiagnosticException">BK6209.</exception>
    public static IReadOnlyList<BakeEntry> Read(string path) => BakeJson.Read(path, root => root.Objects("prepared", entry =>
        new BakeEntry(BakeImage.Of(entry.GetProperty("image")), entry.String("files"), BuilderOf(entry.GetProperty("builder")))
        {
            Pushes = entry.GetProperty("pushes").GetBoolean(),
            Unverified = entry.Strings("unverified"),
            Secrets = entry.Objects("secrets", secret => new BuildSecret(secret.String("id"), secret.String("variable"), secret.String("file"))),
        }));

    private static void WriteEntry(Utf8JsonWriter json, BakeEntry entry)
    {
        json.WriteStartObject("image");
        entry.Image.WriteTo(json);
        json.WriteEndObject();
        json.WriteString("files", entry.Files);
        json.WriteBoolean("pushes", entry.Pushes);
        json.WriteTexts("unverified", entry.Unverified);
        json.WriteObjects("secrets", entry.Secrets, secret =>
        {
            json.WriteString("id", secret.Id);
            json.WriteString("variable", secret.EnvironmentVariable);
            json.WriteString("file", secret.File);
        });
        json.WriteStartObject("builder");
        WriteBuilder(json, entry.Builder);
        json.WriteEndObject();
    }

    private static void WriteBuilder(Utf8JsonWriter json, Builder builder)
    {
        json.WriteString("name", builder.Name);
        json.WriteString("driver", builder.Driver.NameOf());
        json.WriteBoolean("containerdStore", builder.ContainerdStore);
        json.WriteString("endpoint", builder.Endpoint);
        json.WriteString("engineVersion", builder.EngineVersion);
        json.WriteString("buildxVersion", builder.BuildxVersion);
        json.WriteString("buildxPath", builder.BuildxPath);
        json.WriteTexts("platforms", builder.Platforms);
    }

    private static Builder BuilderOf(JsonElement builder) => new()
    {
        Name = builder.String("name"),
        Driver = BuilderDrivers.TryParse(builder.String("driver")) ?? throw new InvalidOperationException("the driver is unknown"),
        ContainerdStore = builder.GetProperty("containerdStore").GetBoolean(),
        Endpoint = builder.String("endpoint"),
        EngineVersion = builder.String("engineVersion"),
        BuildxVersion = builder.String("buildxVersion"),
        BuildxPath = builder.String("buildxPath"),
        Platforms = builder.Strings("platforms"),
    };
}
