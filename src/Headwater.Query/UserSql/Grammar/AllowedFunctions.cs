using System.Collections.Frozen;

namespace Headwater.Query.UserSql.Grammar;

/// <summary>
/// The functions that user SQL may call. None of them evaluates SQL, reads a file, a setting, a catalog, statistics, a variable or a sequence, raises,
/// sleeps or logs. Left out on purpose although harmless to secrets, because they are not bounded or not interrupted in time: scalar
/// <c>range</c> and <c>generate_series</c>, <c>list_reduce</c>, <c>list_resize</c>, <c>repeat</c>, <c>format</c>, <c>printf</c>, <c>equi_width_bins</c>, edit distances.
/// </summary>
internal static class AllowedFunctions
{
    private const string Names = """
        ! !~~ !~~* % & && * ** + - -> ->> / // << <@ >> @> ^ ^@ | || ~ ~~ ~~* ~~~ ilike_escape like_escape not_ilike_escape not_like_escape
        abs acos acosh add age any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min arg_min_null
        argmax argmin array_agg array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains array_distinct
        array_extract array_filter array_grade_up array_has array_has_all array_has_any array_indexof array_intersect array_length
        array_position array_prepend array_reverse array_reverse_sort array_slice array_sort array_to_json array_to_string array_transform
        array_unique array_value array_where array_zip ascii asin asinh atan atan2 atanh avg bar base64 bin bit_and bit_count bit_length bit_or
        bit_position bit_xor bitstring bitstring_agg bool_and bool_or cardinality cbrt ceil ceiling century char_length character_length chr
        coalesce concat concat_ws constant_or_null contains corr cos cosh cot count count_if count_star countif covar_pop covar_samp cume_dist
        date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear
        days_in_month decade decode degrees dense_rank divide element_at encode ends_with entropy epoch epoch_ms epoch_ns epoch_us
        era even exp factorial favg fdiv fill first first_value flatten floor fmod format_bytes from_base64 from_binary from_hex
        from_json fsum gamma gcd geomean geometric_mean get_bit grade_up greatest greatest_common_divisor group_concat hash hex histogram
        histogram_exact histogram_values hour instr isfinite isinf isnan isodow isoyear json json_array json_array_length json_contains
        json_exists json_extract json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object
        json_group_structure json_keys json_merge_patch json_object json_pretty json_quote json_structure json_transform json_type json_valid
        json_value julian kahan_sum kurtosis kurtosis_pop lag last last_day last_value lcase lcm lead least least_common_multiple left
        left_grapheme len length length_grapheme lgamma list list_aggr list_aggregate list_any_value list_append list_apply list_avg list_cat
        list_concat list_contains list_count list_distinct list_element list_extract list_filter list_first list_grade_up list_has list_has_all
        list_has_any list_indexof list_intersect list_last list_max list_median list_min list_mode list_pack list_position list_prepend
        list_product list_reverse list_reverse_sort list_select list_slice list_sort list_sum list_transform list_unique list_value list_where
        list_zip listagg ln log log10 log2 lower lpad ltrim mad make_date make_time make_timestamp map map_concat map_contains map_entries
        map_extract map_extract_value map_from_entries map_keys map_values max max_by md5 mean median microsecond millennium millisecond min
        min_by minute mod mode month monthname multiply nanosecond nextafter nfc_normalize nth_value ntile nullif octet_length ord
        percent_rank pg_typeof pi position pow power prefix product quantile quantile_cont quantile_disc quarter radians rank rank_dense
        regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array regr_avgx regr_avgy
        regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy replace reverse right right_grapheme round round_even row
        row_number row_to_json rpad rtrim second sem sha1 sha256 sign signbit sin sinh skewness split split_part sqrt starts_with stddev
        stddev_pop stddev_samp str_split str_split_regex strftime string_agg string_split string_split_regex string_to_array strip_accents
        strlen strpos strptime struct_concat struct_extract struct_insert struct_keys struct_pack struct_values substr substring
        substring_grapheme subtract suffix sum sumkahan tan tanh time_bucket timezone timezone_hour timezone_minute to_base64 to_centuries
        to_days to_decades to_hex to_hours to_json to_microseconds to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds
        to_timestamp to_weeks to_years translate trim trunc try_strptime typeof ucase unbin unhex unicode unnest upper url_decode url_encode
        var_pop var_samp variance wavg week weekday weekofyear weighted_avg xor year yearweek
        percentile_cont percentile_disc grouping
        """;

    private const string TimeNames =
        "now today current_date current_timestamp current_time get_current_timestamp transaction_timestamp";

    private const string RandomNames = "random uuid gen_random_uuid";

    private static readonly FrozenSet<string> Scalars = Split(Names + " " + TimeNames + " " + RandomNames);

    private static readonly FrozenSet<string> Changing = Split(TimeNames + " " + RandomNames);

    private static readonly FrozenSet<string> Tables = Split("range generate_series unnest json_each json_tree");

    /// <summary>Functions whose result grows with a number argument, which must then be a small constant: name and place of that argument.</summary>
    public static FrozenDictionary<string, int> LengthArguments { get; } =
        new Dictionary<string, int>
        {
            ["lpad"] = 1,
            ["rpad"] = 1,
            ["bitstring"] = 1,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsAllowed(string name) => Scalars.Contains(name);

    public static bool IsAllowedTable(string name) => Tables.Contains(name);

    /// <summary>Whether two calls in one state of the data can differ, so that an answer must not be kept.</summary>
    public static bool IsChanging(string name) => Changing.Contains(name);

    private static FrozenSet<string> Split(string names) =>
        names
            .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.Ordinal);
}
