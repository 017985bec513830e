using System.Text;
using BuildKit.Core.Images;

namespace BuildKit.Core.Tests.Fuzz;

/// <summary>All readers of what others write: one row for each, with the failure that its documentation names.</summary>
/// <param name="folder">Where readers of files find their input.</param>
internal sealed partial class Parsers(TestFolder folder)
{
    private static readonly Platform Amd64 = new("linux", "amd64");

    public IReadOnlyList<FuzzedParser> All => [.. ProjectFiles, .. Answers, .. OwnFiles];

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private string File(string name, byte[] input)
    {
        var path = folder.Full(name);
        System.IO.File.WriteAllBytes(path, input);
        return path;
    }

    private byte[] Written(Action<string> write)
    {
        var file = folder.Full("seed");
        write(file);
        return System.IO.File.ReadAllBytes(file);
    }
}
