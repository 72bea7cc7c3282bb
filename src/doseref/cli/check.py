"""``doseref check``: judge a regimen."""

# Annotations are evaluated here, once: typer would compile and evaluate the text of each when the command is built.
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any

import typer

from doseref.cli import common
from doseref.errors import UsageError

FORMATS = tuple("text json jsonl csv markdown html xlsx fhir concise github gitlab junit sarif".split())


def check(
    items: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ITEM",
            help="Drug, strength and sig; one each. '-' reads standard input; none on a terminal: type them.",
        ),
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            "-f",
            metavar="FILE",
            help="txt, csv, tsv, xlsx, parquet, json, jsonl or FHIR; '-' is standard input. May be repeated.",
        ),
    ] = None,
    mapping: common.MappingOption = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=", ".join(FORMATS) + ".", show_default=common.BY_ENDING),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a CSV file with a byte order mark, for spreadsheets that need one.")
    ] = False,
    fhir_version: common.FhirVersionOption = "R5",
    output: common.OutputOption = None,
    policy: common.PolicyOption = "strictest",
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Judge by this one source (same as --policy ID).")
    ] = None,
    country: common.CountryOption = None,
    otc: common.OtcOption = False,
    as_of: common.AsOfOption = None,
    age: Annotated[
        str | None, typer.Option("--age", metavar="YEARS", help="Age of the person (or '18 months').")
    ] = None,
    weight: Annotated[
        str | None, typer.Option("--weight", metavar="KG", help="Body weight, for doses per kilogram.")
    ] = None,
    pregnant: Annotated[bool, typer.Option("--pregnant", help="The person is pregnant.")] = False,
    egfr: Annotated[str | None, typer.Option("--egfr", metavar="ML_MIN", help="eGFR in mL/min/1.73 m².")] = None,
    crcl: Annotated[
        str | None, typer.Option("--crcl", metavar="ML_MIN", help="Creatinine clearance in mL/min; before the eGFR.")
    ] = None,
    sex: Annotated[
        str | None, typer.Option("--sex", metavar="SEX", help="female or male, for the creatinine clearance.")
    ] = None,
    creatinine: Annotated[
        str | None,
        typer.Option("--creatinine", metavar="MG_DL", help="Serum creatinine; with age, weight and sex the clearance."),
    ] = None,
    hepatic: Annotated[bool, typer.Option("--hepatic", help="The person has liver disease.")] = False,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="HH:MM", help="When does the next dose fit? Needs --taken or a column."),
    ] = None,
    taken: Annotated[
        list[str] | None,
        typer.Option(
            "--taken",
            metavar="DOSES",
            help="What was taken of an item: '08:00 1 g, 12:00 1 g', or '12:00 ibuprofen 400 mg'; once for each item.",
        ),
    ] = None,
    accept_suggestions: common.AcceptSuggestionsOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show what is for information only as well (text, concise).")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show bar, sources and working of every total (text).")
    ] = False,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="SEVERITY",
            help="Leave out people without an error, or a warning (text); all are counted.",
        ),
    ] = None,
    strict: common.StrictOption = False,
    fail_on: common.FailOnOption = "error",
    data: common.DataOption = None,
) -> None:
    """Judge a regimen: is anything over its maximum, doubled, too often, too long, or piling up?

    Totals per ingredient across products, with the working; a verdict per source; what was not assessed.

    Example: doseref check "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours" "Norco 5/325 1 tablet every 4-6
    hours as needed for pain"
    """
    output_format = common.format_of(output_format, output, FORMATS)
    common.one_of("--fhir-version", fhir_version.upper(), ("R5", "R4"))
    common.one_of("--fail-on", fail_on, common.FAIL_ON)
    if only is not None and common.one_of("--only", only, ("error", "warning")) and output_format != "text":
        raise UsageError("--only goes with --format text")
    from doseref.findings import Severity

    least = Severity.from_word(only) if only else None
    from doseref.api import check_each
    from doseref.cli.dataset import dataset, judging_country
    from doseref.records import replace
    from doseref.regimen.facts import sex_of

    loaded = dataset(data)
    people = _people(items or [], files or [], loaded, mapping or [])
    progress = common.Progress("people", len(people))
    result, regimens = check_each(
        people,
        policy=source or policy,
        country=judging_country(country),
        otc=otc,
        as_of=common.day("--as-of", as_of),
        strict=strict,
        accept_suggestions=accept_suggestions,
        age=_fact("--age", age),
        weight=_fact("--weight", weight),
        pregnant=pregnant,
        egfr=_fact("--egfr", egfr),
        crcl=_fact("--crcl", crcl),
        sex=sex_of(sex or "", "--sex"),
        creatinine=_fact("--creatinine", creatinine),
        hepatic=hepatic,
        now=_now(now, taken, people),
        taken=taken or (),
        data=loaded,
        step=progress.step,
    )
    if len(people) > 1 and not now and (output_format != "json" or result.bench.usual):
        from doseref.regimen.tally import Tally
        from doseref.reports import check_stream
        from doseref.units import printed_for

        if output_format in check_stream.FORMATS:
            tally = Tally(result.data, result.bench)
            colour = common.colour() and not output
            pieces = check_stream.pieces(
                result, regimens, tally, output_format, common.width(), colour, verbose, explain, least
            )
            with printed_for(result.bench.country):
                common.write_pieces(chain(("\ufeff",) if bom and output_format == "csv" else (), pieces), output)
            progress.end()
            common.exit_by([tally.worst] if tally.worst else [], fail_on)
            return
    result = replace(result, regimens=tuple(regimens))
    progress.end()
    if output_format == "fhir":
        _fhir(result, output, fhir_version)
    elif output_format == "csv" and bom:
        from doseref.reports.check_tables import csv

        common.write(f"\ufeff{csv(result)}", output)
    else:
        _render(result, output_format, output, fail_on, verbose, explain, least)
    common.exit_by(result.findings, fail_on)


def _fhir(result: Any, output: str | None, fhir_version: str) -> None:
    import json

    from doseref.reports.check_fhir import bundle

    made = bundle(result, "R4" if fhir_version.upper() == "R4" else "R5")
    common.write(json.dumps(made, ensure_ascii=False, indent=2), output)


def _render(
    result: Any,
    output_format: str,
    output: str | None,
    fail_on: str,
    verbose: bool = False,
    explain: bool = False,
    only: Any = None,
) -> None:
    if output_format == "text":
        from doseref.reports.check_text import render

        colour = common.colour() and not output
        text = render(result, common.width(), colour, verbose=verbose, explain=explain, only=only)
        common.write(text, output)
    elif output_format in ("json", "jsonl"):
        import json

        if output_format == "json":
            common.write(json.dumps(result.to_json(), ensure_ascii=False, indent=2), output)
        else:
            common.write(
                "\n".join(json.dumps(result.regimen_json(each), ensure_ascii=False) for each in result.regimens), output
            )
    elif output_format == "xlsx":
        from doseref.reports.check_tables import workbook

        common.write_bytes(workbook(result), output)
    elif output_format in ("csv", "markdown"):
        from doseref.reports import check_tables

        common.write(getattr(check_tables, output_format)(result), output)
    elif output_format == "html":
        from doseref.reports import check_html

        if output and (output.endswith("/") or Path(output).is_dir()):
            common.write_folder(check_html.folder(result), output)
        else:
            common.write(check_html.render(result), output)
    else:
        from doseref.reports.check_findings import render as render_findings

        quiet = output_format == "concise" and not verbose and fail_on != "info"
        common.write(render_findings(result, output_format, fail_on, quiet=quiet), output)


class _Everybody:
    """Everybody's items, list after list; those of a long file are made when they are asked for."""

    def __init__(self) -> None:
        self.known: list[Any] = []
        self.lists: list[Any] = [self.known]
        self.names: set[Any] = set()

    def add(self, listed: Any) -> None:
        """The persons of one more list; who is not named goes on from the one before who is not, and who is named as
        somebody of another list is that person.
        """
        from doseref.lists.folded import Folded
        from doseref.result import Person

        names = set(listed.names if isinstance(listed, Folded) else (name for name, _ in listed))
        if again := names & self.names - {None}:
            self._go_on(listed, again)
            return
        self.names |= names
        last = self.known[-1] if self.known else None
        unnamed = last is not None and last.id is None and any(name is None for name, _ in islice(listed, 1))
        if isinstance(listed, Folded) and not unnamed and len(listed) > 1:
            self.known = []
            self.lists += [listed, self.known]
            return
        for name, given in listed:
            if name is None and self.known and self.known[-1].id is None:
                self.known[-1] = Person(None, (*self.known[-1].items, *given))
            else:
                self.known.append(Person(name, tuple(given)))

    def _go_on(self, listed: Any, names: set[Any]) -> None:
        """The persons of one more list, some of whom are in those before."""
        from doseref.result import Person

        own = {name: tuple(given) for name, given in listed}  # each once
        self.names |= own.keys()
        known = [
            Person(each.id, (*each.items, *own.get(each.id, ())) if each.id in names else each.items) for each in self
        ]
        known += [Person(name, given) for name, given in own.items() if name not in names]
        self.known = known
        self.lists = [known]

    def __len__(self) -> int:
        return sum(map(len, self.lists))

    def __iter__(self) -> Iterator[Any]:
        from doseref.result import Person

        for each in chain.from_iterable(self.lists):
            yield each if isinstance(each, Person) else Person(each[0], tuple(each[1]))


def _people(items: list[str], files: list[str], data: Any, mapping: list[str]) -> _Everybody:
    """Everybody's items: those named as arguments first, then each file's persons."""
    from doseref.regimen.model import Given
    from doseref.result import Person

    typed = not items and not files and common.at_terminal()
    if typed:
        items = ["-"]
    if not items and not files:
        raise UsageError(
            "nothing to check: give an ITEM or --file FILE ('-' is standard input); see doseref check --help"
        )
    _refuse_files(items)
    _refuse_torn(items)
    people = _Everybody()
    lone = tuple(Given(text) for text in items if text != "-")
    if lone:
        people.known.append(Person(None, lone))
    for path in [*files, *(["-"] if "-" in items and "-" not in files else [])]:
        from doseref.lists.columns import read_mapping
        from doseref.lists.files import read_people

        content = (common.typed_lines() if typed else common.standard_input()) if path == "-" else None
        people.add(read_people(path, content, data, read_mapping(mapping)))
    if not any(person.items for person in people):
        raise UsageError("there are no items in the input")
    return people


def _refuse_files(items: list[str]) -> None:
    """A file that is there, with an ending, is no drug: it was meant with ``--file``; raises :class:`UsageError`."""
    for item in items:
        if len(item) < 1000 and Path(item).suffix and Path(item).is_file():
            raise UsageError(
                f"{item} is a file, and an ITEM is a drug with its dose; a list is given with -f: -f {item}"
            )


def _refuse_torn(items: list[str]) -> None:
    """Raises :class:`UsageError` where the shell has taken an item apart, for want of quotes: a dose alone is none."""
    from doseref.patterns import regex

    dose = regex(r"[0-9][0-9.,/-]*\s?(?:mg|mcg|ug|g|ml|units?|iu|tabs?|tablets?|caps?|capsules?|%)?", re.I)
    if len(items) > 1 and any(dose.fullmatch(item) for item in items[1:]):
        words = " ".join(items)
        raise UsageError(f'each argument is an item; one with spaces needs quotes: doseref check "{words}"')


def _now(now: str | None, taken: list[str] | None, people: Iterable[Any]) -> str:
    if taken and now is None:
        raise UsageError("--taken needs --now HH:MM")
    if now and not taken and not any(item.taken for person in people for item in person.items):
        raise UsageError("--now needs --taken TEXT or a column 'taken': what was taken before is not known")
    return now or ""


def _fact(option: str, text: str | None) -> Any:
    """A fact of the person as an option gives it ("72", "18 months", "44 lb"); an eGFR of ">60" is one of normal kidneys,
    as laboratories report it.
    """
    from doseref.patterns import regex
    from doseref.regimen.facts import fact
    from doseref.regimen.person import NORMAL_EGFR

    if text is None:
        return None
    at_least = regex(r"\s*(?:>|≥|>=)\s*([0-9]{2,3})\b.*").fullmatch(text) if option == "--egfr" else None
    if at_least is not None and int(at_least[1]) >= NORMAL_EGFR:
        text = text.strip().lstrip(">≥= ")
    if text.strip()[:1] in tuple("<>~≈≥≤"):
        raise UsageError(f"{option} {text!r} is not a number: give the figure itself")
    return fact(option.removeprefix("--"), text, option)
