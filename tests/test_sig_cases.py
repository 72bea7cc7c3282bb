"""Reads the tables of ``tests/sigs`` (text → reading, worked out by hand) and holds the parser against every line.

``python tests/test_sig_cases.py [--fails] [group …]`` prints, per group, how many lines are right, are
said not to be understood in full (with nothing wrong, or with a wrong value), and are wrong while said to be read.
The notation of a reading is described in ``tests/sigs/README.md``.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

if __name__ == "__main__":  # as a script there is no pytest to set the path
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from sig_notation import ReadingError, differences, parse_reading, states_a_wrong_value

SIGS = Path(__file__).parent / "sigs"


class Case(NamedTuple):
    """One line of a table."""

    group: str
    line: int
    text: str
    reading: str
    note: str

    @property
    def id(self) -> str:
        return f"{self.group}:{self.line}"


# --- the tables -------------------------------------------------------------------------------------------------------


def cases(folder: Path = SIGS) -> list[Case]:
    """Every case of every table, in order."""
    return [case for path in sorted(folder.glob("*.tsv")) for case in _table(path)]


def _table(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#") or number == 1:
            continue
        cells = line.split("\t")
        if len(cells) not in (2, 3):
            raise ReadingError(f"{path.name}:{number}: {len(cells)} cells instead of 2 or 3")
        yield Case(path.stem, number, _unescaped(cells[0]), cells[1], cells[2] if len(cells) == 3 else "")


def _unescaped(text: str) -> str:
    r"""``\t``, ``\n``, ``\uXXXX`` stand for what cannot be seen in a table."""
    if "\\" not in text:
        return text
    out, at = [], 0
    while at < len(text):
        two = text[at : at + 2]
        if two in ("\\t", "\\n", "\\\\"):
            out.append({"\\t": "\t", "\\n": "\n", "\\\\": "\\"}[two])
            at += 2
        elif two == "\\u":
            out.append(chr(int(text[at + 2 : at + 6], 16)))
            at += 6
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


CASES = cases()


def test_tables_are_written_in_the_notation() -> None:
    faults = []
    for case in CASES:
        try:
            parse_reading(case.reading)
        except (ReadingError, ValueError, KeyError, IndexError) as error:
            faults.append(f"{case.id}: {error}")
        if " // " in case.reading and not case.note:
            faults.append(f"{case.id}: more than one reading is accepted and no note says why")
    assert not faults, "\n".join(faults)


def test_no_text_stands_twice() -> None:
    seen: dict[str, Case] = {}
    twice = [f"{case.id} repeats {seen[case.text].id}" for case in CASES if seen.setdefault(case.text, case) != case]
    assert not twice, "\n".join(twice)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 800


def parsed(text: str, seconds: float = 5) -> dict[str, Any]:
    """The JSON of the parse; ``TimeoutError`` where it takes longer than ``seconds`` (a line takes some 50 µs)."""
    from doseref import parse

    def late(*_: object) -> None:
        raise TimeoutError(f"not read within {seconds} s: {text!r}")

    if not hasattr(signal, "setitimer"):  # no timer on Windows: a hang is then the test runner's to end
        return parse(text).to_json()
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return parse(text).to_json()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_reading(case: Case) -> None:
    found = differences(parse_reading(case.reading), parsed(case.text))
    assert not found, f"{case.text!r}\n  should read  {case.reading}\n  " + "\n  ".join(found)


# --- the notation itself ----------------------------------------------------------------------------------------------


def _actual(**fields: Any) -> dict[str, Any]:
    option: dict[str, Any] = dict.fromkeys(
        ("dose", "count", "times", "every", "route", "form", "release", "prn_for", "duration", "doses_total")
    )
    option |= {"strengths": [], "per_day": False, "when": [], "at": [], "days": [], "prn": False} | fields
    phase = {"sequence": 1, "from_day": None, "to_day": None, "options": [option]}
    return {"status": "read", "phases": [phase], "target": None, "maximum": [], "longest": None, "problems": []}


def _of(low: Any, high: Any, unit: str) -> dict[str, Any]:
    return {"low": low, "high": high, "unit": unit}


DAILY_3_TO_4 = {"low": 3, "high": 4, "period": 1, "unit": "d"}


def test_a_reading_that_fits() -> None:
    actual = _actual(
        count=_of(1, 2, "{tablet}"), form="tablet", strengths=[{"substance": None, "amount": 0.5, "unit": "g"}],
        times=DAILY_3_TO_4, route="oral", when=["C"], prn=True, prn_for="pain", duration=_of(5, 5, "d"),
    )  # fmt: skip
    actual["maximum"] = [{"amount": 8, "unit": "{tablet}", "substance": None, "per": {"value": 24, "unit": "h"}}]
    reading = "count 1-2 {tablet}; strength 500 mg; times 3-4/1 d; oral; when C; prn pain; for 5 d ;; max 8 {tablet}/d"
    assert differences(parse_reading(reading), actual) == []


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        ("dose 5 mg", "times: (3 4 (24 h) (24 h)) instead of None"),
        ("dose 6 mg; times 3-4/1 d", "dose: (5 5 mass) instead of (6 6 mass)"),
        ("dose 5 mg/d; times 3-4/1 d", "per_day: False instead of True"),
        ("dose 5 mg; times 3-4/1 d; oral", "route: None instead of oral"),
        ("dose 5 mg; times 3-4/1 d ;; max 20 mg/d", "maximum: () instead of ((20 mass (24 h) None))"),
        ("dose 5 mg; times 3-4/1 d ;; status unread", "status: read instead of unread"),
        ("dose 5 mg; times 3-4/1 d ;; problem ambiguous", "no problem of kind ambiguous"),
    ],
)
def test_a_difference_is_told(reading: str, message: str) -> None:
    actual = _actual(dose=_of(5, 5, "mg"), times=DAILY_3_TO_4)
    assert differences(parse_reading(reading), actual) == [message]


@pytest.mark.parametrize(
    "reading",
    ["dose 5 mg; times 3-4/1 d; oral?", "dose 0.005 g; times 3-4/1 d", "dose 6 mg // dose 5 mg; times *", "any"],
)
def test_what_is_accepted_besides(reading: str) -> None:
    assert differences(parse_reading(reading), _actual(dose=_of(5, 5, "mg"), times=DAILY_3_TO_4)) == []


def test_phases_and_alternatives() -> None:
    first = parse_reading("dose 300 mg; day 1 >> dose 300 mg; times 2/1 d; day 2- ++ dose 5 mg || dose 10 mg")[0]
    assert first.phases is not None
    assert [phase["sequence"] for phase in first.phases] == [1, 2, 2]
    assert [phase["day"] for phase in first.phases] == [[(1, 1)], [(2, None)], [(None, None)]]
    assert [len(phase["options"]) for phase in first.phases] == [1, 1, 2]


def test_missing_is_told_from_wrong() -> None:
    actual = _actual(dose=_of(5, 5, "mg"))
    assert not states_a_wrong_value(differences(parse_reading("dose 5 mg; times 3/1 d; oral"), actual))
    assert states_a_wrong_value(differences(parse_reading("dose 6 mg"), actual))


@pytest.mark.parametrize(
    "reading", ["doze 5 mg", "dose five mg", "dose 5 mgs", "when BED", "route nosewards", "step sideways"]
)
def test_a_slip_in_a_reading_is_refused(reading: str) -> None:
    with pytest.raises(ReadingError):
        parse_reading(reading)


# --- the summary ------------------------------------------------------------------------------------------------------


OUTCOMES = ("right", "missing", "partly wrong", "wrong")
"""Right; said to be partly read or unread, with no wrong value; so, with a wrong value; said to be read and not right."""


def _outcome(case: Case, fails: bool) -> str:
    try:
        actual = parsed(case.text)
    except Exception as error:  # a crash is counted as wrong and shown: the summary must go on
        print(f"CRASH {case.id}\t{case.text!r}: {type(error).__name__}: {error}")
        return "wrong"
    found = differences(parse_reading(case.reading), actual)
    if not found:
        return "right"
    outcome = "wrong" if actual["status"] == "read" else "partly wrong" if states_a_wrong_value(found) else "missing"
    if fails:
        told = "; ".join(f"{one['message']} [{case.text[one['start'] : one['end']]}]" for one in actual["problems"])
        lines = [f"{outcome.upper()} {case.id}\t{case.text!r}", case.reading, *found, *([f"({told})"] if told else [])]
        print("\n    ".join(lines))
    return outcome


def main(arguments: list[str]) -> None:
    """Prints the table of outcomes; ``--fails`` also prints each line that is not right."""
    fails = "--fails" in arguments
    groups = [one for one in arguments if not one.startswith("-")]
    table: dict[str, dict[str, int]] = {}
    for case in CASES:
        if groups and case.group not in groups:
            continue
        row = table.setdefault(case.group, dict.fromkeys(OUTCOMES, 0))
        row[_outcome(case, fails)] += 1
    table["all"] = {name: sum(row[name] for row in table.values()) for name in OUTCOMES}
    print(f"{'group':<14}" + "".join(f"{name:>14}" for name in (*OUTCOMES, "total")))
    for group, row in table.items():
        total = sum(row.values())
        share = f"{100 * row['right'] / total:7.1f} %" if total else ""
        print(f"{group:<14}" + "".join(f"{row[name]:>14}" for name in OUTCOMES) + f"{total:>14}{share}")


if __name__ == "__main__":
    main(sys.argv[1:])
