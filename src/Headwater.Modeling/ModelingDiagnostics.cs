using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling;

/// <summary>What can be wrong with models, seeds, tests and macros (HW210x to HW212x), and what a build can meet (HW213x).</summary>
public static class ModelingDiagnostics
{
    public static readonly DiagnosticDescriptor UnknownRef = Error(
        "HW2101",
        "There is no model, seed or snapshot '{0}'."
    );
    public static readonly DiagnosticDescriptor UnknownSource = Error("HW2102", "There is no source table '{0}'.");
    public static readonly DiagnosticDescriptor CircularRef = Error(
        "HW2103",
        "These models read each other in a circle: {0}",
        "break the circle by moving what they share into a model of its own"
    );
    public static readonly DiagnosticDescriptor DuplicateNode = Error(
        "HW2104",
        "The {0} '{1}' is defined here and in {2}.",
        "names are unique over all installed packages; rename one of them"
    );
    public static readonly DiagnosticDescriptor SameRelation = Error(
        "HW2105",
        "'{0}' would be built as {1}, and so would '{2}'.",
        "give one of them another alias or schema"
    );
    public static readonly DiagnosticDescriptor AmbiguousRef = Error(
        "HW2156",
        "Several packages have a model, seed or snapshot '{0}': {1}."
    );
    public static readonly DiagnosticDescriptor BatchesFailed = Error(
        "HW2157",
        "Of the model '{0}' {1} of {2} batches failed; the others are published. {3}",
        "'headwater retry' builds those that failed"
    );
    public static readonly DiagnosticDescriptor UnknownMacro = Error("HW2106", "There is no macro '{0}'.");
    public static readonly DiagnosticDescriptor UnknownTest = Error("HW2107", "There is no generic test '{0}'.");
    public static readonly DiagnosticDescriptor UnknownPatch = Warning(
        "HW2108",
        "There is no {0} '{1}' that these properties could belong to."
    );
    public static readonly DiagnosticDescriptor BadConfig = Error(
        "HW2109",
        "'{1}' is not accepted for the config '{0}'.",
        "accepted: {2}"
    );
    public static readonly DiagnosticDescriptor DuplicateMacro = Error(
        "HW2110",
        "The macro '{0}' is defined here and in {1}."
    );
    public static readonly DiagnosticDescriptor DisabledRef = Error(
        "HW2111",
        "'{0}' is disabled, but read here.",
        "set enabled: true, or stop reading it"
    );
    public static readonly DiagnosticDescriptor RaisedByTemplate = Error("HW2112", "{0}");
    public static readonly DiagnosticDescriptor WarnedByTemplate = Warning("HW2113", "{0}");
    public static readonly DiagnosticDescriptor MissingVariable = Error(
        "HW2114",
        "The variable '{0}' is not set.",
        "set it under vars: in dbt_project.yml or with --vars, or give var() a default"
    );
    public static readonly DiagnosticDescriptor MissingEnvironmentVariable = Error(
        "HW2115",
        "The environment variable '{0}' is not set.",
        "set it, or give env_var() a default"
    );
    public static readonly DiagnosticDescriptor BadTest = Error("HW2116", "This test is not written as one: {0}");
    public static readonly DiagnosticDescriptor UnknownSelector = Error("HW2117", "'{0}' is not a selection: {1}");
    public static readonly DiagnosticDescriptor EmptySelection = Warning("HW2118", "{0} selects nothing.");

    public static readonly DiagnosticDescriptor MissingConfig = Error(
        "HW2119",
        "'{0}' needs the config '{1}'.",
        "expected: {2}"
    );
    public static readonly DiagnosticDescriptor PrivateRef = Error(
        "HW2120",
        "'{0}' is private to the group '{1}'.",
        "read it from a node of that group, or make it protected or public"
    );
    public static readonly DiagnosticDescriptor ProtectedRef = Error(
        "HW2121",
        "'{0}' is protected, and the package '{1}' restricts access.",
        "read a public model of that package"
    );
    public static readonly DiagnosticDescriptor BadUnitTest = Error(
        "HW2122",
        "This unit test is not written as one: {0}"
    );
    public static readonly DiagnosticDescriptor BadSelector = Error("HW2123", "The selector '{0}' is not one: {1}");

    public static readonly DiagnosticDescriptor BadState = Error("HW2124", "'{0}' holds no earlier run: {1}");

    public static readonly DiagnosticDescriptor ModelSql = Error(
        "HW2130",
        "The SQL of {0} is wrong: {1}",
        "'headwater compile' shows the SQL that the engine is given"
    );
    public static readonly DiagnosticDescriptor ModelFailed = Error(
        "HW2131",
        "{0} failed while running: {1}",
        "correct the rows that it reads, or let its SQL allow for them; 'headwater compile' shows the SQL"
    );
    public static readonly DiagnosticDescriptor TestFailed = Error(
        "HW2132",
        "The test {0} found {1} failing row(s).",
        "look at them with: {2}"
    );
    public static readonly DiagnosticDescriptor TestWarned = Warning(
        "HW2133",
        "The test {0} found {1} row(s) to look at.",
        "look at them with: {2}"
    );
    public static readonly DiagnosticDescriptor SchemaChanged = Error(
        "HW2134",
        "The columns of {0} changed: {1}.",
        "build with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns"
    );
    public static readonly DiagnosticDescriptor BuildConflict = Error(
        "HW2135",
        "Another build or landing changed the same tables at the same time; nothing was published.",
        "run the build again"
    );
    public static readonly DiagnosticDescriptor BuildStopped = Error(
        "HW2137",
        "The warehouse stopped the build, and nothing more was published: {0}"
    );
    public static readonly DiagnosticDescriptor TestLacksRelation = Warning(
        "HW2138",
        "The test {0} is skipped: it reads {1}, which is not built here and not in the warehouse.",
        "select that too, or leave such tests out with --indirect-selection cautious"
    );
    public static readonly DiagnosticDescriptor HookFailed = Error("HW2136", "The hook failed: {0}");

    public static readonly DiagnosticDescriptor BuildRunning = Error(
        "HW2140",
        "Another build of the target '{0}' is running: {1}.",
        "wait for it, or end it"
    );
    public static readonly DiagnosticDescriptor ContractBroken = Error(
        "HW2141",
        "{0} does not keep its contract: {1}."
    );
    public static readonly DiagnosticDescriptor ContractWithoutType = Error(
        "HW2142",
        "The contract of {0} needs a type for the column '{1}'.",
        "add data_type:"
    );
    public static readonly DiagnosticDescriptor NoMaterializedViews = Error(
        "HW2143",
        "{0} cannot be a materialized view: {1} has none.",
        "use table"
    );
    public static readonly DiagnosticDescriptor LogicChanged = Warning(
        "HW2144",
        "The SQL of {0} is not the one that its rows were built by: old rows keep the old logic.",
        "build with --full-refresh, or set on_logic_change to full_refresh or ignore"
    );
    public static readonly DiagnosticDescriptor NothingToRollBack = Error(
        "HW2145",
        "There is no build to go back to: nothing was put aside for the target '{0}'."
    );
    public static readonly DiagnosticDescriptor RollbackIncomplete = Error(
        "HW2146",
        "These tables were changed in place and are too large to have been copied: {0}.",
        "roll back with --partial to leave them as they are"
    );
    public static readonly DiagnosticDescriptor DependentNotBound = Warning(
        "HW2147",
        "The view {0} still reads what this build replaced, because it does not fit the new columns: {1}",
        "make the view again"
    );
    public static readonly DiagnosticDescriptor NotPruned = Warning(
        "HW2148",
        "{0} of an earlier build is kept, because something depends on it: {1}"
    );
    public static readonly DiagnosticDescriptor GrantsIgnored = Warning(
        "HW2149",
        "Grants are ignored: {0} has no users."
    );
    public static readonly DiagnosticDescriptor FailuresNotStored = Warning(
        "HW2150",
        "The failing rows of {0} could not be kept: {1}"
    );
    public static readonly DiagnosticDescriptor UnitTestFailed = Error(
        "HW2151",
        "The unit test {0} expected other rows (- expected, + given, ~ expected → given):\n{1}"
    );
    public static readonly DiagnosticDescriptor BadFixture = Error(
        "HW2152",
        "The rows for {0} name columns that it has not: {1}.",
        "it has: {2}"
    );

    public static readonly DiagnosticDescriptor NotAMapping = Error(
        "HW2153",
        "What {0} gives is not a mapping.",
        "write it as in --vars '{{key: value}}'"
    );
    public static readonly DiagnosticDescriptor BadArtifact = Error("HW2154", "The file {0} cannot be used: {1}");

    public static readonly DiagnosticDescriptor NameTooLong = Error(
        "HW2155",
        "The relation '{0}' has a longer name than the {1} bytes that {2} takes.",
        "give the model a shorter alias"
    );

    public static readonly DiagnosticDescriptor PythonModel = Warning(
        "HW2158",
        "The model '{0}' is written in Python, and is left out: Headwater runs SQL alone.",
        "write it in SQL, or let the tool that runs it land its table as a source"
    );

    public static readonly DiagnosticDescriptor PropertiesTwice = Error(
        "HW2159",
        "The properties of the {0} '{1}' are written twice: here and at {2}.",
        "write them in one place"
    );
    public static readonly DiagnosticDescriptor OtherDbtVersion = Warning(
        "HW2164",
        "The package '{0}' asks for dbt {1}; Headwater does as dbt {2} does.",
        "most projects run all the same; take the package's version for this dbt if this one does not"
    );

    public static readonly DiagnosticDescriptor UncalledMacro = Warning(
        "HW2165",
        "The macro '{0}' changes how dbt does its own work; Headwater does that without macros, and calls it only where the project does.",
        "use a materialization, an incremental strategy or a hook of the project's own instead"
    );

    public static readonly DiagnosticDescriptor UnknownStar = Warning(
        "HW2160",
        "A star stands for columns that are not known."
    );
    public static readonly DiagnosticDescriptor UnclearColumns = Warning(
        "HW2161",
        "A column could be of several relations, or depends on values."
    );
    public static readonly DiagnosticDescriptor ColumnNotOfQuery = Warning(
        "HW2163",
        "The column {0} is not one that the query is seen to give."
    );
    public static readonly DiagnosticDescriptor LineageIncomplete = Warning(
        "HW2162",
        "Where the columns of {0} come from is not wholly known: {1}"
    );

    public static readonly DiagnosticDescriptor DerivedFailed = Error(
        "HW2170",
        "The rollup or export {0} cannot be built: {1}",
        "nothing of what it reads was published"
    );
    public static readonly DiagnosticDescriptor DerivedNotBuilt = Warning(
        "HW2171",
        "The rollup or export {0} is not built, for nobody can tell when {1} changes.",
        "land it with a source, or build the rollup over tables that a model makes"
    );
    public static readonly DiagnosticDescriptor DerivedRepeatsRows = Warning(
        "HW2172",
        "The rollup {0} is not used, for its joins do not count each row of {1} once.",
        "test that the keys are unique that its dimensions are joined by"
    );

    public static readonly DiagnosticDescriptor DerivedOfClock = Warning(
        "HW2173",
        "The rollup or export {0} is not built, for what it reads depends on the clock or on chance.",
        "make the view below it a table, which is as of its build"
    );
    public static readonly DiagnosticDescriptor DerivedNameTaken = Warning(
        "HW2174",
        "The rollup or export {0} is not built, for {1} is there already and is something else.",
        "give it another name: of an export the alias, or a schema of its own"
    );

    private static DiagnosticDescriptor Error(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);

    private static DiagnosticDescriptor Warning(string code, string format, string? hint = null) =>
        new(code, Severity.Warning, Audience.Author, format, hint);
}
