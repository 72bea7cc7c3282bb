"""Label files into an overlay, a batch at a time: what was imported before is skipped,
what cannot be read is counted and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from doseref.errors import InputError
from doseref.imports.book import RECORD, Book
from doseref.imports.dosing import Read, read_dosage
from doseref.imports.label import Label
from doseref.imports.label_files import label_files
from doseref.imports.layered import BookReference
from doseref.imports.products import Shelf, place
from doseref.imports.sound import only_sound
from doseref.imports.spl import LeftOut, read_label
from doseref.names import Names
from doseref.refdata import Reference
from doseref.tables.schema import LIMITS

BATCH = 200
"""Labels that are read together: the names of all of them are known when their sentences are read."""
UNSAVED = 10
"""The overlay is written when a tenth of what it holds is new (but no oftener than once a batch), so that writing and
checking it whole does not grow with the square of the archive. What was not written is read again after an
interruption.
"""

OnFile = Callable[["ImportOutcome", str], None]


@dataclass(slots=True)
class ImportOutcome:
    """How an import went: counts, and ``(where, why)`` of what was not imported."""

    files: int = 0
    """Label files looked at."""
    imported: int = 0
    skipped: int = 0
    """Labels whose version was imported before, or a later one."""
    products: int = 0
    limits: int = 0
    readings: int = 0
    unread: int = 0
    """Sentences with a dose that was not read."""
    bad: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    unsound: list[tuple[str, str]] = field(default_factory=list)
    """Rows that broke a rule of the dataset, and were taken away again."""
    reconfirm: list[str] = field(default_factory=list)
    """Set ids of labels with confirmed figures that a later version replaced."""


def import_spl(paths: Iterable[str], directory: Path, today: str, progress: OnFile | None = None) -> ImportOutcome:
    """Import every label file at ``paths`` into the overlay ``directory``; ``today`` is the day of reading
    (YYYY-MM-DD).

    Raises :class:`InputError` where a path holds nothing or the overlay cannot be written, and
    :class:`~doseref.errors.DataError` for an overlay that cannot be loaded.
    """
    book = Book(directory, today)
    done = book.imported()
    outcome = ImportOutcome()
    batch: list[tuple[str, Label]] = []
    unsaved = 0
    for path in paths:
        for where, content in label_files(path):
            outcome.files += 1
            if progress is not None:
                progress(outcome, where)
            label = _label(where, content, outcome)
            if label is None:
                continue
            if int(label.version) <= done.get(label.set_id, 0):
                outcome.skipped += 1
                continue
            done[label.set_id] = int(label.version)
            batch = [each for each in batch if each[1].set_id != label.set_id]
            batch.append((where, label))
            if len(batch) >= BATCH:
                _add(book, batch, today, outcome)
                unsaved += len(batch)
                batch = []
                if unsaved * UNSAVED >= len(done):
                    _save(book, outcome)
                    unsaved = 0
    if batch:
        _add(book, batch, today, outcome)
    if batch or unsaved or not (directory / RECORD).is_dir():
        _save(book, outcome)
    return outcome


def _label(where: str, content: bytes | str, outcome: ImportOutcome) -> Label | None:
    if isinstance(content, str):
        outcome.bad.append((where, content))
        return None
    try:
        return read_label(content, where)
    except InputError as error:
        place = f"{where}:{error.line}" if error.line else where
        line = f"line {error.line}: " if error.line else ""
        outcome.bad.append((where, line + str(error).removeprefix(f"{place}: ")))
    except LeftOut as reason:
        outcome.left_out.append((where, str(reason)))
    return None


def _save(book: Book, outcome: ImportOutcome) -> None:
    book.save()
    only_sound(book, outcome.unsound)


def _add(book: Book, batch: list[tuple[str, Label]], today: str, outcome: ImportOutcome) -> None:
    """Put a batch of labels into the book."""
    anew = book.forget({f"spl-{label.set_id}" for _, label in batch})
    outcome.reconfirm += sorted(source.removeprefix("spl-") for source in anew)
    shelf = Shelf(book, Names(BookReference(book)))
    placed = [(where, label, *place(shelf, label, today)) for where, label in batch]
    listed: dict[str, list[dict[str, str]]] = {}
    for row in book.noted["products"]:
        listed.setdefault(row["set_id"], []).append(row)
    data: Reference = BookReference(book) if shelf.grew else shelf.names.data
    for where, label, source, substances in placed:
        _one(book, label, where, source, substances, data, outcome, listed.get(label.set_id, []))


def _one(
    book: Book,
    label: Label,
    where: str,
    source: str,
    substances: tuple[tuple[str, ...], ...],
    data: Reference,
    outcome: ImportOutcome,
    listed: list[dict[str, str]],
) -> None:
    """One label's dosage and its line in the record; ``listed`` are its products there."""
    reads = list(read_dosage(label, substances, data))
    limits: dict[tuple[object, ...], str] = {}
    for read in reads:
        key = ""
        if read.amount is not None:
            figure = (read.section.called, read.kind, read.amount, read.unit, str(read.per), read.population)
            key = limits.get(figure, "")
            if not key:
                key = limits[figure] = f"{source}-{len(limits) + 1}"
                _limit(book, label, source, key, read)
        book.note(
            "readings",
            set_id=label.set_id,
            version=label.version,
            section=read.section.number,
            title=read.section.title,
            status=read.status,
            substances="; ".join(read.substances),
            read=read.text or "",
            limit=key,
            figures=read.figures or read.meaning,
            population=read.population,
            sentence=read.sentence,
        )
    reasons = dict.fromkeys(row["reason"] for row in listed if row["reason"])
    count = len({(row["ndc"], row["name"]) for row in listed if not row["reason"]})
    read_count = sum(read.status == "read" for read in reads)
    book.note(
        "labels",
        set_id=label.set_id,
        version=label.version,
        date=label.date,
        kind=label.kind,
        labeller=label.labeller,
        title=label.title,
        file=where,
        products=str(count),
        readings=str(read_count),
        limits=str(len(limits)),
        left_out="; ".join(reasons),
    )
    outcome.imported += 1
    outcome.products += count
    outcome.limits += len(limits)
    outcome.readings += read_count
    outcome.unread += sum(read.status != "read" for read in reads)


def _limit(book: Book, label: Label, source: str, key: str, read: Read) -> None:
    """A row of ``limits.csv``: ``unverified``, so that nothing is judged by it before somebody confirmed it."""
    amount = f"{read.amount:f}"
    per_dose = read.per is None
    book.add(
        LIMITS,
        id=key,
        substance=read.substances[0],
        source=source,
        kind=read.kind,
        route=read.route,
        country="US",
        status=label.kind,
        population=read.population,
        adult="" if read.population else "yes",
        single=amount if per_dose else "",
        single_unit=read.unit if per_dose else "",
        amount="" if per_dose else amount,
        unit="" if per_dose else read.unit,
        period="" if read.per is None else f"{read.per.value:f}",
        period_unit="" if read.per is None else read.per.unit,
        vintage=label.date,
        verification="unverified",
        section=read.section.number,
        note=f"read by the program, version {label.version}",
    )
