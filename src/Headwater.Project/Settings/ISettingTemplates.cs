using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Settings;

/// <summary>
/// Renders the templates in values of <c>profiles.yml</c>, <c>packages.yml</c> and the project file's own settings, before anything else is
/// known. This module knows no template language: whoever loads a project brings it.
/// </summary>
public interface ISettingTemplates
{
    /// <summary>The value with its templates rendered; the value as written after reporting why it cannot be.</summary>
    /// <param name="givesSecrets">True where secrets of the environment may be used.</param>
    YamlScalar Render(YamlScalar value, bool givesSecrets, DiagnosticBag diagnostics);
}
