"""Front matter, shortcodes, template tags, MDX and addresses are no text; what stands beside them keeps its line and column."""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.markup import without_markup
from doseref.articles.model import Article
from doseref.articles.read import read_string

DOSE = "Naproxen 250 mg twice daily"


def places(text: str, kind: str = "markdown", path: str = "a.md") -> list[tuple[str, int, int]]:
    """Substance, line and column of every statement; a dose that is told counts as one without a substance."""
    found = extract(Article(path, "a", tuple(read_string(text, kind, path))))
    read = [(each.substances[0], each.line, each.column) for each in found.statements]
    return read + [("", each.location.line, each.location.column) for each in found.loose]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f'---\ntitle: "ibuprofen 9000 mg daily"\n---\n\n{DOSE}', 5, 10),
        (f'+++\ntitle = "ibuprofen 9000 mg daily"\n+++\n\n{DOSE}', 5, 10),
        (f'{{\n "title": "ibuprofen 9000 mg daily",\n "x": {{"y": "}}"}}\n}}\n\n{DOSE}', 6, 10),
        (f"<!-- by hand -->\n---\ndose: ibuprofen 9000 mg daily\n---\n\n{DOSE}", 6, 10),
        (f'{{{{< dose "ibuprofen 6000 mg daily" >}}}} {DOSE}', 1, 49),
        (f'{{{{% note title="ibuprofen 6000 mg daily" %}}}}\n{DOSE}\n{{{{% /note %}}}}', 2, 10),
        (f'{{% include dose.html text="ibuprofen 6000 mg daily" %}}\n\n{DOSE}', 3, 10),
        (f"{{% comment %}}\nIbuprofen 6000 mg daily\n\n- more\n{{% endcomment %}}\n\n{DOSE}", 7, 10),
        (f"{{{{ page.dose | default: 'ibuprofen 6000 mg daily' }}}} {DOSE}", 1, 63),
        (f"$$ibuprofen 6000 mg daily$$\n\n{DOSE}", 3, 10),
        (
            f"See https://example.org/ibuprofen-400-mg-daily and <https://example.org/tramadol-50-mg-daily>. {DOSE}",
            1,
            105,
        ),
        (f"[a page](https://example.org/ibuprofen-400-mg-daily 'tramadol 900 mg daily')\n\n{DOSE}", 3, 10),
        ("<p>Naproxen [250 mg](https://example.org/500-mg) twice daily</p>", 1, 14),
        ("Naproxen [250 mg](https://example.org/500-mg) twice daily", 1, 11),
        (f"<!-- ibuprofen 9000 mg daily -->\n\n{DOSE}", 3, 10),
        (f"```\nibuprofen 9000 mg daily\n```\n\n{DOSE}", 5, 10),
    ],
)
def test_only_the_dose_of_the_text_is_read(text: str, line: int, column: int) -> None:
    assert places(text) == [("naproxen", line, column)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f'import Dose from "./tramadol-900-mg-daily"\n\n{DOSE}', 3, 10),
        (f'export const x = "tramadol 900 mg daily"\n\n{DOSE}', 3, 10),
        (f'export const x = {{\n  dose: "tramadol 900 mg daily",\n}}\n\n{DOSE}', 5, 10),
        (f"{{/* tramadol 900 mg daily\n\nand more */}}\n\n{DOSE}", 5, 10),
        (f'<Dose text="ibuprofen 6000 mg daily" />\n\n{DOSE}', 3, 10),
        (f'{{"ibuprofen 9000 mg daily"}} {DOSE}', 1, 38),
        (f"{{doses.map(d => ({{ibuprofen: '9000 mg daily'}}))}}\n\n{DOSE}", 3, 10),
    ],
)
def test_mdx(text: str, line: int, column: int) -> None:
    assert places(text, path="a.mdx") == [("naproxen", line, column)]


def test_markdown_has_no_imports() -> None:
    assert places("export of ibuprofen 400 mg twice daily", path="a.mdx") == places(
        "export of ibuprofen 400 mg twice daily"
    )


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (f"😀💊 {DOSE}", 13),  # two characters, four units of UTF-16
        (f"e\u0301te\u0301: {DOSE}", 17),  # combining marks are characters of their own
        (f"-\t{DOSE}", 12),  # a tab is one character
        (f"> {DOSE}", 12),
    ],
)
def test_columns_count_characters(text: str, column: int) -> None:
    assert places(text) == [("naproxen", 1, column)]


@pytest.mark.parametrize("kind", ["markdown", "html", "text"])
def test_nothing_moves(kind: str) -> None:
    text = "a {{< b >}} c\n{% d %}\n  https://e.org/f g\n$$\nh\n$$\n\n{{ no end\n\n{% i %}"
    blank = without_markup(text, kind, "a.mdx")
    assert len(blank) == len(text)
    assert [len(line) for line in blank.split("\n")] == [len(line) for line in text.split("\n")]
    assert "f g"[2] in blank and "no end" in blank


@pytest.mark.parametrize(
    "part", ["{{", "{%", "{/*", "$$", "{{<", "{% comment %}", "](", "https://", "import x\n", "{", "---\n"]
)
def test_what_never_ends_costs_no_more_than_its_length(part: str) -> None:
    import time

    text = part * 40_000
    started = time.perf_counter()
    without_markup(text, "markdown", "a.mdx")
    assert time.perf_counter() - started < 5
