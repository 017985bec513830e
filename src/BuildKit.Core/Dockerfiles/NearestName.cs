namespace BuildKit.Core.Dockerfiles;

/// <summary>Finds the name that was probably meant, by the number of letters to change (Levenshtein distance).</summary>
internal static class NearestName
{
    /// <summary>The nearest name; null when more than half of the letters, or more than three, would have to change.</summary>
    public static string? Among(IEnumerable<string> names, string wanted)
    {
        var limit = Math.Clamp(wanted.Length / 2, 1, 3);
        return names
            .Select(name => (name, distance: Distance(name.ToLowerInvariant(), wanted.ToLowerInvariant())))
            .Where(candidate => candidate.distance <= limit)
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => candidate.name)
            .FirstOrDefault();
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
