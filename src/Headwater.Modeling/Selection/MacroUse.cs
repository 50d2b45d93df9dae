using System.Collections.Concurrent;
using Headwater.Jinja.Syntax;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Selection;

/// <summary>The macros that nodes call, directly or through others, found in the text: every branch counts, whatever a rendering takes. Safe for several threads.</summary>
internal sealed class MacroUse(MacroLibrary library)
{
    private readonly ConcurrentDictionary<MacroEntry, IReadOnlyCollection<MacroEntry>> _called = new(
        ReferenceEqualityComparer.Instance
    );
    private readonly ILookup<string, MacroEntry> _byName = library.All.ToLookup(
        macro => macro.Name,
        StringComparer.Ordinal
    );
    private readonly ILookup<string, MacroEntry> _byImplementation = library
        .All.Where(macro => macro.Name.Contains("__", StringComparison.Ordinal))
        .ToLookup(
            macro => macro.Name[(macro.Name.IndexOf("__", StringComparison.Ordinal) + 2)..],
            StringComparer.Ordinal
        );

    /// <summary>The macros that a node calls, directly or through others.</summary>
    public IReadOnlyCollection<MacroEntry> Of(ManifestNode node)
    {
        var found = new HashSet<MacroEntry>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<MacroEntry>(CalledBy(node));
        while (pending.TryPop(out var macro))
        {
            if (found.Add(macro))
            {
                foreach (var called in CalledBy(macro))
                {
                    pending.Push(called);
                }
            }
        }

        return found;
    }

    /// <summary>The macros that a node calls itself.</summary>
    public IEnumerable<MacroEntry> CalledBy(ManifestNode node) =>
        node switch
        {
            ModelNode model => Called(model.Template.Calls),
            SnapshotNode snapshot => Called(snapshot.Template.Calls),
            AnalysisNode analysis => Called(analysis.Template.Calls),
            TestNode { Template: { } template } => Called(template.Calls),
            TestNode { Generic: { } generic }
                when library.FindTest(generic.TestName, generic.MacroPackage, node.Package) is { } test => [test],
            _ => [],
        };

    /// <summary>The macros that a macro calls itself.</summary>
    public IReadOnlyCollection<MacroEntry> CalledBy(MacroEntry macro) =>
        _called.GetOrAdd(macro, key => [.. Called(CallsIn(key)).Where(other => !ReferenceEquals(other, key))]);

    // A file's calls are known in order: those of a macro stand between its beginning and the next macro's.
    private static IEnumerable<Call> CallsIn(MacroEntry macro)
    {
        var begin = macro.Definition.Position;
        var end = macro
            .Template.Macros.Select(other => other.Position)
            .Where(position => IsBefore(begin, position))
            .DefaultIfEmpty(new Position(int.MaxValue, 1))
            .Aggregate((left, right) => IsBefore(left, right) ? left : right);
        return macro.Template.Calls.Where(call => !IsBefore(call.Position, begin) && IsBefore(call.Position, end));
    }

    private static bool IsBefore(Position left, Position right) =>
        (left.Line, left.Column).CompareTo((right.Line, right.Column)) < 0;

    private IEnumerable<MacroEntry> Called(IEnumerable<Call> calls) =>
        calls
            .SelectMany(CalledBy)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(name => _byName[name].Concat(_byImplementation[name]))
            .Distinct<MacroEntry>(ReferenceEqualityComparer.Instance);

    private static IEnumerable<string> CalledBy(Call call) =>
        call.Callee switch
        {
            Name name => [name.Identifier],
            // What dispatch looks for is named by a text.
            AttributeAccess { Attribute: "dispatch" }
                when call.Arguments.Positional is [Literal { Value: string name }, ..] => [name],
            AttributeAccess access => [access.Attribute],
            _ => [],
        };
}
