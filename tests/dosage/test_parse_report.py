"""What ``doseref parse`` shows: whole reports, carets included."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

from doseref.dosage.model import Dosage, Maximum, Option, Phase, Problem, Target, Times
from doseref.quantities import DAY, Range
from doseref.reports.parse_text import dosage_report, parse_report

D = Decimal
TWICE = Times(D(2), D(2), D(1), "d")


def test_what_was_not_understood_is_underlined() -> None:
    text = "500 mg wibble bid"
    dosage = Dosage(
        text,
        "partly-read",
        (Phase(1, (Option(dose=Range.of(500, "mg"), times=TWICE),)),),
        problems=(Problem("not a word of the dosage language", 7, 13),),
    )
    assert dosage_report(dosage) == (
        "500 mg wibble bid\n"
        "       ^~~~~~\n"
        "  read in part\n"
        "  500 mg twice a day\n"
        "  not understood: 'wibble' (column 8): not a word of the dosage language\n"
    )


def test_phases_one_below_the_other_then_what_holds_for_all() -> None:
    first = Phase(1, (Option(dose=Range.of(300, "mg"), times=Times(D(1), D(1), D(1), "d")),), 1, 1)
    then = Phase(2, (Option(dose=Range.of(300, "mg"), times=TWICE),))
    dosage = Dosage(
        "300 mg QD day 1, then 300 mg bid",
        "read",
        (first, then),
        Target(D(900), D(1800), "mg", True),
        (Maximum(D(3600), "mg", DAY),),
        problems=(Problem("write 'daily': QD is mistaken for QID", 7, 9, "notation"),),
    )
    assert dosage_report(dosage) == (
        "300 mg QD day 1, then 300 mg bid\n"
        "  first 300 mg once a day on day 1\n"
        "  then  300 mg twice a day\n"
        "  titrate to 900 to 1,800 mg per day\n"
        "  maximum 3,600 mg per day\n"
        "  notation: 'QD' (column 8): write 'daily': QD is mistaken for QID\n"
    )


def test_a_long_text_goes_on_in_the_next_line_with_its_underline() -> None:
    text = "one two three four five six seven"
    dosage = Dosage(text, "unread", problems=(Problem("nothing here could be read", 14, 23),))
    assert dosage_report(dosage, columns=20) == (
        "one two three four\n"
        "              ^~~~\n"
        "five six seven\n"
        "~~~~\n"
        "  not read\n"
        "  not understood: 'four five' (column 15): nothing here could be read\n"
    )


def test_nothing_that_a_terminal_acts_on_is_printed() -> None:
    dosage = Dosage("5 mg \x1b[31mbid", "unread", problems=(Problem("no", 5, 6),))
    assert "\x1b" not in dosage_report(dosage)


def test_several_end_with_a_count() -> None:
    assert parse_report([Dosage("", "unread"), Dosage("", "unread")]).endswith("\n2 dosages: 2 not read\n")


def test_many_problems_in_a_long_line_take_linear_time() -> None:
    text = "a " * 100_000
    dosage = Dosage(text, "unread", problems=tuple(Problem("no", at, at + 1) for at in range(0, len(text), 10)))
    began = process_time()
    dosage_report(dosage)
    # The square of this would be minutes.
    assert process_time() - began < 5
