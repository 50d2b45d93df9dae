using System.Text;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja.Lexing;

/// <summary>
/// Splits a template into text and the tokens of its tags, as Jinja 3 with its default delimiters does: <c>-</c> strips whitespace on
/// its side, <c>+</c> and nothing keep it, and one newline at the end of the file is dropped.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly string _file;
    private readonly List<Token> _tokens = [];
    private readonly LineMap _lines;
    private int _at;
    private bool _stripNext;

    private Lexer(string source, string file, Position start)
    {
        _source = Normalize(source);
        _file = file;
        _lines = new LineMap(_source, start);
    }

    public static (List<Token> Tokens, string Source) Tokenize(string source, string file, Position start)
    {
        var lexer = new Lexer(source, file, start);
        lexer.Run();
        return (lexer._tokens, lexer._source);
    }

    private static string Normalize(string source)
    {
        var text = source.Contains('\r')
            ? source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : source;
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    private void Run()
    {
        while (_at < _source.Length)
        {
            var open = NextTag();
            if (open < 0)
            {
                AddData(_at, _source.Length, false);
                _at = _source.Length;
                break;
            }

            var kind = _source[open + 1];
            var sign = open + 2 < _source.Length ? _source[open + 2] : '\0';
            AddData(_at, open, sign == '-');
            _at = open + 2 + (sign is '-' or '+' ? 1 : 0);
            switch (kind)
            {
                case '#':
                    SkipComment(open);
                    break;
                case '%' when IsRaw(out var rawStart, out var rawStrips):
                    ReadRaw(open, rawStart, rawStrips);
                    break;
                case '%':
                    ReadTag(open, TokenKind.BlockBegin, TokenKind.BlockEnd, "%}");
                    break;
                default:
                    ReadTag(open, TokenKind.VariableBegin, TokenKind.VariableEnd, "}}");
                    break;
            }
        }

        _tokens.Add(new Token(TokenKind.End, "", _lines.At(_source.Length), _source.Length));
    }

    private int NextTag()
    {
        for (var at = _source.IndexOf('{', _at); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return -1;
    }

    private void AddData(int from, int to, bool stripEnd)
    {
        if (_stripNext)
        {
            while (from < to && char.IsWhiteSpace(_source[from]))
            {
                from++;
            }

            _stripNext = false;
        }

        while (stripEnd && to > from && char.IsWhiteSpace(_source[to - 1]))
        {
            to--;
        }

        if (to > from)
        {
            _tokens.Add(new Token(TokenKind.Data, _source[from..to], _lines.At(from), from));
        }
    }

    private void SkipComment(int open)
    {
        var close = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (close < 0)
        {
            throw Fault(JinjaDiagnostics.Unclosed, open, "{#", "#}");
        }

        _stripNext = close > _at && _source[close - 1] == '-';
        _at = close + 2;
    }

    private bool IsRaw(out int bodyStart, out bool strips)
    {
        var at = SkipSpace(_at);
        (bodyStart, strips) = (0, false);
        if (string.CompareOrdinal(_source, at, "raw", 0, 3) != 0)
        {
            return false;
        }

        at = SkipSpace(at + 3);
        strips = at < _source.Length && _source[at] == '-';
        at += strips ? 1 : 0;
        bodyStart = at + 2;
        return string.CompareOrdinal(_source, at, "%}", 0, 2) == 0;
    }

    private void ReadRaw(int open, int bodyStart, bool strips)
    {
        for (
            var at = _source.IndexOf("{%", bodyStart, StringComparison.Ordinal);
            at >= 0;
            at = _source.IndexOf("{%", at + 2, StringComparison.Ordinal)
        )
        {
            var sign = at + 2 < _source.Length ? _source[at + 2] : '\0';
            var name = SkipSpace(at + 2 + (sign is '-' or '+' ? 1 : 0));
            if (string.CompareOrdinal(_source, name, "endraw", 0, 6) != 0)
            {
                continue;
            }

            var close = SkipSpace(name + 6);
            var endSign = close < _source.Length ? _source[close] : '\0';
            close += endSign is '-' or '+' ? 1 : 0;
            if (string.CompareOrdinal(_source, close, "%}", 0, 2) != 0)
            {
                continue;
            }

            _stripNext = strips;
            AddData(bodyStart, at, sign == '-');
            _stripNext = endSign == '-';
            _at = close + 2;
            return;
        }

        throw Fault(JinjaDiagnostics.Unclosed, open, "{% raw %}", "{% endraw %}");
    }

    private void ReadTag(int open, TokenKind begin, TokenKind end, string close)
    {
        _tokens.Add(new Token(begin, close == "}}" ? "{{" : "{%", _lines.At(open), open));
        var brackets = new Stack<(char Close, int Offset)>();
        while (true)
        {
            _at = SkipSpace(_at);
            if (_at >= _source.Length)
            {
                throw Fault(JinjaDiagnostics.Unclosed, open, close == "}}" ? "{{" : "{%", close);
            }

            if (brackets.Count == 0 && IsClose(close, out var length, out var strips))
            {
                _tokens.Add(new Token(end, close, _lines.At(_at), _at));
                _at += length;
                _stripNext = strips;
                return;
            }

            ReadToken(brackets);
        }
    }

    private bool IsClose(string close, out int length, out bool strips)
    {
        var character = _source[_at];
        strips = character == '-';
        length = strips || (character == '+' && close == "%}") ? 3 : 2;
        return string.CompareOrdinal(_source, _at + length - 2, close, 0, 2) == 0;
    }

    private void ReadToken(Stack<(char Close, int Offset)> brackets)
    {
        var start = _at;
        var character = _source[_at];
        if (character is '\'' or '"')
        {
            ReadString(character);
        }
        else if (char.IsAsciiDigit(character))
        {
            _at = NumberReader.Read(_source, _at, out var value);
            _tokens.Add(new Token(TokenKind.Number, _source[start.._at], _lines.At(start), start, value));
        }
        else if (char.IsLetter(character) || character == '_')
        {
            while (_at < _source.Length && (char.IsLetterOrDigit(_source[_at]) || _source[_at] == '_'))
            {
                _at++;
            }

            _tokens.Add(new Token(TokenKind.Name, string.Intern(_source[start.._at]), _lines.At(start), start));
        }
        else
        {
            ReadOperator(brackets);
        }
    }

    private void ReadOperator(Stack<(char Close, int Offset)> brackets)
    {
        var text = Operator();
        switch (text)
        {
            case "(":
                brackets.Push((')', _at));
                break;
            case "[":
                brackets.Push((']', _at));
                break;
            case "{":
                brackets.Push(('}', _at));
                break;
            case ")" or "]" or "}":
                if (brackets.Count == 0)
                {
                    throw Fault(JinjaDiagnostics.Syntax, _at, $"unexpected '{text}'");
                }

                var expected = brackets.Pop().Close;
                if (expected != text[0])
                {
                    throw Fault(JinjaDiagnostics.Syntax, _at, $"unexpected '{text}', expected '{expected}'");
                }

                break;
        }

        _tokens.Add(new Token(TokenKind.Operator, text, _lines.At(_at), _at));
        _at += text.Length;
    }

    private string Operator()
    {
        var two = _at + 1 < _source.Length ? _source.AsSpan(_at, 2) : [];
        foreach (var candidate in (ReadOnlySpan<string>)["//", "**", "==", "!=", ">=", "<="])
        {
            if (two.SequenceEqual(candidate))
            {
                return candidate;
            }
        }

        return _source[_at] switch
        {
            '+' => "+",
            '-' => "-",
            '/' => "/",
            '*' => "*",
            '%' => "%",
            '~' => "~",
            '[' => "[",
            ']' => "]",
            '(' => "(",
            ')' => ")",
            '{' => "{",
            '}' => "}",
            '>' => ">",
            '<' => "<",
            '=' => "=",
            '.' => ".",
            ':' => ":",
            '|' => "|",
            ',' => ",",
            ';' => ";",
            var other => throw Fault(JinjaDiagnostics.Syntax, _at, $"unexpected character '{other}'"),
        };
    }

    private void ReadString(char quote)
    {
        var start = _at++;
        var text = new StringBuilder();
        while (_at < _source.Length && _source[_at] != quote)
        {
            if (_source[_at] == '\\' && _at + 1 < _source.Length)
            {
                _at = StringEscapes.Read(_source, _at, text);
            }
            else
            {
                text.Append(_source[_at++]);
            }
        }

        if (_at >= _source.Length)
        {
            throw Fault(JinjaDiagnostics.Unclosed, start, "string", $"a closing {quote}");
        }

        _at++;
        _tokens.Add(new Token(TokenKind.String, text.ToString(), _lines.At(start), start));
    }

    private int SkipSpace(int at)
    {
        while (at < _source.Length && char.IsWhiteSpace(_source[at]))
        {
            at++;
        }

        return at;
    }

    private DiagnosticException Fault(DiagnosticDescriptor descriptor, int offset, params object?[] arguments)
    {
        var position = _lines.At(offset);
        return descriptor.At(new SourceLocation(_file, position.Line, position.Column), arguments).ToException();
    }
}
