using Headwater.Sources.Tests.Csv;
using Headwater.Sources.Tests.Formats;
using Headwater.Sources.Tests.Landing;
using Headwater.Sources.Tests.Real;
using Headwater.Sources.Tests.Robustness;

namespace Headwater.Sources.Tests;

public sealed class PostgresLoadModeTests : LoadModeTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresSchemaChangeTests : SchemaChangeTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresQuarantineTests : QuarantineTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresBadFileTests : BadFileTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresCsvTypeTests : CsvTypeTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresOtherFormatTests : OtherFormatTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresCountProperties : CountProperties
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}

public sealed class PostgresRealDataTests : RealDataTests
{
    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();
}
