"""What a parse did: which production took which words, which refinement changed what; and nothing of it where it is not asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from doseref import reference
from doseref.cli.main import build
from doseref.dosage.refine import REFINEMENTS
from doseref.dosage.trace import Trace, productions

SIGS = Path(__file__).parents[1] / "sigs"


def traced(text: str) -> Trace:
    trace = Trace()
    reference().parse(text, trace=trace)
    return trace


def test_which_production_took_which_words() -> None:
    trace = traced("Take 2 tablets every 4-6 hours as needed")
    assert trace.tokens == [
        ("Take", "TAKE"), ("2", "NUM"), ("tablets", "C"), ("every", "EVERY"), ("4", "NUM"), ("-", "DASH"), ("6", "NUM"), ("hours", "T"),
        ("as needed", "PRN"),
    ]  # fmt: skip
    items = [(taken.words, taken.production, taken.where) for taken in trace.taken if taken.depth == 0]
    assert items == [
        ("Take", "method", "routes.method"),
        ("2 tablets", "amount", "doses.amount"),
        ("every 4-6 hours", "every-item", "choices.every"),
        ("as needed", "as-needed", "as_needed.as_needed"),
    ]
    assert ("4-6", "span") in [(taken.words, taken.production) for taken in trace.taken]


def test_which_refinement_changed_what() -> None:
    trace = traced("50 mg three times daily or 75 mg")
    assert [(changed.step, changed.what) for changed in trace.changed] == [
        ("dose_without_count", ("dose: nothing → 50 mg",)),
        ("dose_without_count", ("dose: nothing → 75 mg",)),
        ("times_of_alternative", ("times: nothing → 3–3 in 1 d",)),
    ]


def test_a_contradiction_names_the_step_that_told_it() -> None:
    trace = traced("1 tablet 30 times a day")
    assert trace.changed[-1].step == "too_many_times"
    assert trace.changed[-1].what == ("told: so many times a day are implausible",)


def test_a_trace_changes_no_reading() -> None:
    for table in sorted(SIGS.glob("*.tsv")):
        for line in table.read_text(encoding="utf-8").splitlines()[1:]:
            text = line.split("\t")[0].replace("\\n", "\n").replace("\\t", "\t")
            if text and not text.startswith("#"):
                trace = Trace()
                assert reference().parse(text, trace=trace) == reference().parse(text), text
                assert all(taken.words for taken in trace.taken), text


def test_nothing_is_watched_without_a_trace() -> None:
    seen: list[str] = []
    sys.setprofile(lambda frame, event, _: seen.append(event) if frame.f_code.co_name == "following" else None)
    try:
        reference().parse("2 tablets twice daily")
    finally:
        sys.setprofile(None)
    assert seen == []
    traced("2 tablets twice daily")
    assert sys.getprofile() is None


def test_steps_and_productions_have_names_of_their_own_and_say_what_they_do() -> None:
    assert len({step.__name__ for step in REFINEMENTS}) == len(REFINEMENTS)
    assert all(step.__doc__ and len(step.__doc__) > 30 for step in REFINEMENTS)
    assert len(productions()) > 90


@pytest.mark.parametrize(("extra", "code"), [([], 0), (["--strict"], 1), (["--fail-on", "warning"], 1)])
def test_the_command_prints_all_three_parts(extra: list[str], code: int) -> None:
    words = ["parse", "--trace", *extra, "400 mg wibble twice daily"]
    done = CliRunner().invoke(build(words), words)
    assert done.exit_code == code
    for part in (
        "  tokens\n",
        "    wibble  WORD\n",
        "  productions\n",
        "  refinements\n    dose_without_count  dose: nothing → 400 mg\n",
    ):
        assert part in done.output


def test_a_trace_is_text() -> None:
    words = ["parse", "--trace", "--format", "json", "400 mg"]
    result = CliRunner().invoke(build(words), words)
    assert result.exit_code != 0
