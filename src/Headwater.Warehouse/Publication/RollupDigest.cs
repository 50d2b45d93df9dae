using System.Security.Cryptography;
using System.Text;

namespace Headwater.Warehouse.Publication;

/// <summary>Tells definitions of rollups apart by the SQL that fills them.</summary>
internal static class RollupDigest
{
    public static string Of(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
}
