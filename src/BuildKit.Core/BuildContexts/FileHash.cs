using System.Buffers;
using System.Security.Cryptography;

namespace BuildKit.Core.BuildContexts;

/// <summary>SHA-256 of a file's content.</summary>
internal static class FileHash
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The hash; null when the file cannot be read.</summary>
    public static byte[]? TryCompute(string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // Other programs may have it open for writing; whether its stamp stays is seen the next time.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long offset = 0;
            int read;
            while ((read = RandomAccess.Read(file, buffer, offset)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                offset += read;
            }

            return hash.GetHashAndReset();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
