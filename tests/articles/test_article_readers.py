"""Readers: every word at its place, whatever the file is written in; and no file makes them stumble."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from doseref.articles.extract import extract
from doseref.articles.model import Article, Block
from doseref.articles.read import decode, read_article, read_string
from doseref.errors import InputError


def place(blocks: list[Block], word: str) -> tuple[int, int]:
    for block in blocks:
        for part in (*block.cells, block):
            if word in part.text:
                return part.place(part.text.index(word))
    raise AssertionError(f"{word!r} is in no block: {[block.text for block in blocks]}")


def statements(text: str, kind: str) -> list[tuple[str, str, int, int]]:
    found = extract(Article("x", "x", tuple(read_string(text, kind))))
    return [
        (statement.substances[0], statement.dosage_text, statement.line, statement.column)
        for statement in found.statements
    ]


def test_text_places() -> None:
    blocks = read_string("Title\n\n   Dosage: 400 mg every 6 hours\n", "text")
    assert place(blocks, "Title") == (1, 1)
    assert place(blocks, "400 mg") == (3, 12)


def test_markdown_places() -> None:
    text = "---\nx: 1\n---\n# Drugs\n\n| A | B |\n|---|---|\n| Ibuprofen | **400** mg |\n\n- one *two*\n  three\n"
    blocks = read_string(text, "markdown")
    assert place(blocks, "Drugs") == (4, 3)
    assert place(blocks, "400") == (8, 17)
    assert place(blocks, "mg") == (8, 23)
    assert place(blocks, "two") == (10, 8)
    assert place(blocks, "three") == (11, 3)


def test_html_places_through_tags_and_entities() -> None:
    text = "<html><body>\n<main><p>Take <b>4</b>00&nbsp;mg\n  every <i>6</i> hours</p></main></body></html>"
    blocks = read_string(text, "html")
    assert [block.text for block in blocks] == ["Take 400\u00a0mg every 6 hours"]
    assert place(blocks, "4") == (2, 18)
    assert place(blocks, "00") == (2, 23)
    assert place(blocks, "mg") == (2, 31)
    assert place(blocks, "every") == (3, 3)


def test_html_boilerplate_is_skipped_and_the_article_is_not() -> None:
    text = (
        "<nav>ibuprofen 1 mg daily</nav><header>ibuprofen 2 mg daily</header><article><header>Kept</header><aside>Box: ibuprofen 400 mg daily</aside></article>"
        "<footer>ibuprofen 3 mg daily</footer><script>ibuprofen 4 mg daily</script><p hidden>ibuprofen 5 mg daily</p><s>ibuprofen 6 mg daily</s>"
    )
    assert [block.text for block in read_string(text, "html")] == ["Kept", "Box: ibuprofen 400 mg daily"]


def test_a_box_at_the_side_is_the_article_s_where_the_page_is_the_article() -> None:
    box = "<p>Take care.</p><aside><p>Ibuprofen 400 mg daily</p></aside><aside class=sidebar><p>ibuprofen 1 mg daily</p></aside>"
    assert [block.text for block in read_string(box, "html")] == ["Take care.", "Ibuprofen 400 mg daily"]
    assert [block.text for block in read_string(f"<main><p>Kept</p></main>{box}", "html")] == ["Kept", "Take care."]


def test_table_spans_are_laid_out() -> None:
    text = (
        "<table><tr><th rowspan=2>Drug</th><th colspan=2>Adults</th></tr><tr><th>Dose</th><th>How often</th></tr>"
        "<tr><td rowspan=2>Ibuprofen</td><td>400 mg</td><td>twice daily</td></tr><tr><td>200 mg</td><td>three times daily</td></tr></table>"
    )
    rows = [[cell.text for cell in block.cells] for block in read_string(text, "html")]
    assert rows == [
        ["Drug", "Adults", "Adults"],
        ["Drug", "Dose", "How often"],
        ["Ibuprofen", "400 mg", "twice daily"],
        ["Ibuprofen", "200 mg", "three times daily"],
    ]
    assert [found[:2] for found in statements(text, "html")] == [
        ("ibuprofen", "400 mg twice daily"),
        ("ibuprofen", "200 mg three times daily"),
    ]


def test_missing_end_tags() -> None:
    text = "<ul><li>Ibuprofen: 400 mg three times daily<li>Naproxen: 250 mg twice daily</ul><p>Tramadol 50 mg twice daily<p>Aspirin 325 mg daily"
    assert [found[0] for found in statements(text, "html")] == ["ibuprofen", "naproxen", "tramadol", "aspirin"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbf5 \xc2\xb5g", "5 µg"),
        ("5 µg".encode("utf-16"), "5 µg"),
        ("ibuprofen 5 µg daily".encode("utf-16-le"), "ibuprofen 5 µg daily"),
        ("5 µg".encode("utf-32"), "5 µg"),
        (b"400\x96800 mg \xb5g", "400–800 mg µg"),
        (b"a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_encodings(content: bytes, text: str) -> None:
    assert decode(content) == text


def test_declared_encoding_of_html() -> None:
    assert decode("<meta charset=iso-8859-2>ąę".encode("iso-8859-2"), html=True).endswith("ąę")


def test_binary_is_refused() -> None:
    with pytest.raises(InputError, match="not a text file"):
        decode(b"\x7fELF\0\0\0\0" + bytes(range(128, 256)) * 4)


def test_missing_file_and_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_article(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="is a directory"):
        read_article(str(tmp_path))


def test_zip_bomb_and_broken_docx(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 20_000_000)
    path = tmp_path / "bomb.docx"
    path.write_bytes(bomb.getvalue())
    with pytest.raises(InputError, match="would unpack to 20,000,000 bytes, more than a document does"):
        read_article(str(path))
    for content in (b"", b"PK\x03\x04", b"<html>", bomb.getvalue()[:200]):
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_article(str(path))


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_any_bytes_give_blocks_or_an_input_error(kind: str) -> None:
    chance = random.Random(20)
    pieces = [
        b"<td>",
        b"</",
        b"<!--",
        b"&#x",
        b"Dosage: ",
        b"ibuprofen ",
        b"400 mg ",
        b"|",
        b"\n",
        b"- ",
        b"**",
        b"\xff",
        b"\xc2",
        b"]]>",
        b"every 6 hours",
        b"# ",
    ]
    for _ in range(150):
        content = b"".join(
            chance.choice(pieces) if chance.random() < 0.8 else bytes([chance.randrange(1, 256)])
            for _ in range(chance.randrange(60))
        )
        try:
            text = decode(content)
        except InputError:
            continue
        extract(Article("x", "x", tuple(read_string(text, kind))))


LONG = {
    "digits": "1" * 400_000,
    "spaces": "a" + " " * 400_000 + "b",
    "commas": "1," * 100_000,
    "names": "ibuprofen " * 30_000,
    "doses": "ibuprofen 400 mg every 6 hours, " * 10_000,
    "open tags": "<a " * 100_000,
    "open comments": "<!--a>" * 50_000,
    "brackets": "(" * 200_000,
}


@pytest.mark.parametrize("name", list(LONG))
@pytest.mark.parametrize("kind", ["text", "html"])
def test_long_lines_do_not_hang(name: str, kind: str) -> None:
    begun = time.monotonic()
    extract(Article("x", "x", tuple(read_string(LONG[name], kind))))
    assert time.monotonic() - begun < 20


def test_ignore_comment_covers_its_line_and_the_next_block() -> None:
    path = Path(__file__).parent / "corpus" / "painkillers.md"
    article = read_article(str(path))
    assert [(ignore.codes, ignore.reason, ignore.first, ignore.last) for ignore in article.ignores] == [
        (("A102",), "agreed with the pharmacist until the next review", 22, 23)
    ]
