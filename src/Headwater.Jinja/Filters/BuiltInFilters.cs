using Headwater.Jinja.Functions;

namespace Headwater.Jinja.Filters;

/// <summary>All filters that Jinja defines.</summary>
internal static class BuiltInFilters
{
    public static IEnumerable<NativeFunction> All =>
        [
            .. TextFilters.All,
            .. LayoutFilters.All,
            .. NumberFilters.All,
            .. SequenceFilters.All,
            .. SelectionFilters.All,
            .. OrderFilters.All,
            .. MappingFilters.All,
            .. HtmlFilters.All,
        ];
}
