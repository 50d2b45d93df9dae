using System.Globalization;
using Headwater.Simulator.Company;
using Headwater.Simulator.Deals;
using Headwater.Simulator.Files;

namespace Headwater.Simulator;

/// <summary>
/// A company's CRM export: <c>sales_pipeline.csv</c>, <c>accounts.csv</c>, <c>products.csv</c>, <c>sales_teams.csv</c>. The same options give the same
/// bytes on every machine.
/// </summary>
/// <param name="Opportunities">How many, at least 1.</param>
/// <param name="LastDay">The day of the export.</param>
/// <param name="Days">Days before it that are simulated.</param>
/// <param name="Seed">Which company.</param>
public sealed record CrmSimulation(long Opportunities, DateOnly LastDay, int Days = 1_095, ulong Seed = 1)
{
    private const int Agents = 35;
    private const int Accounts = 85;
    private const int RowsPerReport = 250_000;

    /// <summary>Writes the files into a folder, each whole or not at all.</summary>
    /// <param name="folder">Created if absent.</param>
    /// <param name="progress">Receives the opportunities written so far.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(string folder, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var company = CompanyFactory.Create(Seed, Agents, Accounts, Days);
        WriteFile(folder, "accounts.csv", output => WriteAccounts(company, output));
        WriteFile(folder, "products.csv", output => WriteProducts(company, output));
        WriteFile(folder, "sales_teams.csv", output => WriteTeams(company, output));
        WriteFile(folder, "sales_pipeline.csv", output => WritePipeline(company, output, progress, cancellationToken));
        File.WriteAllText(
            Path.Combine(folder, "SIMULATED.txt"),
            "Every row in this folder is simulated: people, accounts and deals are invented.\n"
        );
    }

    private void WritePipeline(
        SimulatedCompany company,
        Stream output,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var firstDay = LastDay.AddDays(1 - Days);
        var simulation = new DealSimulation(company, Seed, firstDay, LastDay);
        var file = new PipelineFile(company, output);
        var number = 0L;
        var counts = DemandCurve.Spread(firstDay, Days, Opportunities);
        for (var day = 0; day < Days; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var left = counts[day]; left > 0; left--)
            {
                file.Write(simulation.Decide(number++, day));
                if (number % RowsPerReport == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(number);
                }
            }
        }

        file.Flush();
        progress?.Report(number);
    }

    private static void WriteAccounts(SimulatedCompany company, Stream output)
    {
        var lines = new CsvLine();
        lines.Line("account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of");
        for (var number = 0; number < company.Accounts.Count; number++)
        {
            var account = company.Accounts[number];
            // Exports have their habits: one word is misspelt in all rows but every nineteenth.
            var sector = account.Sector == "technology" && number % 19 != 0 ? "technolgy" : account.Sector;
            lines.Line(
                account.Name,
                sector,
                account.Founded.ToString(CultureInfo.InvariantCulture),
                account.RevenueMillions.ToString("0.00", CultureInfo.InvariantCulture),
                account.Employees.ToString(CultureInfo.InvariantCulture),
                account.Country == "Philippines" ? "Philipines" : account.Country,
                number % 11 == 5 ? company.Accounts[number / 2].Name : ""
            );
        }

        output.Write(lines.Written);
    }

    private static void WriteProducts(SimulatedCompany company, Stream output)
    {
        var lines = new CsvLine();
        lines.Line("product", "series", "sales_price");
        foreach (var product in company.Products)
        {
            lines.Line(product.Name, product.Series, product.Price.ToString(CultureInfo.InvariantCulture));
        }

        output.Write(lines.Written);
    }

    private static void WriteTeams(SimulatedCompany company, Stream output)
    {
        var lines = new CsvLine();
        lines.Line("sales_agent", "manager", "regional_office");
        foreach (var agent in company.Agents)
        {
            lines.Line(agent.Name, agent.Manager, agent.Office);
        }

        output.Write(lines.Written);
    }

    // Written aside and moved, so that a reader never meets half a file.
    private static void WriteFile(string folder, string name, Action<Stream> write)
    {
        var path = Path.Combine(folder, name);
        var aside = path + ".writing";
        using (var output = File.Create(aside, 1 << 16))
        {
            write(output);
        }

        File.Move(aside, path, overwrite: true);
    }
}
