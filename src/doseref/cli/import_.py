"""``doseref import``: other people's files into an overlay."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doseref.cli import common
from doseref.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from doseref.imports.spl_run import ImportOutcome

KINDS = ("spl", "rxnorm")
FORMATS = ("text", "json", "csv")
_MOST_TOLD = 20


def import_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="spl (FDA/DailyMed label files) or rxnorm (RRF files).")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Label files, directories or zip archives; for rxnorm the rrf directory."),
    ] = None,
    overlay: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OVERLAY", help="The overlay to fill: a directory, made if need be."),
    ] = None,
    review: Annotated[
        bool,
        typer.Option("--review", help="List what was read beside the sentence it was read from, to be confirmed."),
    ] = False,
    output_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Of --review: text, json or csv.")
    ] = "text",
) -> None:
    """Read label files or RxNorm into an overlay, which --data then layers over the shipped tables. Nothing is fetched.

    spl: products with their ingredients, strengths and codes; and what the dosage sections say, as far as it is read. A
    figure that the program read informs and raises no error or warning until a person has confirmed it (see --review).

    What was imported before is skipped. Exit code 2 where a file could not be read; the others are imported all the
    same.

    Example: doseref import spl labels.zip -o my-labels
    """
    common.one_of("KIND", kind, KINDS)
    common.one_of("--format", output_format, FORMATS)
    if overlay is None:
        raise UsageError("name the overlay to fill: -o DIR")
    if not paths and not review:
        raise UsageError("nothing to import: give a FILE, a directory or a zip archive")
    directory = common.directory(overlay)
    unreadable = False
    if paths and kind == "spl":
        from doseref.imports.spl_run import import_spl

        outcome = import_spl(paths, directory, date.today().isoformat(), _progress if sys.stderr.isatty() else None)
        _tell(outcome, directory)
        unreadable = bool(outcome.bad)
    elif paths:
        from doseref.imports.rxnorm import import_rxnorm

        if len(paths) != 1:
            raise UsageError("rxnorm takes one directory: the one with RXNCONSO.RRF")
        counts = import_rxnorm(Path(paths[0]), directory, date.today().isoformat())
        for line in counts.lines(directory):
            common.tell(line, begin="")
    if review:
        _review(directory, output_format)
    if unreadable:
        raise typer.Exit(int(ExitCode.UNUSABLE))


def _review(directory: Path, output_format: str) -> None:
    from doseref.imports import review

    rows = review.review(directory)
    if output_format == "json":
        import json

        common.write(json.dumps(review.to_json(rows), ensure_ascii=False, indent=2), None)
    elif output_format == "csv":
        common.write(review.table(rows), None)
    else:
        common.write(review.text(rows, directory, common.width()), None)


def _progress(outcome: ImportOutcome, where: str) -> None:
    """One line that is written over, on a terminal only."""
    if outcome.files % 20 == 1:
        told = f"{outcome.files:,} files, {len(outcome.bad):,} unreadable"
        sys.stderr.write(f"\r\x1b[K{told}")
        sys.stderr.flush()


def _tell(outcome: ImportOutcome, directory: Path) -> None:
    """How it went, on standard error: every unreadable file with its reason."""
    from doseref.reports.findings_text import counted

    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    for where, why in outcome.bad:
        common.tell(f"{where}: {why}")
    for what, rows in (("left out", outcome.left_out), ("taken away again, a rule refuses it", outcome.unsound)):
        for where, why in rows[:_MOST_TOLD]:
            common.tell(f"{what}: {where}: {why}", begin="")
        if len(rows) > _MOST_TOLD:
            common.tell(f"{what}: … and {len(rows) - _MOST_TOLD:,} more", begin="")
    for set_id in outcome.reconfirm:
        common.tell(f"label {set_id} has a later version: its confirmed figures are to be confirmed anew", begin="")
    common.tell(
        f"{counted(outcome.imported, 'label')} imported into {directory}, {outcome.skipped:,} imported before, "
        f"{len(outcome.left_out):,} left out, {len(outcome.bad):,} unreadable; {counted(outcome.products, 'product')}, "
        f"{counted(outcome.readings, 'dosage statement')} read ({outcome.limits:,} with a figure to confirm), "
        f"{counted(outcome.unread, 'sentence')} with a dose not read",
        begin="",
    )
