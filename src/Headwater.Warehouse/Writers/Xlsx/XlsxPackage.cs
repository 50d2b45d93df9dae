using System.Security;
using System.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>The parts of a workbook around its sheet, and the styles that cells name by number.</summary>
internal static class XlsxPackage
{
    public const string SheetPath = "xl/worksheets/sheet1.xml";

    public const int HeaderStyle = 1;
    public const int DateStyle = 2;
    public const int TimestampStyle = 3;
    public const int TimeStyle = 4;
    public const int TextStyle = 5;

    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const int MaxSheetName = 31;

    // The places of the styles are the constants above. quotePrefix is what Excel sets for text typed with a leading quote.
    private const string Styles = $"""
        {Declaration}<styleSheet xmlns="{Main}">
        <numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="6">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" quotePrefix="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>
        </cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;

    public static IEnumerable<(string Path, byte[] Content)> Parts(string sheetName)
    {
        yield return Part(
            "[Content_Types].xml",
            $"""
            {Declaration}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/><Override PartName="/{SheetPath}" ContentType="{Type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Type}.styles+xml"/></Types>
            """
        );
        yield return Part(
            "_rels/.rels",
            $"""
            {Declaration}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        );
        yield return Part(
            "xl/workbook.xml",
            $"""
            {Declaration}<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{SecurityElement.Escape(
                SheetName(sheetName)
            )}" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
        );
        yield return Part(
            "xl/_rels/workbook.xml.rels",
            $"""
            {Declaration}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
            """
        );
        yield return Part("xl/styles.xml", Styles);
    }

    private static (string Path, byte[] Content) Part(string path, string text) => (path, Encoding.UTF8.GetBytes(text));

    private static string SheetName(string name)
    {
        var allowed = name.Select(character =>
            char.IsControl(character) || @"[]:*?/\'".Contains(character) ? ' ' : character
        );
        var clean = string.Concat(allowed).Trim();
        return clean.Length == 0 ? "Result"
            : clean.Length > MaxSheetName ? clean[..MaxSheetName]
            : clean;
    }
}
