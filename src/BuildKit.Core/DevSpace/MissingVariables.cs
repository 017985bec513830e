using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DevSpace;

/// <summary>Variables that have no value: collected, so that one error names all of them.</summary>
internal sealed class MissingVariables
{
    private readonly Dictionary<string, (string Why, List<SourceLocation> Uses)> found = new(StringComparer.Ordinal);

    /// <summary>How many uses were found.</summary>
    public int Count => found.Values.Sum(variable => variable.Uses.Count);

    /// <summary>Adds what an exception names.</summary>
    public void Add(MissingVariableException missing)
    {
        if (!found.TryGetValue(missing.Name, out var variable))
        {
            found[missing.Name] = variable = (missing.Why, []);
        }

        if (!variable.Uses.Contains(missing.At))
        {
            variable.Uses.Add(missing.At);
        }
    }

    /// <summary>The one error; null when nothing is missing.</summary>
    public Diagnostic? ToDiagnostic()
    {
        if (found.Count == 0)
        {
            return null;
        }

        var first = found.Values.SelectMany(variable => variable.Uses).First();
        if (found.Count == 1)
        {
            var (name, (why, uses)) = found.Single();
            var others = uses.Count > 1 ? $" (used in lines {Lines(uses, first.File)})" : "";
            return DevSpaceDiagnostics.UnresolvedVariable.At(first, $"The variable \"{name}\" has no value{others}: {why}", "it", name);
        }

        var each = found.Select(pair => $"\"{pair.Key}\" (line {Lines(pair.Value.Uses, first.File)}): {pair.Value.Why}");
        return DevSpaceDiagnostics.UnresolvedVariable.At(
            first, $"{found.Count} variables have no value: {string.Join("; ", each)}", "each of them", found.Keys.First());
    }

    private static string Lines(IEnumerable<SourceLocation> uses, string file) => string.Join(", ", uses.Select(use =>
        use.File == file ? $"{use.Line}" : $"{use.Line} of {Path.GetFileName(use.File)}").Distinct());
}

/// <summary>A variable that a text uses has no value; always caught where texts are filled in.</summary>
internal sealed class MissingVariableException(string name, SourceLocation at, string why) : Exception
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Where it is used.</summary>
    public SourceLocation At => at;

    /// <summary>Why it has none.</summary>
    public string Why => why;
}
