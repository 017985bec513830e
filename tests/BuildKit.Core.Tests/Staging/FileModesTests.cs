using BuildKit.Core.Staging;

namespace BuildKit.Core.Tests.Staging;

/// <summary>The same on every system: what the disk says does not count.</summary>
public sealed class FileModesTests
{
    [TestCase("app", "elf2", true)]
    [TestCase("app", "elf3", true)]
    [TestCase("app", "elf3big", true)]
    [TestCase("tool.bin", "elf2", true)]
    [TestCase("object.o", "elf1", false)]
    [TestCase("libcoreclr.so", "elf3", false)]
    [TestCase("libssl.so.3", "elf3", false)]
    [TestCase("app", "elf", false)]
    [TestCase("app", "", false)]
    [TestCase("app", "#", false)]
    [TestCase("app", "#!", true)]
    [TestCase("start.sh", "#!/bin/sh\necho", true)]
    [TestCase("start.js", "#!/usr/bin/env node\n", true)]
    [TestCase("start.sh", "echo", false)]
    [TestCase("app.dll", "#!/bin/sh\n", false)]
    [TestCase("APP.DLL", "#!/bin/sh\n", false)]
    [TestCase("app", "MZ", false)]
    public void Programs_are_scripts_and_ELF_files_that_are_no_library(string name, string content, bool program)
    {
        using var folder = new TestFolder();
        var path = folder.Write(name, content);
        if (content.StartsWith("elf", StringComparison.Ordinal))
        {
            var head = new byte[64];
            "\u007fELF"u8.CopyTo(head);
            head[4] = 2;
            var big = content.EndsWith("big", StringComparison.Ordinal);
            head[5] = (byte)(big ? 2 : 1);
            head[big ? 17 : 16] = content.Length > 3 ? (byte)(content[3] - '0') : (byte)0;
            File.WriteAllBytes(path, content == "elf" ? head[..4] : head);
        }

        foreach (var mode in new[] { 0b110_100_100, 0b111_101_101 })
        {
            folder.SetMode(name, mode);
            Assert.That(FileModes.Of(path), Is.EqualTo(program ? FileModes.Executable : FileModes.Readable));
        }
    }
}
