using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Profiles;

/// <summary>Renders the templates in values of <c>profiles.yml</c>. This module knows no template language: whoever loads a project brings it.</summary>
public interface IProfileTemplates
{
    /// <summary>The value with its templates rendered; the value as written after reporting why it cannot be.</summary>
    YamlScalar Render(YamlScalar value, DiagnosticBag diagnostics);
}
