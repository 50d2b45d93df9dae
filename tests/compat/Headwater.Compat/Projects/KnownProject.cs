namespace Headwater.Compat.Projects;

/// <summary>A project that others wrote and that this program can run.</summary>
/// <param name="Folder">The folder below DIR: owner and name with a plus between.</param>
/// <param name="Main">The folder with the project to build, relative to it.</param>
/// <param name="Warehouses">Where it builds: adapter types.</param>
internal sealed record KnownProject(string Folder, string Main, IReadOnlyList<string> Warehouses)
{
    private static readonly string[] Both = ["duckdb", "postgres"];
    private static readonly string[] Postgres = ["postgres"];

    public static IReadOnlyList<KnownProject> All { get; } =
    [
        new("dbt-labs+jaffle_shop_duckdb", ".", Both),
        new("dbt-labs+dbt-utils", "integration_tests", Both),
        new("calogica+dbt-date", "integration_tests", Both),
        new("fivetran+dbt_stripe", "integration_tests", Both),
        new("fivetran+dbt_zendesk", "integration_tests", Postgres),
        new("fivetran+dbt_salesforce", "integration_tests", Both),
        new("fivetran+dbt_hubspot", "integration_tests", Postgres),
        new("fivetran+dbt_quickbooks", "integration_tests", Both),
        new("fivetran+dbt_google_ads", "integration_tests", Both),
    ];
}
