using System.Diagnostics.CodeAnalysis;
using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>
/// A host object with attributes (<c>target.schema</c>). Template values are: null (None), bool, long, <see cref="System.Numerics.BigInteger"/>,
/// double, decimal, string, <see cref="DateTime"/>, <see cref="DateOnly"/>,
/// <see cref="TimeOnly"/>, <see cref="TimeSpan"/>, the <c>Jinja…</c> collections of this folder, and objects with these interfaces.
/// </summary>
public interface IJinjaObject
{
    /// <summary>The attribute's value; false where there is none, which templates see as undefined.</summary>
    bool TryGetAttribute(string name, [MaybeNullWhen(false)] out object? value);
}

/// <summary>A host object that can be called from a template.</summary>
public interface IJinjaCallable
{
    /// <exception cref="JinjaFault">The call failed; the session adds the place.</exception>
    object? Call(CallContext context, Arguments arguments);
}

/// <summary>A host object that can be indexed: <c>table[0]</c>, <c>row['name']</c>.</summary>
public interface IJinjaIndexed
{
    bool TryGetItem(object? key, [MaybeNullWhen(false)] out object? value);
}

/// <summary>A host object that can be looped over.</summary>
public interface IJinjaIterable
{
    IEnumerable<object?> Iterate();
}

/// <summary>A host object that templates take for a mapping: <c>is mapping</c> holds.</summary>
public interface IJinjaMapping;

/// <summary>A host object with a length.</summary>
public interface IJinjaSized
{
    int Count { get; }
}

/// <summary>A host object with an opinion about its truth; without it an object is true, or true if not empty when sized.</summary>
public interface IJinjaTruth
{
    bool IsTrue { get; }
}
