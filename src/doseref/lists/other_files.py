"""Files that are no list: what they are, known by their first bytes or their names, and what to do with what is in them."""

from __future__ import annotations

from pathlib import Path

from doseref.errors import InputError

_PASTE = "copy the list out of it and paste it into a text file, one item a line (a table: save it as CSV or .xlsx)"
_BEGIN = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Word or Excel file"),
)
_IN_ZIP = ((b"word/", "a Word file"), (b"content.xml", "an OpenDocument file"), (b"ppt/", "a PowerPoint file"))
_ENDS = {
    ".docx": "a Word file",
    ".doc": "a Word file",
    ".odt": "an OpenDocument file",
    ".pdf": "a PDF file",
    ".rtf": "an RTF file",
}
_ZIP = b"PK\x03\x04"


def demand_list(path: str, content: bytes) -> None:
    """Raises :class:`InputError` for a file that cannot be a list of medicines, with what to do instead."""
    kind = next((what for begin, what in _BEGIN if content.startswith(begin)), "")
    if not kind and content.startswith(_ZIP):
        kind = _ENDS.get(Path(path).suffix.lower(), "") or next(
            (what for name, what in _IN_ZIP if name in content), "a zip file"
        )
    if kind:
        more = " ('doseref extract' reads articles in Word)" if kind == "a Word file" else ""
        raise InputError(f"this is {kind}, which is not read as a list{more}: {_PASTE}", path=path)
