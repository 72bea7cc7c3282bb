"""What the commands share: option words, output, exit codes."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doseref.errors import ExitCode, InputError, UsageError
from doseref.findings import Finding, Severity
from doseref.streams import printable, read_bytes, write_whole

if TYPE_CHECKING:
    from datetime import date

MOST_BYTES = 200_000_000
"""The most that is read of one file or of standard input."""

FAIL_ON = ("error", "warning", "info", "never")
FailOnOption = Annotated[
    str,
    typer.Option("--fail-on", metavar="SEVERITY", help="Exit 1 from this severity on: error, warning, info or never."),
]
OutputOption = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of to standard output.")
]
DataOption = Annotated[
    str | None, typer.Option("--data", metavar="DIR", help="Layer the tables in this directory over the shipped ones.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="What is not read or not assessed is an error.")]
PolicyOption = Annotated[
    str, typer.Option("--policy", metavar="POLICY", help="strictest, most-permissive, or a source id.")
]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar="CODE", help="Labels of this country judge (ISO code; US).")
]
OtcOption = Annotated[
    bool, typer.Option("--otc", help="Over-the-counter labels judge, prescription labels only what is not sold so.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Leave out figures newer than this day (YYYY-MM-DD).")
]
AcceptSuggestionsOption = Annotated[
    bool,
    typer.Option(
        "--accept-suggestions", help="Take a misspelled name for the one close name that is on no look-alike list."
    ),
]
MappingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=ROLE",
        help=(
            "What a column holds: patient, drug, sig, dose, ignore …; may be repeated (sheet=patient: a sheet a "
            "person)."
        ),
    ),
]
FhirVersionOption = Annotated[
    str, typer.Option("--fhir-version", metavar="VERSION", help="R5 or R4 (with --format fhir).")
]
_PLAIN = str.maketrans(
    {"×": "x", "–": "-", "—": "-", "·": ";", "█": "#", "▒": "=", "░": ".", "│": "|", "≤": "<=", "≥": ">=", "’": "'"}
)


def one_of(option: str, value: str, known: Iterable[str]) -> str:
    """``value`` if it is one of ``known``; raises :class:`UsageError` naming the option otherwise."""
    words = tuple(known)
    if value not in words:
        raise UsageError(f"{option} {value!r} is none of {', '.join(words)}")
    return value


BY_ENDING = "by the ending of --output, else text"
"""What the help says of a format that is not given."""
_ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".sarif": "sarif",
}
_NO_TEXT = frozenset((".pdf", ".doc", ".docx", ".odt", ".ods", ".rtf", ".xls", ".png", ".parquet"))
"""Endings of files that no command writes and that hold no plain text."""


def format_of(given: str | None, output: str | None, known: Iterable[str]) -> str:
    """The format that ``--format`` names, else the one that the file's name ends in, else ``text``.

    Raises :class:`UsageError` for one that the command does not write.
    """
    formats = tuple(known)
    if given is not None:
        return one_of("--format", given, formats)
    ending = Path(output).suffix.lower() if output else ""
    made = _ENDINGS.get(ending, "text")
    if ending in _NO_TEXT or made not in formats:
        raise UsageError(f"--output {output}: '{ending}' is no format here; --format names one: {', '.join(formats)}")
    return made


def day(option: str, text: str | None) -> date | None:
    """The day behind ``option``; raises :class:`UsageError` for what is none."""
    if text is None:
        return None
    from datetime import date  # costs start-up, and is rarely asked for

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a day like 2026-01-31") from None


def write(text: str, output: str | None) -> None:
    """Write to ``output`` (UTF-8) or to standard output; raises :class:`InputError` where the file cannot be
    written.
    """
    if output and output != "-":
        try:
            write_whole(output, printable(_whole_lines(text)).encode("utf-8"))
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", path=output) from None
        return
    encoding = (sys.stdout.encoding or "utf-8").lower()
    if encoding.replace("-", "") not in ("utf8", "utf16"):
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.translate(_PLAIN)
    text = printable(text)
    whole = _whole_lines(text)
    if not paged(whole):
        sys.stdout.write(whole)
        sys.stdout.flush()


def _whole_lines(text: str) -> str:
    """A text whose last line is ended; nothing stays nothing."""
    return text if not text or text.endswith("\n") else text + "\n"


def write_pieces(pieces: Iterable[str], output: str | None) -> None:
    """Write as :func:`write` does, each piece as soon as it is there; a terminal and its pager get the whole.

    With ``output`` the old file stays until the last piece is written. Raises :class:`InputError` where it cannot be
    written.
    """
    if output and output != "-":
        try:
            write_whole(output, pieces=(printable(piece).encode("utf-8") for piece in _ended(pieces)))
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", path=output) from None
        return
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    if encoding not in ("utf8", "utf16") or sys.stdout.isatty():
        write("".join(pieces), output)
        return
    for piece in _ended(pieces):
        sys.stdout.write(printable(piece))
    sys.stdout.flush()


def _ended(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, the last line ended."""
    last = ""
    for piece in pieces:
        if piece:
            last = piece
            yield piece
    if not last.endswith("\n"):
        yield "\n"


def paged(text: str) -> bool:
    """Whether ``text`` was shown by a pager: on a terminal, where it has more lines than that (``PAGER``, else less;
    empty for none).
    """
    if (
        not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())
        or text.count("\n") < shutil.get_terminal_size().lines
    ):
        return False
    import shlex
    import subprocess

    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        if not command:
            return False
        # As git asks it of less: end where all fits, keep colours, leave the screen as it is.
        shown = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})
    except (OSError, ValueError):
        return False
    while True:
        try:
            shown.communicate(text.encode("utf-8", "replace"))
            return True
        except KeyboardInterrupt:
            continue  # it is the pager's own, to stop a search


def write_folder(pages: Iterable[tuple[str, str]], directory: str) -> None:
    """Write each named page into ``directory``, made if need be; raises :class:`InputError` where that cannot be
    done.
    """
    try:
        Path(directory).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror or error}", path=directory) from None
    for name, text in pages:
        write(text, str(Path(directory) / name))


def write_bytes(content: bytes, output: str | None) -> None:
    """Write a binary report; a terminal is refused. Raises :class:`UsageError` and :class:`InputError`."""
    if output and output != "-":
        try:
            write_whole(output, content)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", path=output) from None
        return
    if sys.stdout.isatty():
        raise UsageError("xlsx is not for a terminal: add --output FILE")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def exit_by(findings: Iterable[Finding], fail_on: str) -> None:
    """End with exit code 1 where a finding is at or above ``fail_on``."""
    if fail_on == "never":
        return
    floor = Severity.from_word(fail_on)
    if any(finding.severity >= floor for finding in findings):
        raise typer.Exit(int(ExitCode.FINDINGS))


_colour = "auto"


def take_colour(words: list[str]) -> list[str]:
    """The words without ``--color WHEN``, which goes with every command;
    raises :class:`UsageError` for another WHEN.
    """
    global _colour
    _colour = "auto"
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*kept, word, *rest]
        if word == "--color" or word.startswith("--color="):
            _colour = one_of(
                "--color", word.partition("=")[2] if "=" in word else next(rest, ""), ("auto", "always", "never")
            )
        else:
            kept.append(word)
    return kept


def colour() -> bool:
    """Whether the terminal is to be coloured: as ``--color`` says, else a terminal and no ``NO_COLOR``."""
    if _colour != "auto":
        return _colour == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def directory(name: str | Path) -> Path:
    """A directory to be written to; raises :class:`UsageError` for ``-``, which is standard output elsewhere."""
    if str(name) == "-":
        raise UsageError("'-' would be standard output, and what is written is a directory: name one")
    return Path(name)


def tell(message: str, begin: str = "doseref: ") -> None:
    """A message on standard error; what a name or a path in it holds cannot drive the terminal."""
    from doseref.reports.characters import clean

    typer.echo(f"{begin}{clean(message, keep=chr(10))}", err=True)


def width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


class Progress:
    """How far a long run is, on one line of standard error: only on a terminal, and only after two seconds."""

    def __init__(self, things: str, total: int) -> None:
        self.things, self.total, self.done = things, total, 0
        self.shown = False
        self.begun = time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if time.monotonic() - self.begun > 2 and sys.stderr.isatty():
            self.shown = True
            sys.stderr.write(f"\r{self.done:,} of {self.total:,} {self.things}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away again."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def typed_lines() -> bytes:
    """Lines typed on the terminal, up to an empty one (or the end of input)."""
    print("Type the items, one a line: drug, strength, how it is taken. An empty line ends the list.", file=sys.stderr)
    lines: list[str] = []
    while (line := sys.stdin.readline()).strip():
        lines.append(line.rstrip("\n"))
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def at_terminal() -> bool:
    """Whether somebody sits in front of it: standard input and error are a terminal."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def standard_input() -> bytes:
    """Everything on standard input; raises :class:`InputError` where the shell closed it.
    On a terminal it says that it waits.
    """
    if at_terminal():
        print(
            f"doseref: reading standard input; {'Ctrl-Z and Enter end' if os.name == 'nt' else 'Ctrl-D ends'} it",
            file=sys.stderr,
        )
    return read_bytes("-", MOST_BYTES)
