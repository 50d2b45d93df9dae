using System.Reflection;
using System.Runtime.CompilerServices;

namespace Headwater.Architecture.Tests;

public sealed class GateTests
{
    private static readonly string[] Trusted = ["Headwater.Sources", "Headwater.Modeling", "Headwater.Query"];

    private static Assembly Warehouse => Assembly.Load("Headwater.Warehouse");

    [Fact]
    public void The_warehouse_port_is_internal() =>
        Assert.All(
            Warehouse.GetTypes().Where(type => type.Namespace == "Headwater.Warehouse.Port" && !IsPlainData(type)),
            type => Assert.False(type.IsPublic, type.FullName)
        );

    [Fact]
    public void Only_three_modules_and_the_tests_see_the_port()
    {
        var friends = Warehouse
            .GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName)
            .Where(name =>
                !name.EndsWith(".Tests", StringComparison.Ordinal)
                && name is not ("Headwater.Benchmarks" or "Headwater.Compat" or "Headwater.Compat.Metrics")
            );

        Assert.Equal(Trusted.Order(), friends.Order());
    }

    [Fact]
    public void What_holds_a_warehouse_open_gives_nothing_of_it_away()
    {
        var host = Warehouse.GetType("Headwater.Warehouse.WarehouseHost")!;
        var members = host.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

        Assert.Equal(["DisposeAsync"], members.Select(member => member.Name));
    }

    [Fact]
    public void Server_and_command_line_do_not_touch_the_engine()
    {
        foreach (var module in (string[])["Server", "Cli"])
        {
            Assert.All(
                Repository.Sources(module),
                file => Assert.DoesNotContain("Headwater.DuckDb", File.ReadAllText(file), StringComparison.Ordinal)
            );
        }
    }

    // Statements and parameters are records without a way to run them.
    private static bool IsPlainData(Type type) =>
        type.Name is "SqlCommand" or "SqlParameter" || type.Name.Contains('<');
}
