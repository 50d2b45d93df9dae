using Headwater.DuckDb.Errors;

namespace Headwater.DuckDb.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("selec 1", DuckDbErrorKind.Parser, "selec")]
    [InlineData("select 'äöü 🎉', nope", DuckDbErrorKind.Binder, "nope")]
    [InlineData("select * from nope", DuckDbErrorKind.Catalog, "nope")]
    [InlineData("select nofn(1)", DuckDbErrorKind.Catalog, "nofn")]
    [InlineData("select 1;\nselect 2 from nope", DuckDbErrorKind.Catalog, "nope")]
    [InlineData("select cast(s as int) from (values ('1'), ('zz')) t(s)", DuckDbErrorKind.Conversion, "cast")]
    public void An_error_names_its_kind_and_its_place(string sql, DuckDbErrorKind kind, string at)
    {
        using var engine = new Engine();
        var error = Assert.Throws<DuckDbException>(() => engine.Execute(sql));
        Assert.Equal(kind, error.Kind);
        Assert.Equal(sql.LastIndexOf(at, StringComparison.Ordinal), error.Position);
        Assert.StartsWith($"{kind} Error: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("insert into keyed values (1), (1)", DuckDbErrorKind.Constraint)]
    [InlineData("select 1::tinyint * 1000000000000::bigint * 10000000000::bigint", DuckDbErrorKind.OutOfRange)]
    [InlineData("select error('boo')", DuckDbErrorKind.InvalidInput)]
    [InlineData("select $1", DuckDbErrorKind.InvalidInput)]
    [InlineData("commit", DuckDbErrorKind.Transaction)]
    [InlineData("from read_csv('/no/such/file.csv')", DuckDbErrorKind.IO)]
    public void An_error_while_running_is_typed(string sql, DuckDbErrorKind kind)
    {
        using var engine = new Engine();
        engine.Execute("create table keyed(id int primary key)");
        Assert.Equal(kind, Assert.Throws<DuckDbException>(() => engine.Execute(sql)).Kind);
    }

    [Fact]
    public void A_statement_with_a_NUL_character_is_refused_and_not_cut_off_there()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int)");
        var error = Assert.Throws<DuckDbException>(() => engine.Execute("delete from t\0where false"));
        Assert.Equal(DuckDbErrorKind.Parser, error.Kind);
        Assert.Equal(13, error.Position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing")]
    [InlineData("select 1; select 2")]
    public void Only_a_single_statement_can_be_prepared(string sql)
    {
        using var engine = new Engine();
        Assert.Throws<DuckDbException>(() => engine.Connection.Prepare(sql));
    }

    [Fact]
    public void The_connection_works_on_after_an_error()
    {
        using var engine = new Engine();
        Assert.Throws<DuckDbException>(() => engine.Execute("select * from nope"));
        Assert.Equal("1", engine.Text("select '1'"));
    }
}
