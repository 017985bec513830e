using System.Buffers.Binary;
using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.PublishOutputs;

/// <summary>The program that a container starts, as its file says: ELF, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html.</summary>
internal static class ProgramFile
{
    private const int HeadBytes = 4096;

    // Names that give away the C library of a base image; of other images it is not known.
    private static readonly string[] Glibc =
        ["debian", "ubuntu", "bookworm", "trixie", "bullseye", "jammy", "noble", "resolute", "chiseled", "azurelinux", "mariner", "cbl-", "ubi8",
            "ubi9", "fedora"];

    /// <summary>Refuses a program that the base image cannot start, as far as both say.</summary>
    /// <exception cref="DiagnosticException">BK3015.</exception>
    public static void Check(PublishOutput output, Platform platform, SourceLocation location)
    {
        if (output.Config.Command.AppCommand is not [{ Length: > 0 } program, ..]
            || !TryRead(PathOf(output, program), out var architecture, out var interpreter))
        {
            return;
        }

        if (architecture.Length > 0 && architecture != platform.Architecture)
        {
            throw Failure(architecture, platform.ToString(), "Publish it for the image's runtime identifier.");
        }

        var musl = IsMusl(output.BaseImage);
        var needsMusl = interpreter.Contains("ld-musl", StringComparison.Ordinal);
        if (musl is { } baseIsMusl && interpreter.Length > 0 && needsMusl != baseIsMusl)
        {
            throw baseIsMusl
                ? Failure("glibc", "musl (Alpine)", "Publish it for a runtime identifier with musl, such as linux-musl-x64.")
                : Failure("musl (Alpine)", "glibc",
                    "Publish it for a runtime identifier without musl, such as linux-x64, or set ContainerFamily to alpine.");
        }

        DiagnosticException Failure(string has, string needs, string remedy) =>
            new(DockerfileDiagnostics.ProgramNotForBase.At(location, Path.GetFileName(program), has, output.BaseImage, needs, remedy));
    }

    /// <summary>Whether a base image has musl; null when its name does not say.</summary>
    internal static bool? IsMusl(string image)
    {
        var parts = image.Split('@')[0].Split('/');
        var name = parts[^1];
        // There are images of Alpine with glibc, and they say so.
        return name.Contains("glibc", StringComparison.OrdinalIgnoreCase) ? null
            : name.Contains("alpine", StringComparison.OrdinalIgnoreCase) ? true
            : Glibc.Any(known => name.Contains(known, StringComparison.OrdinalIgnoreCase)) ? false
            : parts.Length > 1 && parts[^2] == "dotnet" && name.Split(':')[0] is "runtime-deps" or "runtime" or "aspnet" or "sdk" ? false
            : null;
    }

    // "/app/shop" and "./shop" are both the file "shop" of the published ones.
    private static string PathOf(PublishOutput output, string program)
    {
        var folder = output.Config.WorkingDirectory.TrimEnd('/') + "/";
        var relative = program.StartsWith(folder, StringComparison.Ordinal) ? program[folder.Length..]
            : program.StartsWith("./", StringComparison.Ordinal) ? program[2..] : program;
        return Path.Combine(output.Folder, relative);
    }

    private static bool TryRead(string file, out string architecture, out string interpreter)
    {
        (architecture, interpreter) = ("", "");
        if (!File.Exists(file))
        {
            return false;
        }

        Span<byte> head = stackalloc byte[HeadBytes];
        using (var stream = File.OpenRead(file))
        {
            head = head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        }

        // Little-endian only: .NET has no other Linux than s390x that is not, and its files are not judged.
        if (head.Length < 64 || !head.StartsWith("\u007fELF"u8) || head[5] != 1)
        {
            return false;
        }

        architecture = BinaryPrimitives.ReadUInt16LittleEndian(head[18..]) switch { 62 => "amd64", 183 => "arm64", 40 => "arm", 3 => "386", _ => "" };
        interpreter = Interpreter(head);
        return true;
    }

    // The loader's path is in the first bytes; a program without one brings all that it needs.
    private static string Interpreter(ReadOnlySpan<byte> head)
    {
        const int Interp = 3;
        if (head[4] != 2)
        {
            return "";
        }

        var start = BinaryPrimitives.ReadUInt64LittleEndian(head[32..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(head[54..]), count = BinaryPrimitives.ReadUInt16LittleEndian(head[56..]);
        for (var index = 0; index < count && size >= 56 && start + (ulong)((index + 1) * size) <= (ulong)head.Length; index++)
        {
            var entry = head[((int)start + (index * size))..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != Interp)
            {
                continue;
            }

            var (at, length) = (BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]), BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]));
            return at + length <= (ulong)head.Length && length > 0 ? Encoding.ASCII.GetString(head.Slice((int)at, (int)length)).TrimEnd('\0') : "";
        }

        return "";
    }
}
