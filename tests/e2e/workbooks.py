"""Writes .xlsx workbooks with the standard library alone, after ECMA-376: enough for tests."""

import zipfile
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _cell(place, value):
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _sheet(rows):
    body = "".join(
        f'<row r="{number}">' + "".join(_cell(chr(ord("A") + i) + str(number), value)
                                        for i, value in enumerate(row) if value not in (None, "")) + "</row>"
        for number, row in enumerate(rows, start=1) if row)
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def write(path, sheets, padding=0):
    """sheets: [(name, [[cell, …], …])], at most 26 columns; empty cells are left out as spreadsheet programs do.
    padding: bytes of blanks in a further file."""
    parts, names, relations = "", "", ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for number, (name, rows) in enumerate(sheets, start=1):
            book.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
            parts += (f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.'
                      'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>')
            names += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            relations += (f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
                          f'Target="worksheets/sheet{number}.xml"/>')
        book.writestr("[Content_Types].xml",
                      f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
                      'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                      f'spreadsheetml.sheet.main+xml"/>{parts}</Types>')
        book.writestr("_rels/.rels",
                      f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
                      f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml",
                      f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels",
                      f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>')
        if padding:
            book.writestr("xl/media/padding", b" " * padding)
