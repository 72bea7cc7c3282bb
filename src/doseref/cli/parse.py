"""``doseref parse``: show how dosage instructions are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from doseref.cli import common
from doseref.errors import ExitCode, UsageError
from doseref.streams import decoded, printable, read_bytes

if TYPE_CHECKING:
    from doseref.dosage.model import Dosage
    from doseref.refdata import Reference

FORMATS = ("text", "json", "jsonl", "fhir")
_VERSIONS = {"R5": "R5", "R4": "R4", "R4B": "R4"}
_RANKS = {"info": 1, "warning": 2, "error": 3, "never": 4}


def parse(
    sigs: Annotated[
        list[str] | None,
        typer.Argument(metavar="SIG", help="Dosage instructions, one each; - reads them from standard input."),
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            "-f",
            metavar="FILE",
            help="A text file with one instruction a line; - is standard input. May be repeated.",
        ),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="text, json, jsonl or fhir.", show_default=common.BY_ENDING),
    ] = None,
    fhir_version: common.FhirVersionOption = "R5",
    output: common.OutputOption = None,
    fail_on: common.FailOnOption = "error",
    trace: Annotated[
        bool,
        typer.Option("--trace", help="Also show how: the tokens, which production took which words, what was refined."),
    ] = False,
    data: common.DataOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="An instruction that is not read whole is an error.")
    ] = False,
) -> None:
    """Show how a dosage instruction is read, one a line.

    What is not understood is underlined and said; nothing is guessed. An instruction that could not be
    read whole is a warning, with --strict an error.

    json prints one object for one SIG, a list for several or for files; jsonl one object for every line,
    also for those that cannot be read; fhir a list of FHIR Dosage objects.

    Example: doseref parse "1-2 tablets every 4-6 hours as needed for pain, max 8 tablets per day"
    """
    output_format = common.format_of(output_format, output, FORMATS)
    common.one_of("--fhir-version", fhir_version.upper(), _VERSIONS)
    common.one_of("--fail-on", fail_on, common.FAIL_ON)
    if trace and output_format != "text":
        raise UsageError("--trace goes with --format text")
    lone = len(sigs or []) == 1 and sigs != ["-"] and not files
    texts = [text for sig in sigs or [] for text in (_lines("-") if sig == "-" else [sig])]
    texts += [text for name in files or [] for text in _lines(name)]
    if not sigs and not files:
        raise UsageError("nothing to parse: give a SIG or --file FILE ('-' is standard input)")
    from doseref.cli.dataset import dataset

    loaded = dataset(data)

    worst = 0
    if trace:
        shown, worst = _traced(texts, strict, loaded)
        common.write(shown, output)
        raise typer.Exit(int(ExitCode.FINDINGS if worst >= _RANKS[fail_on] else ExitCode.CLEAN))

    def read() -> Iterator[Dosage]:
        nonlocal worst
        for text in texts:
            if output_format == "text" and not text.strip() and not lone:
                continue
            dosage = loaded.parse(text)
            worst = max(worst, _rank(dosage, strict))
            yield dosage

    if output_format == "jsonl" and not output:
        # Line by line: a long file is answered while it is read.
        for dosage in read():
            sys.stdout.write(printable(_line(dosage)))
        sys.stdout.flush()
    else:
        common.write(_rendered(read(), output_format, _VERSIONS[fhir_version.upper()], lone), output)
    if worst >= _RANKS[fail_on]:
        raise typer.Exit(int(ExitCode.FINDINGS))


def _traced(texts: list[str], strict: bool, data: Reference) -> tuple[str, int]:
    """How each text is read, step by step, and the severity of the worst."""
    from doseref.dosage.trace import Trace
    from doseref.reports.parse_text import parse_report
    from doseref.reports.trace_text import trace_report

    shown, worst = [], 0
    for text in texts:
        trace = Trace()
        dosage = data.parse(text, trace=trace)
        worst = max(worst, _rank(dosage, strict))
        shown.append(parse_report([dosage], max(20, common.width() - 4)).rstrip("\n") + "\n" + trace_report(trace))
    return "\n".join(shown), worst


def _rank(dosage: Dosage, strict: bool) -> int:
    """The severity of what one dosage has to tell: not read whole, or read with error-prone notation;
    an empty line has nothing.
    """
    if not dosage.text.strip():
        return 0
    if dosage.status != "read":
        return _RANKS["error" if strict else "warning"]
    if not all(problem.noted for problem in dosage.problems):
        return _RANKS["warning"]
    return _RANKS["info"] if dosage.problems else 0


def _rendered(dosages: Iterable[Dosage], output_format: str, version: str, lone: bool) -> str:
    """The whole output; ``lone`` is whether there was one SIG and no file."""
    if output_format == "jsonl":
        return "".join(_line(dosage) for dosage in dosages)
    if output_format == "json":
        objects = [dosage.to_json() for dosage in dosages]
        return _json(objects[0] if lone else objects)
    if output_format == "fhir":
        from doseref.dosage.fhir import to_fhir

        return _json([item for dosage in dosages for item in to_fhir(dosage, "R4" if version == "R4" else "R5")])
    from doseref.reports.parse_text import parse_report

    return parse_report(list(dosages), max(20, common.width() - 4))


def _line(dosage: Dosage) -> str:
    """One line even to readers that take more than the line feed for the end of one."""
    line = json.dumps(dosage.to_json(), ensure_ascii=False)
    for break_sign in ("\u2028", "\u2029", "\x85"):
        if break_sign in line:
            line = line.replace(break_sign, f"\\u{ord(break_sign):04x}")
    return line + "\n"


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _lines(name: str) -> list[str]:
    """The lines of a file or of standard input, without their ends; raises :class:`InputError`.

    UTF-8 and UTF-16 (with its mark) are known; other bytes are taken for Windows-1252.
    """
    data = read_bytes(name, common.MOST_BYTES)
    lines = decoded(data).replace("\r\n", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines
