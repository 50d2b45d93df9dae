using System.Globalization;
using System.Text;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Methods;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters that lay text out in lines and columns.</summary>
internal static class LayoutFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("indent", ParameterList.Of("width?", "first?", "blank?"), Indent),
        new(
            "center",
            ParameterList.Of("width?"),
            call => TextOperations.Center(call.SubjectText(), call.Bounded(0, 80, 0, 1_000_000), ' ')
        ),
        new("wordwrap", ParameterList.Of("width?", "break_long_words?", "wrapstring?", "break_on_hyphens?"), WordWrap),
        new("filesizeformat", ParameterList.Of("binary?"), FileSize),
        new("pprint", ParameterList.None, call => Text.Repr(call.Subject)),
    ];

    private static string Indent(NativeCall call)
    {
        var indention = call.Value(0) is string text ? text : new string(' ', call.Bounded(0, 4, 0, 10_000));
        var lines = TextOperations.SplitLines(call.SubjectText() + "\n", keepEnds: false);
        var blank = call.Flag(2);
        var output = new TextBuilder().Append(call.Flag(1) ? indention : "").Append(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            output.Append('\n').Append(blank || line.Length > 0 ? indention : "").Append(line);
        }

        return output.Complete();
    }

    private static string WordWrap(NativeCall call)
    {
        var width = call.Bounded(0, 79, 1, 1_000_000);
        var wrap = call.OptionalText(2) ?? "\n";
        return TextBuilder.Join(
            wrap,
            TextOperations
                .SplitLines(call.SubjectText(), keepEnds: false)
                .Select(line => TextBuilder.Join(wrap, Wrap(line, width, call.Flag(1, true))))
        );
    }

    private static List<string> Wrap(string line, int width, bool breaksWords)
    {
        var lines = new List<string>();
        var current = new StringBuilder();
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (current.Length > 0 && current.Length + 1 + rest.Length <= width)
            {
                current.Append(' ').Append(rest);
                continue;
            }

            Flush();
            while (breaksWords && rest.Length > width && width > 0)
            {
                lines.Add(rest[..width]);
                rest = rest[width..];
            }

            current.Append(rest);
        }

        Flush();
        return lines;

        void Flush()
        {
            if (current.Length > 0)
            {
                lines.Add(current.ToString());
                current.Clear();
            }
        }
    }

    private static string FileSize(NativeCall call)
    {
        var bytes = NumberFilters.Float(call.Subject) ?? throw JinjaFault.Value("could not convert to float");
        var binary = call.Flag(0);
        var unit = binary ? 1024d : 1000d;
        if (bytes == 1)
        {
            return "1 Byte";
        }

        if (bytes < unit)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(long)bytes} Bytes");
        }

        var prefix = -1;
        var scaled = bytes;
        while (scaled >= unit && prefix < 7)
        {
            scaled /= unit;
            prefix++;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{scaled:F1} {(binary ? "KMGTPEZY"[prefix] + "i" : "kMGTPEZY"[prefix])}B"
        );
    }
}
