using System.Text.Json;
using System.Text.Json.Serialization;
using Headwater.Platform.Passports;
using Headwater.Server.Dashboards;
using Headwater.Server.Problems;

namespace Headwater.Server.Api;

/// <summary>How the API writes and reads JSON: snake_case, and a field that nobody knows is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(SqlRequest))]
[JsonSerializable(typeof(MetricList))]
[JsonSerializable(typeof(MetricItem))]
[JsonSerializable(typeof(DimensionList))]
[JsonSerializable(typeof(DimensionValues))]
[JsonSerializable(typeof(DashboardList))]
[JsonSerializable(typeof(DashboardView))]
[JsonSerializable(typeof(TileSql))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunDetailItem))]
[JsonSerializable(typeof(SourceList))]
[JsonSerializable(typeof(LineageDocument))]
[JsonSerializable(typeof(PassportDocument))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;
