"""Lists as Markdown writes them: names in bold, tables with a line of dashes below the header."""

from __future__ import annotations

from doseref.lists.files import read_file


def test_bold_is_no_part_of_a_line() -> None:
    text = b"- **Naproxen**: 500 mg bd\n**Omeprazole 20 mg** od\ntake 2 ** 3 daily\n"
    ((_, given),) = read_file("list.md", text)
    assert [each.text for each in given] == ["Naproxen: 500 mg bd", "Omeprazole 20 mg od", "take 2 ** 3 daily"]


def test_the_line_below_the_header_of_a_table_is_no_row() -> None:
    text = b"| Drug | Dose | Frequency |\n|:-----|:----:|---|\n| ibuprofen | 400 mg | tds |\n"
    ((_, given),) = read_file("list.md", text)
    assert [(each.text, each.columns) for each in given] == [("ibuprofen", (("dose", "400 mg"), ("frequency", "tds")))]


def test_lines_of_a_list_above_a_table_are_not_lost() -> None:
    """They may be medicines (alendronate daily), so they are refused; a title is only told."""
    text = b"# Discharge\n- **Alendronate** 70 mg od\n\n| Drug | Sig |\n|---|---|\n| ibuprofen | 400 mg tid |\n"
    ((_, given),) = read_file("list.md", text)
    assert [(each.text, bool(each.refused), bool(each.left_out)) for each in given] == [
        ("ibuprofen 400 mg tid", False, False),
        ("Alendronate 70 mg od", True, False),
        ("# Discharge", False, True),
    ]
