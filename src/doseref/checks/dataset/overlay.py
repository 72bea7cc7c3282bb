"""The dataset rules over an overlay: its own files for their form, its rows among the shipped ones for all the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doseref.checks.dataset.data import Dataset, open_dataset, uncollected
from doseref.checks.runner import codes, run
from doseref.errors import DataError
from doseref.findings import Finding, Severity
from doseref.tables.load import data_directory
from doseref.tables.overlay import layered, open_overlay
from doseref.tables.read import Row, Sheet
from doseref.tables.write import mendable

_WHOLE = ("D111",)
"""Rules about a whole dataset, which an overlay is not."""
_OF_FORM = ("D104", "D110")
"""Rules whose findings change no meaning: they are told by ``validate`` and do not keep an overlay from being used."""
_MOST_TOLD = 20


def check_overlay(
    directory: Path, *, shown: str = "", as_of: date | None = None, base: Path | None = None
) -> tuple[Dataset, list[Finding]]:
    """The overlay's own tables and every finding about them, by file, line, column and code."""
    own = open_dataset(directory, shown=shown, as_of=as_of)
    own.unreadable = {name: why for name, why in own.unreadable.items() if why != "the file is missing"}
    findings = _run(own, own, shape=True)
    whole = all(sheet.header_sound or mendable(sheet, completed=True) for sheet in own.sheets.values())
    if whole and not own.unreadable and not any(sheet.misshapen for sheet in own.sheets.values()):
        below = open_dataset(base or data_directory(), as_of=as_of)
        findings += _run(_layered(below, own), own, shape=False)
    findings.sort(
        key=lambda each: (each.locations[0].path, each.locations[0].line, each.locations[0].column, each.code)
    )
    return own, findings


def _run(data: Dataset, own: Dataset, *, shape: bool) -> list[Finding]:
    files = tuple(f"{own.shown.rstrip('/')}/{path.name}" for path in own.directory.glob("*.csv"))
    only = {code for code in codes("dataset") if code.startswith("D1") == shape and code not in _WHOLE}
    with uncollected():
        found = run("dataset", data, only)
    return [
        finding
        for finding in found
        # A table of an overlay that holds nothing yet takes nothing away.
        if finding.locations[0].path in files and (finding.code, finding.locations[0].line) != ("D108", 1)
    ]


def _layered(below: Dataset, own: Dataset) -> Dataset:
    """The shipped tables with the overlay's rows among them; every row still knows in which file it stands."""
    data = Dataset(own.directory, own.shown, as_of=own.as_of)
    for name, base in below.sheets.items():
        sheet = own.sheets.get(name)
        if sheet is None:
            data.sheets[name] = base
            continue
        sheet = sheet if sheet.header_sound else _completed(sheet)
        rows = layered(sheet.table, base.rows, sheet.rows, Row.__getitem__)
        data.sheets[name] = Sheet(sheet.table, sheet.path, sheet.header, rows, index=sheet.index)
    return data


def _completed(sheet: Sheet) -> Sheet:
    """A sheet with the columns that its header leaves out, blank, so that all is told of it at once; every cell still
    knows where it stands.
    """
    names = sheet.table.header
    full = Sheet(sheet.table, sheet.path, index={name: position for position, name in enumerate(names)})
    for row in sheet.rows:
        marks = [row.place(name)[:2] for name in names]
        full.rows.append(Row(full, row.line, tuple(row[name] for name in names), marks))
    return full


def _of_form(found: Finding) -> bool:
    """Whether a finding changes no meaning: another order of rows, quotation marks that are not needed."""
    return found.code in _OF_FORM or (found.code == "D105" and found.message.startswith("needless quotation marks"))


def demand_sound(directory: Path) -> None:
    """Raise :class:`DataError` that names each error of the overlay in ``directory`` at file, line and column."""
    open_overlay(directory)
    _, findings = check_overlay(directory)
    errors = [each for each in findings if each.severity is Severity.ERROR and not _of_form(each)]
    if not errors:
        return
    told = [f"{each.locations[0]}: {each.message} ({each.code})" for each in errors[:_MOST_TOLD]]
    more = f"\n… and {len(errors) - _MOST_TOLD:,} more" if len(errors) > _MOST_TOLD else ""
    lines = "\n".join(told)
    raise DataError(
        f"{directory}: this overlay is not sound, nothing was judged by it\n{lines}{more}\n"
        f"'doseref validate {directory}' tells all of it"
    )
