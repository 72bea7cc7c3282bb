"""The page of what the data cover is the one that the tables make."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.tables.coverage import BEGIN, END, brief, page, with_brief

ROOT = Path(__file__).parents[2]


def test_the_page_is_that_of_the_tables() -> None:
    shown = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert shown == page(ROOT / "data"), "mend: python -m doseref.tables.coverage"


def test_the_readme_shows_the_short_form_of_it() -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert shown == with_brief(shown, ROOT / "data"), "mend: python -m doseref.tables.coverage"


def test_the_short_form_counts_what_is_there(tmp_path: Path) -> None:
    tables = {
        "substances": "id,kind\na,drug\nb,drug\nc,supplement\n", "names": "name\nx\n", "products": "id\np\np\nq\n",
        "limits": "substance,kind\na,maximum\na,maximum\na,usual-top\nb,titrated\n", "sources": "id\ns\nt\n",
        "drugs": "id\nl/drug/01\nl/drug/01\n", "supplements": "id\nl/supplement/01\n",
    }  # fmt: skip
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    made = brief(tmp_path)
    assert "| known by name | 2 drugs, 1 supplements and 0 biologics; 1 brands, salts and other names |" in made
    assert "| composition known | 2 products |" in made
    assert "| dosing statements of the four articles | 2 |" in made
    assert "| limits of labels and authorities | 4, for 2 substances; a stated maximum for 1 of them |" in made
    assert with_brief(f"a\n{BEGIN}old\n{END}\nb\n", tmp_path) == f"a\n{BEGIN}{made}{END}\nb\n"
    with pytest.raises(ValueError, match="no place"):
        with_brief("a README without a place", tmp_path)


def test_it_counts_what_is_there(tmp_path: Path) -> None:
    tables = {
        "substances": "id,kind\na,drug\nb,drug\nc,supplement\n", "names": "name\nx\n", "products": "id\np\np\n",
        "limits": "substance,source,country,kind,readings\na,s,US,maximum,2\na,s,US,usual-top,1\nb,t,GB,maximum,\n",
        "sources": "id,tier\ns,label\nt,secondary\n", "stacks": "id\n", "strengths": "substance\na\na\n",
    }  # fmt: skip
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    made = page(tmp_path)
    assert "| substances: drug | 2 |" in made
    assert "| products with their composition | 1 |" in made
    assert "| US | 2 | 0 | 0 | 0 | 0 | 0 |" in made
    assert "| maximum | 2 | 2 |" in made
    assert "Of 3 rows, 2 say how often they were read independently; 1 of these" in made
