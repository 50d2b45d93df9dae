using Headwater.Sql.Dialects;

namespace Headwater.Sql.Tests;

/// <summary>
/// One case of a <c>Cases/*.case</c> file: a title after <c>===</c>, settings such as <c>dialect: duckdb</c>, the query, and after <c>---</c> what is
/// expected. Without a dialect it is PostgreSQL.
/// </summary>
internal sealed record SqlCase(string Title, IReadOnlyDictionary<string, string> Settings, string Text, string Expected)
{
    private static readonly string[] Known = ["dialect", "schema"];

    public SqlDialect Dialect =>
        Settings.GetValueOrDefault("dialect") == "duckdb" ? DuckDbDialect.Instance : PostgresDialect.Instance;

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string, string> Titles(string pattern)
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.EnumerateFiles(Folder, pattern).Order(StringComparer.Ordinal))
        {
            foreach (var item in ReadAll(path))
            {
                data.Add(Path.GetFileName(path), item.Title);
            }
        }

        return data;
    }

    public static SqlCase Find(string file, string title) =>
        ReadAll(Path.Combine(Folder, file)).Single(item => item.Title == title);

    public static IEnumerable<SqlCase> ReadAll(string path)
    {
        foreach (var text in File.ReadAllText(path).Split("=== ").Skip(1))
        {
            var lines = text.TrimEnd('\n').Split('\n').ToList();
            var settings = lines
                .Skip(1)
                .TakeWhile(line => Known.Any(key => line.StartsWith(key + ": ", StringComparison.Ordinal)))
                .Select(line => line.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            var split = lines.IndexOf("---");
            yield return new SqlCase(
                lines[0],
                settings,
                string.Join('\n', lines.Take(split).Skip(1 + settings.Count)),
                string.Join('\n', lines.Skip(split + 1))
            );
        }
    }

    /// <summary>Compares, or with HEADWATER_REWRITE=1 writes what came out into the case beside the sources.</summary>
    public void Check(string file, string actual)
    {
        if (Environment.GetEnvironmentVariable("HEADWATER_REWRITE") == "1")
        {
            var path = Path.Combine(AppContext.BaseDirectory, "../../../Cases", file);
            var text = File.ReadAllText(path);
            var start =
                text.IndexOf(
                    "\n---\n",
                    text.IndexOf($"=== {Title}\n", StringComparison.Ordinal),
                    StringComparison.Ordinal
                ) + 5;
            var end = text.IndexOf("\n=== ", start - 1, StringComparison.Ordinal);
            File.WriteAllText(path, text[..start] + actual + "\n" + (end < 0 ? "" : "\n" + text[(end + 1)..]));
            return;
        }

        Assert.Equal(Expected, actual);
    }
}
