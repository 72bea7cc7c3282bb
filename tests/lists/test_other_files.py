"""Files that are no list are refused with what they are and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from doseref.errors import InputError
from doseref.lists.files import read_file


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return out.getvalue()


NOISE = bytes(range(256))


@pytest.mark.parametrize(
    ("path", "content", "what"),
    [
        ("letter.docx", _zip("[Content_Types].xml", "word/document.xml"), "a Word file, which is not read as a list \\('doseref extract' reads"),
        ("letter.txt", _zip("[Content_Types].xml", "word/document.xml"), "a Word file"),
        ("letter.odt", _zip("content.xml"), "an OpenDocument file"),
        ("slides.pptx", _zip("ppt/presentation.xml"), "a PowerPoint file"),
        ("all.zip", _zip("list.csv"), "a zip file"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "an older Word or Excel file"),
        ("letter.pdf", b"%PDF-1.7\n" + NOISE, "a PDF file"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + NOISE, "a picture"),
        ("scan.jpg", b"\xff\xd8\xff\xe0" + NOISE, "a picture"),
        ("letter.rtf", rb"{\rtf1 paracetamol 1 g qds}", "an RTF file"),
    ],
)  # fmt: skip
def test_what_is_no_list_says_what_it_is(path: str, content: bytes, what: str) -> None:
    """A Word letter was "neither UTF-8 nor Windows-1252 text; save it as UTF-8"."""
    with pytest.raises(InputError, match=rf"^{path}: this is {what}.*paste it into a text file"):
        read_file(path, content)


def test_text_that_begins_like_one_is_read() -> None:
    ((_, given),) = read_file("list.txt", b"PK Merz 100 mg daily\n")
    assert [each.text for each in given] == ["PK Merz 100 mg daily"]
