using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BuildKit.Core.Builds;

/// <summary>Reads and writes the small JSON files in <c>obj/</c>.</summary>
public static class JsonFile
{
    /// <summary>Reads a file.</summary>
    /// <returns>Null when it is missing or not of this form (an older version's): then it counts as not there.</returns>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes a file under another name and moves it into place, so that nobody reads half of it.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = $"{path}.{Environment.ProcessId}.partial";
        File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(value, type));
        File.Move(partial, path, overwrite: true);
    }
}
