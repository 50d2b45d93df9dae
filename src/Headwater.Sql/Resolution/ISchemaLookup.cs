namespace Headwater.Sql.Resolution;

/// <summary>What the relations outside a query are made of.</summary>
public interface ISchemaLookup
{
    /// <summary>The relation of a name as written in a query; null when there is none.</summary>
    RelationSchema? Find(QualifiedName name);
}

/// <summary>A relation outside the query.</summary>
/// <param name="Relation">The name under which its columns appear in answers.</param>
/// <param name="Columns">Its columns in order, as the engine keeps their names; null when they are not known.</param>
public sealed record RelationSchema(string Relation, IReadOnlyList<string>? Columns);
