namespace Headwater.Jinja.Tests;

/// <summary>
/// One case of a <c>Cases/*.case</c> file: a title after <c>===</c>, an optional <c>context:</c> line of JSON, the template, and after
/// <c>---</c> the expected text, or <c>--- error CODE LINE</c> with a part of the message below.
/// </summary>
internal sealed record TemplateCase(
    string Title,
    string Context,
    string Template,
    string Expected,
    string? ErrorCode,
    int ErrorLine
)
{
    public static IEnumerable<TemplateCase> ReadAll(string path)
    {
        foreach (var text in File.ReadAllText(path).Split("=== ").Skip(1))
        {
            var lines = text.Split('\n').ToList();
            // The empty line between two cases belongs to neither.
            lines.RemoveAt(lines.Count - 1);
            if (lines[^1].Length == 0)
            {
                lines.RemoveAt(lines.Count - 1);
            }

            var split = lines.FindIndex(line => line.StartsWith("---", StringComparison.Ordinal));
            var hasContext = lines[1].StartsWith("context: ", StringComparison.Ordinal);
            var error = lines[split].Split(' ');
            yield return new TemplateCase(
                lines[0],
                hasContext ? lines[1]["context: ".Length..] : "{}",
                string.Join('\n', lines.Take(split).Skip(hasContext ? 2 : 1)),
                string.Join('\n', lines.Skip(split + 1)),
                error.Length > 2 ? error[2] : null,
                error.Length > 3 ? int.Parse(error[3]) : 0
            );
        }
    }
}
