namespace Headwater.Compat.Packages;

/// <summary>
/// The settings under which a project's authors write its documentation: they mark lines of their project file that are to be put in
/// (<c># @docs-include</c>) or left out (<c># @docs-ignore</c>).
/// </summary>
internal static class DocsSettings
{
    /// <summary>Applies the marks. Gives false where there are none.</summary>
    public static bool Apply(string projectFile)
    {
        var changed = false;
        var lines = new List<string>();
        foreach (var line in File.ReadAllLines(projectFile))
        {
            if (line.Contains("@docs-include", StringComparison.Ordinal))
            {
                var mark = line.IndexOf('#', StringComparison.Ordinal);
                lines.Add(line[..mark] + line[(mark + 1)..].TrimStart());
                changed = true;
            }
            else if (line.Contains("@docs-ignore", StringComparison.Ordinal))
            {
                changed = true;
            }
            else
            {
                lines.Add(line);
            }
        }

        File.WriteAllLines(projectFile, lines);
        return changed;
    }
}
