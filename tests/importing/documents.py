"""Word documents made for a test."""

import io
import zipfile

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f'<w:styles xmlns:w="{WORDS}"><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>'
STYLE_RELATION = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'


def paragraph(text: str, *, heading: bool = False, bold: bool = False) -> str:
    style = '<w:pPr><w:pStyle w:val="2"/></w:pPr>' if heading else ""
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p>{style}<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, *, doctype: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return a document with the body, and with more parts than Word would write."""
    document = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    content = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": STYLE_RELATION,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (content | (parts or {})).items():
            archive.writestr(name, data)
    return file.getvalue()
