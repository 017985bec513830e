using System.IO.Compression;
using System.Text;

namespace BuildKit.Testing;

/// <summary>How a <c>dotnet</c> command ended.</summary>
/// <param name="result">Exit code and output.</param>
/// <param name="binlogFile">Its binary log.</param>
public sealed class DotnetResult(CommandResult result, string binlogFile)
{
    /// <summary>Exit code.</summary>
    public int ExitCode => result.ExitCode;

    /// <summary>What it printed.</summary>
    public string Output => result.Output;

    /// <summary>What it did.</summary>
    public Binlog Log => field ??= new Binlog(binlogFile);

    /// <summary>The binary log.</summary>
    public string BinlogFile => binlogFile;

    /// <summary>All text of the binary log, whatever a reader makes of it: to look for what must not be there.</summary>
    public async Task<string> UnpackedLogAsync()
    {
        await using var stream = new GZipStream(File.OpenRead(binlogFile), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Fails the test unless the exit code is 0.</summary>
    public DotnetResult Succeeded()
    {
        result.Succeeded();
        return this;
    }

    /// <summary>Fails the test unless the command failed with one error, of this code; gives the error.</summary>
    public LoggedDiagnostic FailedWith(string code)
    {
        Assert.That(ExitCode, Is.EqualTo(1), $"{result.Line}\n{Output}");
        Assert.That(Log.Errors.Select(error => error.Code), Is.EqualTo(new[] { code }), Output);
        return Log.Errors[0];
    }
}
