using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Platform.Projects;
using Headwater.Project;
using Headwater.Project.Settings;

namespace Headwater.Platform.Tests;

/// <summary>A role that names what there is not is said so: else it would hide nothing, and nobody would know.</summary>
public sealed class RoleCheckTests
{
    [Theory]
    [InlineData("masks: [{tag: pii, with: hash}]", "")]
    [InlineData("masks: [{tag: secret, with: partial, keep: 2}]", "")]
    [InlineData("masks: [{tag: pi, with: hash}]", "HW7032 did you mean 'pii'?")]
    [InlineData("masks: [{column: customers.name, with: null}]", "")]
    [InlineData("masks: [{column: analytics.customers.name, with: redact}]", "")]
    [InlineData("masks: [{column: raw_shop.customers.name, with: redact}]", "")]
    [InlineData("masks: [{column: custmers.name, with: redact}]", "HW7033 did you mean 'customers'?")]
    [InlineData("masks: [{column: name, with: redact}]", "HW7034 write it as table.column or schema.table.column")]
    [InlineData("masks: [{model: customer, with: redact}]", "HW7033 did you mean 'customers'?")]
    [InlineData("masks: [{model: customers, with: blur}]", "HW1008 accepted: hash, redact, partial, null")]
    [InlineData("masks: [{model: customers}]", "HW1006 ")]
    [InlineData("masks: [{with: hash}]", "HW1006 exactly one of them says which columns are meant")]
    [InlineData(
        "masks: [{model: customers, tag: pii, with: hash}]",
        "HW1006 exactly one of them says which columns are meant"
    )]
    [InlineData("masks: [{model: customers, with: partial, keep: 99}]", "HW1008 accepted: 1 to 16")]
    [InlineData("masks: [{model: customers, with: hash, salt: x}]", "HW1007 ")]
    [InlineData("masks: hash", "HW1005 ")]
    [InlineData("clears: [{model: nothing}]", "HW7033 ")]
    [InlineData("unrestricted: [customers, raw_shop.days]", "")]
    [InlineData("unrestricted: [days]", "HW7033 ")]
    public void What_a_role_names_must_be_there(string role, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("headwater-roles-").FullName;
        try
        {
            Write(folder, "dbt_project.yml", "name: shop");
            Write(folder, "models/customers.sql", "select 1 as customer_id, 'Ada' as name, 'x' as card");
            Write(
                folder,
                "models/shop.yml",
                "models: [{name: customers, columns: [{name: name, tags: [pii]}, {name: card, config: {tags: [secret]}}]}]"
            );
            Write(folder, "access/roles.yml", $"roles:\n  - name: support\n    can: [view]\n    {role}\n");
            var diagnostics = new DiagnosticBag();

            LoadedProject.Read(
                new ProjectOptions(folder, null, SettingOverrides.None),
                new ModelingOptions(),
                withFiles: false,
                diagnostics
            );

            var found = diagnostics.Sorted().Where(item => item.Location?.File == "access/roles.yml").ToList();
            Assert.Equal(expected.Length == 0 ? 0 : 1, found.Count);
            foreach (var diagnostic in found)
            {
                Assert.StartsWith(expected, $"{diagnostic.Code} {diagnostic.Hint}", StringComparison.Ordinal);
                Assert.True(diagnostic.Location!.Line > 1, "it says no line");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
