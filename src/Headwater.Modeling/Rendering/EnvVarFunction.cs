using Headwater.Jinja;
using Headwater.Jinja.Functions;

namespace Headwater.Modeling.Rendering;

/// <summary><c>env_var('NAME', default)</c>. Names that begin with <c>DBT_ENV_SECRET</c> are for profiles alone, as in dbt.</summary>
internal static class EnvVarFunction
{
    /// <param name="environment">Where to look.</param>
    /// <param name="givesSecrets">Whether it is a profile that asks.</param>
    public static NativeFunction Of(Func<string, string?> environment, bool givesSecrets = false) =>
        new(
            "env_var",
            ParameterList.Of("var", "default?"),
            call =>
            {
                var name = call.Text(0);
                if (!givesSecrets && name.StartsWith("DBT_ENV_SECRET", StringComparison.Ordinal))
                {
                    throw RefFunction.Wrong($"the secret '{name}' can be used in profiles.yml and packages.yml only");
                }

                return environment(name)
                    ?? (
                        call.Has(1)
                            ? call.Value(1)
                            : throw new JinjaFault(ModelingDiagnostics.MissingEnvironmentVariable.With(name))
                    );
            }
        );
}
