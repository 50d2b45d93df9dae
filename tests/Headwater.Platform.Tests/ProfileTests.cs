using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Platform.Projects;
using Headwater.Project;
using Headwater.Project.Profiles;
using Headwater.Project.Settings;

namespace Headwater.Platform.Tests;

public sealed class ProfileTests : IDisposable
{
    private const string Secret = "s3cr3t:{{ }}";

    private readonly string _folder = Directory.CreateTempSubdirectory("headwater-profiles-").FullName;

    public ProfileTests() => File.WriteAllText(Path.Combine(_folder, "dbt_project.yml"), "name: shop\nprofile: shop\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_postgres_target_is_read_with_values_from_the_environment()
    {
        var target = Load(
            """
            shop:
              target: "{{ env_var('WHERE', 'dev') }}"
              outputs:
                dev: {type: duckdb}
                prod:
                  type: postgres
                  host: "{{ env_var('DB_HOST') }}"
                  port: "{{ env_var('DB_PORT') | as_number }}"
                  user: shop
                  pass: "{{ env_var('DBT_ENV_SECRET_PASSWORD') }}"
                  dbname: "warehouse_{{ env_var('WHERE') }}"
                  schema: analytics_prod
                  threads: 4
                  connect_timeout: 3
                  keepalives_idle: 0
                  search_path: "analytics_prod, public"
                  role: builder
                  sslmode: verify-full
                  sslrootcert: certificates/ca.pem
                  retries: 1
            """
        );
        var server = target.Postgres!;
        Assert.Equal(("prod", "postgres", "analytics_prod"), (target.Name, target.Type, target.Schema));
        Assert.Equal(("db.example", 6432, "shop"), (server.Host, server.Port, server.User));
        Assert.Equal((Secret, "warehouse_prod"), (server.Password, server.Database));
        Assert.Equal((3, (int?)null), (server.ConnectSeconds, server.KeepaliveSeconds));
        Assert.Equal(
            ("analytics_prod, public", "builder", "verify-full"),
            (server.SearchPath, server.Role, server.SslMode)
        );
        Assert.Equal(Path.Combine(_folder, "certificates", "ca.pem"), server.SslRootCertificate);
    }

    [Fact]
    public void What_a_profile_keeps_secret_is_not_printed()
    {
        var target = Load(
            "shop: {target: p, outputs: {p: {type: postgres, host: h, user: u, dbname: d, password: \"{{ env_var('DBT_ENV_SECRET_PASSWORD') }}\"}}}"
        );
        Assert.Equal(Secret, target.Postgres!.Password);
        Assert.DoesNotContain(Secret, $"{target} {target.Postgres}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_that_is_asked_for_is_read_and_no_other()
    {
        const string profiles = """
            shop:
              target: prod
              outputs:
                dev: {type: duckdb}
                prod: {type: postgres, host: "{{ env_var('NOT_SET') }}", user: u, dbname: d}
            """;
        Assert.Null(Load(profiles, "dev").Postgres);
        var error = Assert.Throws<DiagnosticException>(() => Load(profiles));
        Assert.Contains("NOT_SET", error.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(5, error.Diagnostic.Location!.Line);
    }

    [Fact]
    public void Everything_that_is_missing_or_wrong_is_reported_at_once()
    {
        var error = Assert.Throws<DiagnosticException>(() =>
            Load("shop: {target: p, outputs: {p: {type: postgres, port: many}}}")
        );
        Assert.Equal(
            ["HW1005", "HW1006", "HW1006", "HW1006"],
            error.Diagnostics.Select(problem => problem.Code).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_type_that_is_not_known_says_which_are()
    {
        var error = Assert.Throws<DiagnosticException>(() => Load("shop: {target: p, outputs: {p: {type: oracle}}}"));
        Assert.Equal("HW1008", error.Diagnostic.Code);
        Assert.Contains("duckdb, postgres", error.Diagnostic.Hint, StringComparison.Ordinal);
    }

    private ProfileTarget Load(string profiles, string? target = null)
    {
        File.WriteAllText(Path.Combine(_folder, "profiles.yml"), profiles);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["WHERE"] = "prod",
            ["DB_HOST"] = "db.example",
            ["DB_PORT"] = "6432",
            ["DBT_ENV_SECRET_PASSWORD"] = Secret,
        };
        return LoadedProject
            .Load(
                new ProjectOptions(_folder, target, SettingOverrides.None),
                new ModelingOptions { Environment = environment.GetValueOrDefault },
                withFiles: false
            )
            .Folder.Target;
    }
}
