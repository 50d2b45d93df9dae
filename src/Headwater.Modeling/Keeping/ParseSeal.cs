using System.Security.Cryptography;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Parsing;
using Headwater.Project;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Keeping;

/// <summary>What a parse depends on beside files and environment, as one digest: the program itself, the target, the options of the command.</summary>
internal static class ParseSeal
{
    /// <summary>The digest.</summary>
    /// <param name="readers">A type of each assembly, this and those below it aside, whose findings are kept.</param>
    /// <exception cref="NotKeepableException">An option holds what has no form.</exception>
    public static byte[] Of(
        ProjectFolder project,
        ProjectOptions options,
        ModelingOptions modeling,
        IReadOnlyList<Type> readers
    )
    {
        var writer = new KeptWriter();
        Type[] own =
        [
            typeof(ParseSeal),
            typeof(ProjectFolder),
            typeof(JinjaDict),
            typeof(Diagnostic),
            typeof(SqlDialect),
            .. readers,
        ];
        writer.Write(own, static (to, type) => to.Write(type.Module.ModuleVersionId.ToString()));
        writer.Write(Environment.Version.ToString());
        writer.Write(project.Root);
        writer.Write(options.Target);
        writer.Write(options.Profile);
        writer.Write(options.ProfilesFolder);
        writer.Write(options.UserProfilesFolder);
        writer.Write(options.Overrides.Values.Count > 0 ? options.Overrides.Folder : null);
        writer.Write(
            options.Overrides.Values,
            static (to, pair) =>
            {
                to.Write(pair.Key);
                to.Write(pair.Value);
            }
        );
        var target = project.Target;
        writer.Write([target.ProfileName, target.Name, target.Type, target.Schema]);
        writer.Write(target.DuckDb?.Path);
        writer.Write((long)project.Settings.Threads);
        writer.Write(
            [.. modeling.Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal)],
            static (to, pair) =>
            {
                to.Write(pair.Key);
                to.WriteValue(pair.Value);
            }
        );
        return SHA256.HashData(writer.ToBytes());
    }
}
