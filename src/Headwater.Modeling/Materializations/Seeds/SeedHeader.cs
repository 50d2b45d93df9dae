using System.Text;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// Reads the column names of a CSV file. The engine's own detection would take another line for the header where rows differ in length,
/// and lose those before it.
/// </summary>
internal static class SeedHeader
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Read(string path, string delimiter)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var names = new List<string>();
        var name = new StringBuilder();
        var quoted = false;
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            var character = (char)next;
            if (character == '"' && quoted && reader.Peek() == '"')
            {
                name.Append((char)reader.Read());
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && character is '\n' or '\r')
            {
                break;
            }
            else if (!quoted && character == delimiter[0])
            {
                names.Add(name.ToString().Trim());
                name.Clear();
            }
            else
            {
                name.Append(character);
            }
        }

        names.Add(name.ToString().Trim());
        return names;
    }
}
