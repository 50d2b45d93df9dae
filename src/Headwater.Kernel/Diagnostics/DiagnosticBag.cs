using System.Collections;

namespace Headwater.Kernel.Diagnostics;

/// <summary>Collects the diagnostics of parsing and binding, so that all mistakes are reported at once. Safe for several threads.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly Lock _gate = new();
    private readonly List<Diagnostic> _items = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    public bool HasErrors
    {
        get
        {
            lock (_gate)
            {
                return _items.Exists(item => item.Severity == Severity.Error);
            }
        }
    }

    public void Add(Diagnostic diagnostic)
    {
        lock (_gate)
        {
            _items.Add(diagnostic);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        lock (_gate)
        {
            _items.AddRange(diagnostics);
        }
    }

    /// <summary>The diagnostics sorted by file, line and column, as a person would read them.</summary>
    public IReadOnlyList<Diagnostic> Sorted()
    {
        lock (_gate)
        {
            return
            [
                .. _items
                    .OrderBy(item => item.Location?.File, StringComparer.Ordinal)
                    .ThenBy(item => item.Location?.Line ?? 0)
                    .ThenBy(item => item.Location?.Column ?? 0),
            ];
        }
    }

    /// <summary>Throws <see cref="DiagnosticException"/> with everything collected if any of it is an error.</summary>
    public void ThrowIfErrors()
    {
        if (HasErrors)
        {
            throw new DiagnosticException([.. Sorted().OrderByDescending(item => item.Severity == Severity.Error)]);
        }
    }

    public IEnumerator<Diagnostic> GetEnumerator() => Sorted().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
