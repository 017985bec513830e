namespace BuildKit.Testing;

/// <summary>Images that every test registry begins with.</summary>
public static class BaseImages
{
    /// <summary>The small one with a shell.</summary>
    public static string Debian => $"{Machine.Registry.Address}/debian:bookworm-slim";

    /// <summary>One of .NET's: runtime-deps, runtime, aspnet, sdk.</summary>
    public static string Of(string name) => $"{Machine.Registry.Address}/dotnet/{name}:10.0";
}
