"""Only what a command needs is imported, and user text reaches no expression parser."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

import doseref
from doseref import units

HEAVY = ("pandas", "numpy", "pint", "rapidfuzz", "rich", "bs4", "docx", "openpyxl", "markdown_it", "charset_normalizer")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "ibuprofen 400 mg every 8 hours"],
        ["parse", "400 mg every 8 hours"],
        ["validate"],
        ["show", "naproxen"],
    ],
)
def test_no_heavy_module_is_imported(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom doseref.cli.main import run\n"
        f"sys.argv = ['doseref', *{arguments!r}]\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "HEAVY []"


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9 mg daily",
        "ibuprofen 9**9**9 mg daily",
        "__import__('os') 5 mg",
        "acetaminophen 1e400 mg q6h",
        "ibuprofen NaN mg",
    ],
)
def test_hostile_amounts_are_not_read(text: str) -> None:
    result = doseref.check([text])
    assert result.regimens[0].totals == ()
    assert result.regimens[0].items[0].status == "unread"


def test_a_gram_is_a_thousand_milligrams_and_a_thousand_micrograms_one() -> None:
    assert units.convert(Decimal("0.5"), "g", "mg") == Decimal(500)
    assert units.convert(Decimal(500000), "ug", "mg") == Decimal(500)
    assert Decimal("0.1") * 3 == Decimal("0.3")
