using Headwater.Jinja.Syntax;

namespace Headwater.Jinja.Lexing;

/// <summary>Turns offsets into lines and columns. Offsets are asked for in rising order, so it walks along.</summary>
internal sealed class LineMap(string source, Position start)
{
    private int _offset;
    private int _line = start.Line;
    private int _lineStart = 1 - start.Column;

    public Position At(int offset)
    {
        if (offset < _offset)
        {
            _offset = 0;
            _line = start.Line;
            _lineStart = 1 - start.Column;
        }

        for (var newline = Next(offset); newline >= 0; newline = Next(offset))
        {
            _line++;
            _lineStart = newline + 1;
            _offset = newline + 1;
        }

        _offset = offset;
        return new Position(_line, offset - _lineStart + 1);
    }

    private int Next(int offset) => _offset >= offset ? -1 : source.IndexOf('\n', _offset, offset - _offset);
}
