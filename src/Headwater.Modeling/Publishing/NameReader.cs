namespace Headwater.Modeling.Publishing;

/// <summary>An identifier of a dotted name.</summary>
/// <param name="Name">Without quotes.</param>
/// <param name="Start">Where it starts, quotes included.</param>
/// <param name="Length">Its length, quotes included.</param>
internal readonly record struct NamePart(string Name, int Start, int Length);

/// <summary>
/// Reads the dotted names of SQL, one after the other, and skips all else: texts, comments, dollar quotes, numbers, single words.
/// Allocates for dotted names alone, because every statement of a build passes it.
/// </summary>
internal ref struct NameReader(string sql)
{
    private readonly List<NamePart> _parts = new(4);
    private int _at;

    /// <summary>The next dotted name. The list is used again for the one after it.</summary>
    public bool TryRead(out IReadOnlyList<NamePart> parts)
    {
        parts = _parts;
        while (_at < sql.Length)
        {
            var character = sql[_at];
            if (character == '\'')
            {
                SkipText(escapes: _at > 0 && sql[_at - 1] is 'e' or 'E' && (_at < 2 || !IsPart(sql[_at - 2])));
            }
            else if (character == '-' && Next() == '-')
            {
                var end = sql.IndexOf('\n', _at);
                _at = end < 0 ? sql.Length : end;
            }
            else if (character == '/' && Next() == '*')
            {
                SkipComment();
            }
            else if (character == '$')
            {
                SkipDollar();
            }
            else if (character == '"' || IsStart(character))
            {
                if (ReadName())
                {
                    return true;
                }
            }
            else if (char.IsAsciiDigit(character))
            {
                SkipWord();
            }
            else
            {
                _at++;
            }
        }

        return false;
    }

    private bool ReadName()
    {
        _parts.Clear();
        var (start, length) = ReadIdentifier();
        var dot = SkipSpace(_at);
        if (dot >= sql.Length || sql[dot] != '.')
        {
            return false;
        }

        Add(start, length);
        while (dot < sql.Length && sql[dot] == '.')
        {
            var next = SkipSpace(dot + 1);
            if (next >= sql.Length || (sql[next] != '"' && !IsStart(sql[next])))
            {
                _at = next;
                break;
            }

            _at = next;
            (start, length) = ReadIdentifier();
            Add(start, length);
            dot = SkipSpace(_at);
        }

        return _parts.Count > 1;
    }

    private readonly void Add(int start, int length)
    {
        var name =
            sql[start] == '"'
                ? sql.Substring(start + 1, Math.Max(0, length - 2)).Replace("\"\"", "\"", StringComparison.Ordinal)
                : sql.Substring(start, length);
        _parts.Add(new NamePart(name, start, length));
    }

    private (int Start, int Length) ReadIdentifier()
    {
        var start = _at;
        if (sql[_at] != '"')
        {
            SkipWord();
            return (start, _at - start);
        }

        do
        {
            var close = sql.IndexOf('"', _at + 1);
            _at = close < 0 ? sql.Length : close + 1;
        } while (_at < sql.Length && sql[_at] == '"');
        return (start, _at - start);
    }

    private void SkipWord()
    {
        while (_at < sql.Length && IsPart(sql[_at]))
        {
            _at++;
        }
    }

    private void SkipText(bool escapes)
    {
        _at++;
        while (_at < sql.Length)
        {
            if (escapes && sql[_at] == '\\')
            {
                _at += 2;
            }
            else if (sql[_at] != '\'')
            {
                _at++;
            }
            else if (Next() == '\'')
            {
                _at += 2;
            }
            else
            {
                _at++;
                return;
            }
        }
    }

    private void SkipComment()
    {
        var depth = 0;
        do
        {
            if (sql[_at] == '/' && Next() == '*')
            {
                depth++;
                _at += 2;
            }
            else if (sql[_at] == '*' && Next() == '/')
            {
                depth--;
                _at += 2;
            }
            else
            {
                _at++;
            }
        } while (depth > 0 && _at < sql.Length);
    }

    private void SkipDollar()
    {
        var end = _at + 1;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }

        if (end >= sql.Length || sql[end] != '$' || (end > _at + 1 && char.IsAsciiDigit(sql[_at + 1])))
        {
            _at = end;
            return;
        }

        var tag = sql[_at..(end + 1)];
        var close = sql.IndexOf(tag, end + 1, StringComparison.Ordinal);
        _at = close < 0 ? sql.Length : close + tag.Length;
    }

    private readonly int SkipSpace(int at)
    {
        while (at < sql.Length && char.IsWhiteSpace(sql[at]))
        {
            at++;
        }

        return at;
    }

    private readonly char Next() => _at + 1 < sql.Length ? sql[_at + 1] : '\0';

    private static bool IsStart(char character) => char.IsLetter(character) || character == '_';

    private static bool IsPart(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';
}
