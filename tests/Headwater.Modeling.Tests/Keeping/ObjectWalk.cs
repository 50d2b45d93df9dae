using System.Collections;
using System.Reflection;
using Headwater.Jinja.Parsing;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Tests.Keeping;

/// <summary>Compares two objects by all their properties, and notes which properties ever held something.</summary>
internal sealed class ObjectWalk
{
    private readonly Dictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>The settable properties of the product's types that held nothing but defaults.</summary>
    public IEnumerable<string> NeverSaid => _said.Where(pair => !pair.Value).Select(pair => pair.Key).Order();

    public void AssertEqual(object? expected, object? actual, string path)
    {
        switch (expected)
        {
            case null:
                Assert.True(actual is null, $"{path}: nothing became {actual}");
                break;
            case JinjaTemplate template:
                var other = Assert.IsType<JinjaTemplate>(actual);
                AssertEqual(
                    (template.File, template.Source, template.Start, template.Block, template.Calls.Count),
                    (other.File, other.Source, other.Start, other.Block, other.Calls.Count),
                    path
                );
                break;
            case JinjaDict dict:
                AssertItems(dict.Items.ToList(), Assert.IsType<JinjaDict>(actual).Items.ToList(), path);
                break;
            case JinjaList list:
                AssertItems(list.Items, Assert.IsType<JinjaList>(actual).Items, path);
                break;
            case JinjaTuple tuple:
                AssertItems((IEnumerable)tuple.Items, Assert.IsType<JinjaTuple>(actual).Items, path);
                break;
            case string:
                AssertValue(expected, actual, path);
                break;
            case IEnumerable items:
                AssertItems(items, Assert.IsAssignableFrom<IEnumerable>(actual), path);
                break;
            case ValueType:
                AssertValue(expected, actual, path);
                break;
            default:
                AssertProperties(expected, actual, path);
                break;
        }
    }

    private void AssertValue(object expected, object? actual, string path)
    {
        if (
            expected.GetType() is { IsGenericType: true } pair
            && pair.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
        )
        {
            foreach (var name in (string[])["Key", "Value"])
            {
                AssertEqual(pair.GetProperty(name)!.GetValue(expected), pair.GetProperty(name)!.GetValue(actual), path);
            }

            return;
        }

        Assert.True(expected.Equals(actual), $"{path}: {expected} became {actual}");
    }

    private void AssertItems(IEnumerable expected, IEnumerable actual, string path)
    {
        var (left, right) = (expected.Cast<object?>().ToList(), actual.Cast<object?>().ToList());
        Assert.True(left.Count == right.Count, $"{path}: {left.Count} items became {right.Count}");
        foreach (var (index, (one, two)) in left.Zip(right).Index())
        {
            AssertEqual(one, two, $"{path}[{index}]");
        }
    }

    private void AssertProperties(object expected, object? actual, string path)
    {
        Assert.True(
            expected.GetType() == actual?.GetType(),
            $"{path}: {expected.GetType()} became {actual?.GetType()}"
        );
        foreach (
            var property in expected
                .GetType()
                .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
        )
        {
            var value = property.GetValue(expected);
            if (property.CanWrite)
            {
                var name = $"{expected.GetType().Name}.{property.Name}";
                _said[name] = _said.GetValueOrDefault(name) || SaysSomething(value);
            }

            AssertEqual(value, property.GetValue(actual), $"{path}.{property.Name}");
        }
    }

    private static bool SaysSomething(object? value) =>
        value switch
        {
            null or false or 0 or "" => false,
            Enum member => Convert.ToInt32(member, null) != 0,
            JinjaDict dict => dict.Count > 0,
            string => true,
            IEnumerable items => items.Cast<object?>().Any(),
            _ => true,
        };
}
