namespace BuildKit.Core.Systems;

/// <summary>
/// What .NET's reader of archives throws for one that is damaged: it documents a few of these, and numbers in headers that
/// are too large bring the rest.
/// </summary>
internal static class TarFault
{
    /// <summary>Whether an exception means that the archive cannot be read, and not that the caller is wrong.</summary>
    public static bool IsDamage(Exception failure) => failure
        is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException or NotSupportedException;
}
