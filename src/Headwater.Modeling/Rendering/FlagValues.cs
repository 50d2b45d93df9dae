using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>The dict that templates see as <c>flags</c>.</summary>
internal static class FlagValues
{
    /// <param name="command">The command that runs: <c>build</c>, <c>run</c>, <c>test</c>, <c>compile</c>.</param>
    public static JinjaDict Of(
        string command,
        bool fullRefresh = false,
        bool failFast = false,
        bool storeFailures = false,
        bool empty = false
    ) =>
        ModulesObject.Dict(
            ("WHICH", command),
            ("FULL_REFRESH", fullRefresh),
            ("FAIL_FAST", failFast),
            ("STORE_FAILURES", storeFailures),
            ("EMPTY", empty),
            ("INDIRECT_SELECTION", "eager"),
            ("DEFER", false),
            ("FAVOR_STATE", false),
            ("WARN_ERROR", false),
            ("WARN_ERROR_OPTIONS", new JinjaDict()),
            ("VERSION_CHECK", true),
            ("PARTIAL_PARSE", true),
            ("STATIC_PARSER", true),
            ("USE_EXPERIMENTAL_PARSER", false),
            ("CACHE_SELECTED_ONLY", false),
            ("INTROSPECT", true),
            ("QUIET", false),
            ("NO_PRINT", false),
            ("USE_COLORS", false),
            ("WRITE_JSON", true),
            ("LOG_FORMAT", "default"),
            ("PROFILES_DIR", null),
            ("PROJECT_DIR", null),
            ("TARGET_PATH", "target")
        );

    /// <summary>The same as <c>invocation_args_dict</c> has them: by the names of the options.</summary>
    public static JinjaDict AsArguments(JinjaDict flags) =>
        new(flags.Items.Select(flag => KeyValuePair.Create(Text.Str(flag.Key).ToLowerInvariant(), flag.Value)));
}
