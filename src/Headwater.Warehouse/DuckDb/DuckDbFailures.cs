using Headwater.DuckDb.Errors;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.DuckDb;

/// <summary>DuckDB's classes of errors as the port's few.</summary>
internal static class DuckDbFailures
{
    public static WarehouseException ToWarehouse(this DuckDbException error) =>
        new(FailureOf(error), error.Message, error.Position, error);

    private static WarehouseFailure FailureOf(DuckDbException error) =>
        error.Kind switch
        {
            DuckDbErrorKind.Parser
            or DuckDbErrorKind.Syntax
            or DuckDbErrorKind.Binder
            or DuckDbErrorKind.Catalog
            or DuckDbErrorKind.Planner
            or DuckDbErrorKind.Expression
            or DuckDbErrorKind.MismatchType
            or DuckDbErrorKind.InvalidType
            or DuckDbErrorKind.UnknownType
            or DuckDbErrorKind.NotImplemented
            or DuckDbErrorKind.ParameterNotResolved
            or DuckDbErrorKind.ParameterNotAllowed
            or DuckDbErrorKind.Permission
            or DuckDbErrorKind.Dependency
            or DuckDbErrorKind.MissingExtension
            or DuckDbErrorKind.Autoload
            or DuckDbErrorKind.Settings
            or DuckDbErrorKind.InvalidConfiguration => WarehouseFailure.Statement,
            DuckDbErrorKind.Conversion
            or DuckDbErrorKind.OutOfRange
            or DuckDbErrorKind.Constraint
            or DuckDbErrorKind.Decimal
            or DuckDbErrorKind.DivideByZero
            or DuckDbErrorKind.InvalidInput
            or DuckDbErrorKind.Sequence
            or DuckDbErrorKind.ObjectSize => WarehouseFailure.Data,
            DuckDbErrorKind.Transaction => WarehouseFailure.Conflict,
            DuckDbErrorKind.OutOfMemory => WarehouseFailure.Resources,
            DuckDbErrorKind.IO when error.IsDiskFull => WarehouseFailure.Resources,
            DuckDbErrorKind.IO
            or DuckDbErrorKind.Serialization
            or DuckDbErrorKind.DataCorruption
            or DuckDbErrorKind.AlreadyOpen
            or DuckDbErrorKind.LockedByProcess => WarehouseFailure.Storage,
            _ => WarehouseFailure.Engine,
        };
}
