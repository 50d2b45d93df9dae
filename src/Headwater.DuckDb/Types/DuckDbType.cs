using Headwater.DuckDb.Interop;

namespace Headwater.DuckDb.Types;

/// <summary>A type of the engine as an immutable description, read once for each result column. Safe for several threads.</summary>
/// <param name="Id">The kind of type.</param>
public sealed record DuckDbType(DuckDbTypeId Id)
{
    /// <summary>Total digits of a decimal, else 0.</summary>
    public byte Width { get; private init; }

    /// <summary>Digits after the point of a decimal, else 0.</summary>
    public byte Scale { get; private init; }

    /// <summary>How vectors store a decimal or enum: the integer type of its values; else the type's own id.</summary>
    public DuckDbTypeId Storage { get; private init; } = Id;

    /// <summary>Elements of a fixed-size array, else 0.</summary>
    public int ArrayLength { get; private init; }

    /// <summary>Members of a struct or union; <c>element</c> of a list or array; <c>key</c> and <c>value</c> of a map.</summary>
    public IReadOnlyList<DuckDbField> Fields { get; private init; } = [];

    /// <summary>Labels of an enum, in the order of their codes.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    public static DuckDbType Decimal(byte width, byte scale) =>
        new(DuckDbTypeId.Decimal)
        {
            Width = width,
            Scale = scale,
            Storage = width switch
            {
                <= 4 => DuckDbTypeId.SmallInt,
                <= 9 => DuckDbTypeId.Integer,
                <= 18 => DuckDbTypeId.BigInt,
                _ => DuckDbTypeId.HugeInt,
            },
        };

    public static DuckDbType List(DuckDbType element) =>
        new(DuckDbTypeId.List) { Fields = [new DuckDbField("element", element)] };

    public static DuckDbType Map(DuckDbType key, DuckDbType value) =>
        new(DuckDbTypeId.Map) { Fields = [new DuckDbField("key", key), new DuckDbField("value", value)] };

    public static DuckDbType Struct(params IReadOnlyList<DuckDbField> fields) =>
        new(DuckDbTypeId.Struct) { Fields = fields };

    public static DuckDbType Enum(IReadOnlyList<string> labels) =>
        new(DuckDbTypeId.Enum)
        {
            Labels = labels,
            Storage = labels.Count switch
            {
                <= byte.MaxValue => DuckDbTypeId.UTinyInt,
                <= ushort.MaxValue => DuckDbTypeId.USmallInt,
                _ => DuckDbTypeId.UInteger,
            },
        };

    /// <summary>The type of a handle. Disposes nothing.</summary>
    internal static DuckDbType Describe(LogicalTypeHandle handle)
    {
        var id = (DuckDbTypeId)NativeMethods.duckdb_get_type_id(handle);
        return id switch
        {
            DuckDbTypeId.Decimal => new DuckDbType(id)
            {
                Width = NativeMethods.duckdb_decimal_width(handle),
                Scale = NativeMethods.duckdb_decimal_scale(handle),
                Storage = (DuckDbTypeId)NativeMethods.duckdb_decimal_internal_type(handle),
            },
            DuckDbTypeId.Enum => new DuckDbType(id)
            {
                Labels = ReadLabels(handle),
                Storage = (DuckDbTypeId)NativeMethods.duckdb_enum_internal_type(handle),
            },
            DuckDbTypeId.List => List(Child(NativeMethods.duckdb_list_type_child_type(handle))),
            DuckDbTypeId.Array => new DuckDbType(id)
            {
                ArrayLength = checked((int)NativeMethods.duckdb_array_type_array_size(handle)),
                Fields = [new DuckDbField("element", Child(NativeMethods.duckdb_array_type_child_type(handle)))],
            },
            DuckDbTypeId.Map => Map(
                Child(NativeMethods.duckdb_map_type_key_type(handle)),
                Child(NativeMethods.duckdb_map_type_value_type(handle))
            ),
            DuckDbTypeId.Struct => Struct(ReadMembers(handle)),
            _ => new DuckDbType(id),
        };
    }

    /// <summary>A handle of this type, owned by the caller.</summary>
    internal LogicalTypeHandle ToHandle()
    {
        switch (Id)
        {
            case DuckDbTypeId.Decimal:
                return NativeMethods.duckdb_create_decimal_type(Width, Scale);
            case DuckDbTypeId.List:
                using (var element = Fields[0].Type.ToHandle())
                {
                    return NativeMethods.duckdb_create_list_type(element);
                }

            case DuckDbTypeId.Map:
                using (var key = Fields[0].Type.ToHandle())
                using (var value = Fields[1].Type.ToHandle())
                {
                    return NativeMethods.duckdb_create_map_type(key, value);
                }

            case DuckDbTypeId.Struct:
                return StructHandle();
            case DuckDbTypeId.Enum:
                return EnumHandle();
            default:
                return NativeMethods.duckdb_create_logical_type((int)Id);
        }
    }

    private unsafe LogicalTypeHandle StructHandle()
    {
        var names = new Utf8Names(Fields.Select(field => field.Name));
        using var types = new HandleArray(Fields.Select(field => field.Type.ToHandle()));
        fixed (nint* typePointers = types.Pointers)
        fixed (nint* namePointers = names.Pointers)
        {
            var handle = NativeMethods.duckdb_create_struct_type(typePointers, namePointers, (ulong)Fields.Count);
            names.Free();
            return handle;
        }
    }

    private unsafe LogicalTypeHandle EnumHandle()
    {
        var names = new Utf8Names(Labels);
        fixed (nint* namePointers = names.Pointers)
        {
            var handle = NativeMethods.duckdb_create_enum_type(namePointers, (ulong)Labels.Count);
            names.Free();
            return handle;
        }
    }

    private static DuckDbType Child(LogicalTypeHandle handle)
    {
        using (handle)
        {
            return Describe(handle);
        }
    }

    private static string[] ReadLabels(LogicalTypeHandle handle)
    {
        var labels = new string[NativeMethods.duckdb_enum_dictionary_size(handle)];
        for (var index = 0; index < labels.Length; index++)
        {
            labels[index] = NativeText.Take(NativeMethods.duckdb_enum_dictionary_value(handle, (ulong)index));
        }

        return labels;
    }

    private static DuckDbField[] ReadMembers(LogicalTypeHandle handle)
    {
        var fields = new DuckDbField[NativeMethods.duckdb_struct_type_child_count(handle)];
        for (var index = 0; index < fields.Length; index++)
        {
            fields[index] = new DuckDbField(
                NativeText.Take(NativeMethods.duckdb_struct_type_child_name(handle, (ulong)index)),
                Child(NativeMethods.duckdb_struct_type_child_type(handle, (ulong)index))
            );
        }

        return fields;
    }
}

/// <summary>A named part of a nested type.</summary>
public sealed record DuckDbField(string Name, DuckDbType Type);
