"""A report as a Word document (OOXML, ISO/IEC 29500): headings, paragraphs, tables with a marked heading row. Nothing else.

Written by hand, in six small parts: python-docx would bring lxml into the product for what is a zip file of fixed XML. Every text is
escaped, and what XML cannot hold is left out; there are no fields, links or macros, so nothing in a text can be run.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from samband.dialogue.services.reports import Report, Section, Table

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KIND = f"{MIME}.document"
WIDE = 9638  # twentieths of a point between the margins of an A4

RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELATIONS}"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MIME}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{MIME}.styles+xml"/>'
    f'<Override PartName="/docProps/core.xml" ContentType="{CORE}"/></Types>'
)
RELS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>'
)
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def docx(report: Report, language: str = "sv-SE") -> bytes:
    """The whole document; `language` as in BCP 47."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELS)
        file.writestr("word/_rels/document.xml.rels", DOCUMENT_RELS)
        file.writestr("word/styles.xml", _styles(language))
        file.writestr("word/document.xml", _document(report))
        file.writestr("docProps/core.xml", _properties(report, language))
    return out.getvalue()


def _text(text: str) -> str:
    return escape(UNSEEN.sub("", text))


def _run(text: str, bold: bool = False) -> str:
    marks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.splitlines() or [""])
    return f"<w:r>{marks}{lines}</w:r>"


def _paragraph(text: str, style: str = "", bold: bool = False) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{_run(text, bold)}</w:p>"


def _table(table: Table) -> str:
    """The first row is marked as heading, and comes again on the next page."""
    columns = max(1, len(table.columns))
    first = WIDE * 2 // (columns + 1) if columns > 1 else WIDE
    widths = [first, *([(WIDE - first) // (columns - 1)] * (columns - 1) if columns > 1 else [])]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = _row(table.columns, widths, True) + "".join(_row(row, widths) for row in table.rows)
    look = '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    caption = f"<w:tblCaption w:val={quoteattr(UNSEEN.sub('', table.caption))}/>" if table.caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{WIDE}" w:type="dxa"/>{look}{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )


def _row(cells: Iterable[str], widths: list[int], head: bool = False) -> str:
    mark = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, "Cell", head)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{mark}{drawn}</w:tr>"


def _section(section: Section) -> str:
    parts = [_paragraph(section.title, "Heading1" if section.level == 1 else "Heading2")]
    parts += [_paragraph(line) for line in section.lead]
    parts += [_table(table) for table in section.tables if table.rows]
    parts += [_paragraph(line, "ListBullet") for line in section.bullets]
    return "".join(parts)


def _document(report: Report) -> str:
    body = _paragraph(report.title, "Title") + "".join(_paragraph(line) for line in report.lead)
    body += "".join(_section(section) for section in report.sections)
    return f'{HEAD}<w:document xmlns:w="{W}"><w:body>{body}{PAGE}</w:body></w:document>'


def _style(
    key: str, name: str, size: int, *, bold: bool = False, level: int | None = None, before: int = 0, more: str = ""
) -> str:
    """`size` in half points, `before` in twentieths of a point, `level` of the outline from 0."""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    keep = "<w:keepNext/>" if level is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}<w:spacing w:before="{before}" w:after="60"/>{more}{outline}</w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _styles(language: str) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="857F6C"/>' for side in ("top", "bottom", "insideH")
    )
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
    defaults = f'<w:rPr>{fonts}<w:sz w:val="21"/><w:lang w:val="{language}"/></w:rPr>'
    plain = '<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Normal Table"/></w:style>'
    grid = (
        f'<w:name w:val="Table Grid"/><w:basedOn w:val="Plain"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    )
    normal = '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="100"/></w:pPr>'
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault></w:docDefaults>'
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal">{normal}</w:style>{plain}'
        f'<w:style w:type="table" w:styleId="Grid">{grid}</w:style>'
        + _style("Title", "Title", 40, bold=True)
        + _style("Heading1", "heading 1", 28, bold=True, level=0, before=320)
        + _style("Heading2", "heading 2", 23, bold=True, level=1, before=240)
        + _style("Cell", "Cell", 19)
        + _style("ListBullet", "List Bullet", 21, more='<w:ind w:left="284"/>')
        + "</w:styles>"
    )


def _properties(report: Report, language: str) -> str:
    names = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return (
        f"{HEAD}<cp:coreProperties {names}><dc:title>{_text(report.title)}</dc:title><dc:creator>Samband</dc:creator>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )
