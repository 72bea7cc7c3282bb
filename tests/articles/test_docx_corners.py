"""Word files as Word writes them beside plain paragraphs: revisions, text boxes, controls, hidden and raised text, odd rows."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from doseref.articles.read import read_string
from doseref.articles.read_docx import read_docx
from doseref.errors import InputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def lines(*bodies: str) -> list[tuple[str, str]]:
    """Kind and text of every block of a file whose body is these elements."""
    document: Any = Document()
    for body in bodies:
        document.element.body.insert_element_before(parse_xml(body.replace(">", f" {W}>", 1)), "w:sectPr")
    out = io.BytesIO()
    document.save(out)
    return [(block.kind, block.text) for block in read_docx(out.getvalue(), "page.docx")]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_paragraphs_in_controls_and_insertions_are_read_and_deletions_are_not() -> None:
    inside = "<w:sdt><w:sdtContent><w:p>" + run("ibuprofen 400 mg") + "</w:p></w:sdtContent></w:sdt>"
    changed = f"<w:p><w:del>{run('800 mg')}</w:del><w:ins>{run('400 mg ')}</w:ins>{run('three times daily')}</w:p>"
    assert lines(inside, changed) == [("text", "ibuprofen 400 mg"), ("text", "400 mg three times daily")]


def test_hidden_and_struck_out_text_is_no_dose() -> None:
    """What nobody sees on the page is not read: 400 mg stays."""
    text = f"<w:p>{run('ibuprofen 400 mg ')}{run('800 mg ', '<w:vanish/>')}{run('1200 mg ', '<w:strike/>')}{run('daily')}</w:p>"
    assert lines(text) == [("text", "ibuprofen 400 mg daily")]


def test_raised_and_lowered_figures_stay_apart_from_the_number_before() -> None:
    raised, lowered = ("<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>")
    text = f"<w:p>{run('10')}{run('6', raised)}{run(' cells, B')}{run('12', lowered)}</w:p>"
    assert lines(text) == [("text", "10⁶ cells, B₁₂")]


def test_breaks_tabs_and_hyphens() -> None:
    text = "<w:p><w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>10 mg</w:t><w:tab/><w:t>daily</w:t><w:br/><w:t>ibuprofen</w:t></w:r></w:p>"
    assert lines(text) == [("text", "5\u201110 mg daily"), ("text", "ibuprofen")]


def test_an_outline_level_is_a_heading() -> None:
    text = "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>" + run("Ibuprofen") + "</w:p>"
    empty = "<w:p><w:pPr><w:jc w:val='left'/></w:pPr>" + run("plain") + run(" ") + "</w:p>"
    assert lines(text, empty, "<w:p></w:p>") == [("heading", "Ibuprofen"), ("text", "plain")]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p>" + run("max 1200 mg") + "</w:p></w:txbxContent>"
    text = (
        f"<w:p>{run('ibuprofen')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(text) == [("text", "ibuprofen"), ("text", "max 1200 mg")]


def test_rows_with_cells_in_controls_a_table_in_a_table_and_an_empty_row() -> None:
    cell = "<w:tc><w:p>" + run("{}") + "</w:p></w:tc>"
    inner = "<w:tbl><w:tr>" + cell.format("inner") + "</w:tr></w:tbl>"
    table = (
        "<w:tbl><w:tr><w:trPr/>" + cell.format("ibuprofen") + "<w:sdt><w:sdtContent>" + cell.format("400 mg") + "</w:sdtContent></w:sdt></w:tr>"
        "<w:tr>" + cell.format("") + cell.format("") + "</w:tr>"
        "<w:tr><w:tc>" + inner + "<w:p/></w:tc>" + cell.format("tds") + "</w:tr></w:tbl>"
    )  # fmt: skip
    assert lines(table) == [("row", "ibuprofen | 400 mg"), ("row", "inner | tds")]


def test_a_text_of_no_known_kind_is_refused() -> None:
    assert [block.text for block in read_string("ibuprofen 400 mg", kind="text")] == ["ibuprofen 400 mg"]
    with pytest.raises(InputError, match="no reader for 'wibble'"):
        read_string("ibuprofen 400 mg", kind="wibble")
