using System.Text;

namespace Headwater.Cli.Remote;

/// <summary>A text writer that hands on every write as it comes.</summary>
internal sealed class LineWriter(Action<string> write) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => write(value.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            write(value);
        }
    }

    public override void WriteLine(string? value) => write(value + "\n");
}
