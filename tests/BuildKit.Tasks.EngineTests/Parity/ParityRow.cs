namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>A row of the table: a project, in short.</summary>
/// <param name="Name">Name of the row, and of the image.</param>
public sealed record ParityRow(string Name)
{
    /// <summary>The project's SDK.</summary>
    public string Sdk { get; init; } = "Microsoft.NET.Sdk";

    /// <summary>Base image: runtime-deps, runtime or aspnet.</summary>
    public string Base { get; init; } = "runtime";

    /// <summary>Properties, as XML.</summary>
    public string Properties { get; init; } = "";

    /// <summary>Items, as XML.</summary>
    public string Items { get; init; } = "";

    /// <summary>Files beside the program: content by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
