using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Syntax;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Modeling;

/// <summary>
/// The Jinja of <c>profiles.yml</c>, <c>packages.yml</c> and the project file's own settings: <c>env_var()</c> and <c>var()</c> of the command line, as in dbt. What a value is rendered to
/// is read like a plain value of YAML, so that a port may come from the environment.
/// </summary>
public sealed class SettingTemplates(ModelingOptions options) : ISettingTemplates
{
    public YamlScalar Render(YamlScalar value, bool givesSecrets, DiagnosticBag diagnostics)
    {
        if (!YamlRenderer.HasJinja(value.Text))
        {
            return value;
        }

        try
        {
            var start = new Position(Math.Max(1, value.Location.Line), Math.Max(1, value.Location.Column));
            var template = TemplateCache.Environment.Parse(value.Text, value.Location.File, start);
            var session = new JinjaSession(TemplateCache.Environment, Limits.Yaml, CancellationToken.None);
            var rendered = session.RenderValue(template, new SettingNames(options, givesSecrets));
            return value with { Text = Text.Str(rendered), IsPlain = true };
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
            return value;
        }
    }

    private sealed class SettingNames(ModelingOptions options, bool givesSecrets) : INames
    {
        public bool TryGet(string name, out object? value)
        {
            value = name switch
            {
                "env_var" => EnvVarFunction.Of(options.Environment, givesSecrets),
                "var" => new NativeFunction("var", ParameterList.Of("name", "default?"), Variable),
                _ => null,
            };
            return value is not null;
        }

        private object? Variable(NativeCall call) =>
            options.Variables.TryGetValue(call.Text(0), out var value) ? value
            : call.Has(1) ? call.Value(1)
            : throw new Jinja.JinjaFault(ModelingDiagnostics.MissingVariable.With(call.Text(0)));
    }
}
