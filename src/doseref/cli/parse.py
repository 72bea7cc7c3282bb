"""``doseref parse``: show how dosage instructions are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from doseref.errors import ExitCode, InputError, UsageError

if TYPE_CHECKING:
    from doseref.dosage.model import Dosage

_FORMATS = ("text", "json", "jsonl", "fhir")
_VERSIONS = {"R5": "R5", "R4": "R4", "R4B": "R4"}
_RANKS = {"info": 1, "warning": 2, "error": 3, "never": 4}


def parse(
    sigs: Annotated[list[str] | None, typer.Argument(metavar="[SIG]...", help="Dosage instructions, one each.")] = None,
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
        str, typer.Option("--format", metavar="FORMAT", help="text, json, jsonl or fhir.")
    ] = "text",
    fhir_version: Annotated[
        str, typer.Option("--fhir-version", metavar="VERSION", help="R5 or R4 (with --format fhir).")
    ] = "R5",
    output: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="Write there instead of to standard output.")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on", metavar="SEVERITY", help="Exit 1 from this severity on: error, warning, info or never."
        ),
    ] = "error",
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
    _check_words(output_format, fhir_version, fail_on)
    texts = list(sigs or [])
    lone = len(texts) == 1 and not files
    for name in files or []:
        texts.extend(_lines(name))
    if not texts and not files:
        raise UsageError("nothing to parse: give a SIG or --file FILE ('-' is standard input)")
    from doseref.dosage import parse as parse_dosage

    worst = 0

    def read() -> Iterator[Dosage]:
        nonlocal worst
        for text in texts:
            if output_format == "text" and not text.strip() and not lone:
                continue
            dosage = parse_dosage(text)
            worst = max(worst, _rank(dosage, strict))
            yield dosage

    _write(_rendered(read(), output_format, _VERSIONS[fhir_version.upper()], lone), output)
    if worst >= _RANKS[fail_on]:
        raise typer.Exit(int(ExitCode.FINDINGS))


def _check_words(output_format: str, fhir_version: str, fail_on: str) -> None:
    """Raises :class:`UsageError` for a word that is none of an option's values."""
    for option, value, known in (
        ("--format", output_format, _FORMATS),
        ("--fhir-version", fhir_version.upper(), tuple(_VERSIONS)),
        ("--fail-on", fail_on, tuple(_RANKS)),
    ):
        if value not in known:
            raise UsageError(f"{option} {value!r} is none of {', '.join(known)}")


def _rank(dosage: Dosage, strict: bool) -> int:
    """The severity of what one dosage has to tell: not read whole, or read with error-prone notation."""
    if dosage.status != "read":
        return _RANKS["error" if strict else "warning"]
    if any(problem.kind != "notation" for problem in dosage.problems):
        return _RANKS["warning"]
    return _RANKS["info"] if dosage.problems else 0


def _rendered(dosages: Iterable[Dosage], output_format: str, version: str, lone: bool) -> Iterator[str]:
    """The output in pieces, so that a long file is not held in memory as text."""
    if output_format == "jsonl":
        for dosage in dosages:
            yield json.dumps(dosage.to_json(), ensure_ascii=False) + "\n"
    elif output_format == "json":
        objects = [dosage.to_json() for dosage in dosages]
        yield _json(objects[0] if lone else objects)
    elif output_format == "fhir":
        from doseref.dosage.fhir import to_fhir

        yield _json([item for dosage in dosages for item in to_fhir(dosage, "R4" if version == "R4" else "R5")])
    else:
        from doseref.reports.parse_text import parse_report

        yield parse_report(list(dosages))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _lines(name: str) -> list[str]:
    """The lines of a file or of standard input, without their ends; raises :class:`InputError`.

    UTF-8 and UTF-16 (with its mark) are known; other bytes are taken for Windows-1252.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", path=name) from error
    lines = decoded(data).replace("\r\n", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def decoded(data: bytes) -> str:
    """Text of any bytes: UTF-16 where it is marked, else UTF-8, else Windows-1252 with U+FFFD for what that lacks."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _print(piece: str) -> None:
    """To standard output; what its encoding cannot hold (half of a surrogate pair, say) becomes a question mark."""
    try:
        sys.stdout.write(piece)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(piece.encode(encoding, "replace").decode(encoding))


def _write(pieces: Iterator[str], output: str | None) -> None:
    """To the file, or to standard output in UTF-8; raises :class:`InputError` where the file cannot be written."""
    if output is None or output == "-":
        for piece in pieces:
            _print(piece)
        sys.stdout.flush()
        return
    text = "".join(pieces)
    try:
        Path(output).write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise InputError(error.strerror or "cannot be written", path=output) from error
