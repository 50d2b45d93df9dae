using System.Text;
using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>Builds a text that is held to the length that a template's values may have.</summary>
internal sealed class TextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly long _limit = Allotment.TextLimit;

    public TextBuilder Append(string text) => Append(text.AsSpan());

    public TextBuilder Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        _text.Append(text);
        return this;
    }

    public TextBuilder Append(char character) => Append(character, 1);

    public TextBuilder Append(char character, int count)
    {
        Reserve(count);
        _text.Append(character, count);
        return this;
    }

    /// <summary>The text, counted as the session's.</summary>
    public string Complete()
    {
        Allotment.TakeText(_text.Length);
        return _text.ToString();
    }

    public static string Join(string separator, IEnumerable<string> parts)
    {
        var output = new TextBuilder();
        var first = true;
        foreach (var part in parts)
        {
            output.Append(first ? "" : separator).Append(part);
            first = false;
        }

        return output.Complete();
    }

    private void Reserve(int more)
    {
        if ((long)_text.Length + more > _limit)
        {
            Allotment.EnsureText((long)_text.Length + more);
        }
    }
}
