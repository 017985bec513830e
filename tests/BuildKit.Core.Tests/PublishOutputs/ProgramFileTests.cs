using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Tests.PublishOutputs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgramFileTests : IDisposable
{
    private const string Glibc = "/lib64/ld-linux-x86-64.so.2";
    private const string Musl = "/lib/ld-musl-x86_64.so.1";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase(62, Glibc, "mcr.microsoft.com/dotnet/runtime-deps:10.0", "amd64", "")]
    [TestCase(62, Musl, "mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine", "amd64", "")]
    [TestCase(62, "", "mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine", "amd64", "", Description = "statically linked")]
    [TestCase(62, Musl, "mcr.microsoft.com/dotnet/runtime-deps:10.0", "amd64", "linux-x64")]
    [TestCase(62, Musl, "mirror:5000/dotnet/aspnet:10.0-noble-chiseled@sha256:1", "amd64", "linux-x64")]
    [TestCase(62, Glibc, "alpine:3.22", "amd64", "linux-musl-x64")]
    [TestCase(62, Glibc, "frolvlad/alpine-glibc", "amd64", "")]
    [TestCase(62, Musl, "alpine/team:1", "amd64", "", Description = "nobody knows what that is")]
    [TestCase(62, Musl, "corporate/dotnet/base:1", "amd64", "")]
    [TestCase(183, Glibc, "debian:12", "amd64", "arm64")]
    [TestCase(183, Glibc, "debian:12", "arm64", "")]
    [TestCase(22, Glibc, "debian:12", "s390x", "", Description = "an architecture that is not judged")]
    public void A_program_for_another_Linux_is_refused(int machine, string loader, string baseImage, string architecture, string says)
    {
        File.WriteAllBytes(folder.Full("shop"), Elf(machine, loader));
        Check(baseImage, architecture, "/app/shop", says);
    }

    [TestCase("dotnet")]
    [TestCase("/app/none")]
    [TestCase("/app/text")]
    [TestCase("/app/short")]
    public void What_is_no_program_of_the_publish_is_not_judged(string program)
    {
        folder.Write("text", "#!/bin/sh\n");
        File.WriteAllBytes(folder.Full("short"), Elf(62, Musl)[..70]);
        Check("debian:12", "amd64", program, "");
    }

    private void Check(string baseImage, string architecture, string program, string says)
    {
        var output = new PublishOutput { Folder = folder.Path, BaseImage = baseImage, Config = new() { Command = new() { AppCommand = [program] } } };
        void Act() => ProgramFile.Check(output, new Platform("linux", architecture), new SourceLocation("p"));
        if (says.Length == 0)
        {
            Assert.That(Act, Throws.Nothing);
            return;
        }

        var failure = Assert.Throws<DiagnosticException>(Act)!.Diagnostics.Single();
        Assert.That(failure.Code, Is.EqualTo("BK3015"));
        Assert.That(failure.Message, Does.Contain(says).And.Contain(baseImage));
    }

    // A header, one entry of the program table, and the loader's name.
    private static byte[] Elf(int machine, string loader)
    {
        var file = new byte[4096];
        "\u007fELF\u0002\u0001"u8.CopyTo(file);
        BitConverter.TryWriteBytes(file.AsSpan(18), (ushort)machine);
        BitConverter.TryWriteBytes(file.AsSpan(32), 64UL);
        BitConverter.TryWriteBytes(file.AsSpan(54), (ushort)56);
        BitConverter.TryWriteBytes(file.AsSpan(56), (ushort)2);
        BitConverter.TryWriteBytes(file.AsSpan(64), 6U);
        if (loader.Length > 0)
        {
            BitConverter.TryWriteBytes(file.AsSpan(120), 3U);
            BitConverter.TryWriteBytes(file.AsSpan(128), 300UL);
            BitConverter.TryWriteBytes(file.AsSpan(152), (ulong)loader.Length + 1);
            Encoding.ASCII.GetBytes(loader).CopyTo(file, 300);
        }

        return file;
    }
}
