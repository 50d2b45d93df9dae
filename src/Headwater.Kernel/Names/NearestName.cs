namespace Headwater.Kernel.Names;

/// <summary>Finds the known name that a mistyped one most likely meant.</summary>
public static class NearestName
{
    /// <summary>How many names are offered to a program at most.</summary>
    public const int MostCandidates = 20;

    /// <summary>
    /// The known name within a third of the length (at least 2 edits, but never all of it) of <paramref name="name"/>, or null.
    /// Distance is optimal string alignment (Levenshtein with adjacent transpositions; Damerau 1964), ignoring case.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Min(Math.Max(2, name.Length / 3), name.Length - 1) + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>A hint sentence: the nearest name if there is one, else the first few accepted ones.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known)
    {
        if (Find(name, known) is { } nearest)
        {
            return $"did you mean '{nearest}'?";
        }

        const int shown = 8;
        var list = string.Join(", ", known.Order(StringComparer.Ordinal).Take(shown));
        return known.Count == 0 ? "nothing of this kind is defined"
            : known.Count > shown ? $"known: {list}, and {known.Count - shown} more"
            : $"known: {list}";
    }

    /// <summary>
    /// The known names that are near enough, the nearest first; where none is, the first few in their order. At most <see cref="MostCandidates"/>.
    /// </summary>
    public static IReadOnlyList<string> Candidates(string name, IReadOnlyCollection<string> known)
    {
        var near = known.Where(candidate => Find(name, [candidate]) is not null).ToList();
        return near.Count > 0
            ? [.. near.OrderBy(candidate => Distance(name, candidate)).Take(MostCandidates)]
            : [.. known.Order(StringComparer.Ordinal).Take(MostCandidates)];
    }

    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        var beforePrevious = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
