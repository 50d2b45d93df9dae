using System.Text;
using System.Text.RegularExpressions;

namespace Headwater.Sources.Files;

/// <summary>Finds files by a pattern below a folder: <c>*</c> and <c>?</c> within a name, <c>**</c> over folders.</summary>
internal static class FileGlob
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <summary>The files that match, the oldest change first, then by name: later files overlay earlier ones.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<FileInfo> Find(string folder, string pattern)
    {
        var regex = new Regex(
            ToRegex(pattern),
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
            MatchLimit
        );
        var depth =
            pattern.Contains("**", StringComparison.Ordinal) || pattern.Contains('/')
                ? Options(recurse: true)
                : Options(recurse: false);
        return
        [
            .. new DirectoryInfo(folder)
                .EnumerateFiles("*", depth)
                .Where(file => regex.IsMatch(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/')))
                .OrderBy(file => file.LastWriteTimeUtc)
                .ThenBy(file => file.FullName, StringComparer.Ordinal),
        ];
    }

    // Hidden files are other programs' own (locks, halves of downloads), and links could lead in circles.
    private static EnumerationOptions Options(bool recurse) =>
        new()
        {
            RecurseSubdirectories = recurse,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var position = 0; position < pattern.Length; position++)
        {
            switch (pattern[position])
            {
                case '*' when string.CompareOrdinal(pattern, position, "**/", 0, 3) == 0:
                    regex.Append("(.*/)?");
                    position += 2;
                    break;
                case '*' when string.CompareOrdinal(pattern, position, "**", 0, 2) == 0:
                    regex.Append(".*");
                    position++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[position].ToString()));
                    break;
            }
        }

        return regex.Append('$').ToString();
    }
}
