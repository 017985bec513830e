using System.Diagnostics;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Fuzz;

/// <summary>A reader of text or bytes that anybody may have written, and the one way in which it fails.</summary>
/// <param name="name">What it reads.</param>
/// <param name="seeds">Good inputs, to be mutated.</param>
/// <param name="read">Reads an input.</param>
/// <param name="documented">
/// The code of the diagnostic, or the name of the exception, that its documentation names; empty when it never fails.
/// </param>
internal sealed class FuzzedParser(string name, IReadOnlyList<byte[]> seeds, Action<byte[]> read, params string[] documented)
{
    // What a small input may cost at most; what costs more does so by the square of its length, or without an end.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private const long MostBytes = 64L << 20;

    public IReadOnlyList<byte[]> Seeds => seeds;

    public override string ToString() => name;

    /// <summary>Reads an input.</summary>
    /// <returns>How it ended: a word for the table, and what is wrong with it; null when nothing is.</returns>
    public (string Ending, string? Wrong) Try(byte[] input)
    {
        var (ending, wrong) = Once(input);
        // A machine that is busy is no fault of the reader: only what is slow twice is slow.
        return wrong?.StartsWith("slow", StringComparison.Ordinal) == true ? Once(input) : (ending, wrong);
    }

    private (string Ending, string? Wrong) Once(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var ending = "read";
        string? wrong = null;
        try
        {
            read(input);
        }
        catch (DiagnosticException failure)
        {
            ending = failure.Diagnostics[0].Code;
            wrong = documented.Contains(ending) ? null : failure.ToString();
        }
        catch (Exception failure)
        {
            ending = failure.GetType().Name;
            wrong = documented.Contains(ending) ? null : failure.ToString();
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        wrong ??= clock.Elapsed > Limit ? $"slow: {clock.Elapsed.TotalSeconds:0.0} s" : bytes > MostBytes ? $"large: {bytes >> 20} MB" : null;
        return (ending, wrong);
    }
}
