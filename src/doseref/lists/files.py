"""Regimens from files: text, CSV/TSV/XLSX, JSON/JSONL and FHIR. Errors say file, line and column.

A text file holds one item a line; ``#`` starts a comment line; ``[name]`` starts another person's regimen; a line
"age: 6" or "eGFR 25" says who that is. A table has
the column ``item``, or ``drug`` and ``sig``, and may have ``patient``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from doseref.errors import InputError
from doseref.lists.columnar import MAGIC
from doseref.lists.columnar import rows as columnar_rows
from doseref.lists.columns import is_header, read_columns, read_object
from doseref.lists.folded import Folded
from doseref.lists.other_files import demand_list
from doseref.lists.plain_text import People, lines, read_text
from doseref.lists.table import MOST_LINES_BEFORE, FilePlace, placed, read_rows, whose
from doseref.names import names
from doseref.refdata import Reference, reference
from doseref.regimen.model import Given
from doseref.streams import decode, marked, printable, read_bytes

MOST_BYTES = 200_000_000
"""The largest file that is read as a whole."""


def read_file(
    path: str, content: bytes | None = None, data: Reference | None = None, mapping: Mapping[str, str] | None = None
) -> People:
    """The regimens in ``path``, all of them in memory; see :func:`read_people`."""
    return list(read_people(path, content, data, mapping))


def read_people(
    path: str, content: bytes | None = None, data: Reference | None = None, mapping: Mapping[str, str] | None = None
) -> People | Folded:
    """The regimens in ``path``; ``content`` where the bytes are already there (standard input is told by its content).

    Those of a table are made when they are asked for; a CSV file of any size is read line by line.

    ``data`` is the dataset whose RxNorm codes name products (default: the shipped one); ``mapping`` says of the heads
    of columns which role they have (:func:`doseref.lists.columns.read_mapping`).

    Raises :class:`InputError` with file, line and column for a file that is missing or cannot be read as what it is.
    """
    kind = Path(path).suffix.lower()
    heads = mapping or {}
    if kind in (".parquet", ".pq") or (content or b"").startswith(MAGIC):
        return Folded(read_rows(columnar_rows(path, content), FilePlace(path, heads)))
    if content is None and kind in (".csv", ".tsv") and (found := _long_table(path, kind, heads)) is not None:
        return found
    if content is None:
        content = read_bytes(path, MOST_BYTES)
    if kind in (".xlsx", ".xlsm") or (kind == "" and content.startswith(b"PK\x03\x04")):
        return _workbook(path, content, heads)
    demand_list(path, content)
    text = decode(content, path)
    if kind not in (".csv", ".tsv", ".jsonl", ".ndjson", ".json"):
        kind = _kind(text, heads)
    if kind in (".csv", ".tsv"):
        return _table(path, text, "\t" if kind == ".tsv" else ",", heads)
    if kind in (".jsonl", ".ndjson"):
        return _json_lines(path, text, data, heads)
    return _json(path, text, data, heads) if kind == ".json" else read_text(path, text, names(data or reference()))


def _kind(text: str, mapping: Mapping[str, str]) -> str:
    """What a text is whose name does not say it: JSON, JSON lines, a table with a header that is one, else items."""
    first = next((line.strip() for line in lines(text[:100_000]) if line.strip()), "")
    if (
        first.startswith("{")
        and first.endswith("}")
        and len(text.strip()) > len(first)
        and text.strip()[len(first) :].lstrip().startswith("{")
    ):
        return ".jsonl"
    # "[" alone also begins the name of a person.
    if first.startswith("{") or (
        first.startswith("[") and (first[1:].lstrip()[:1] in ('"', "{") or first in ("[", "[]"))
    ):
        return ".json"
    rows = [line for line in lines(text[:100_000]) if line.strip()][: MOST_LINES_BEFORE + 1]
    for sign, kind in (("\t", ".tsv"), (",", ".csv"), (";", ".csv"), ("|", ".csv")):
        for line in rows:
            cells = _cells(line, sign)
            if is_header(cells, mapping) and (len(cells) > 1 or line.strip().lower() == "item"):
                return kind
    return ".txt"


def _grouped(rows: Iterable[tuple[str | None, Given]]) -> People:
    people: dict[str | None, list[Given]] = {}
    for patient, item in whose(rows):
        people.setdefault(patient, []).append(item)
    return list(people.items())


def _table(path: str, text: str, delimiter: str, mapping: Mapping[str, str]) -> Folded:
    return _rows(path, io.StringIO(text, newline=""), _delimiter(text[:100_000], delimiter, mapping), mapping)


def _rows(path: str, text: Iterable[str], delimiter: str, mapping: Mapping[str, str]) -> Folded:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    begun = 1

    def rows() -> Iterator[tuple[int, list[str]]]:
        nonlocal begun
        for cells in reader:
            begun = reader.line_num + 1
            yield reader.line_num, cells

    try:
        return Folded(read_rows(rows(), FilePlace(path, mapping)))
    except csv.Error:
        raise InputError(OPEN_MARK, path=path, line=begun) from None


OPEN_MARK = (
    "the row that begins here cannot be read: it has a quotation mark that is not closed, or one inside a cell; "
    'a cell with such marks stands in quotation marks, and each mark in it is written twice ("")'
)
"""Why a table is refused in which a row takes in those below it."""


def _long_table(path: str, kind: str, mapping: Mapping[str, str]) -> Folded | None:
    """A CSV file in UTF-8 read line by line; ``None`` for what has to be looked at as a whole first (other encodings,
    faults).
    """
    try:
        if not Path(path).is_file():
            return None
        with Path(path).open("rb") as begin:
            if marked(begin.read(4))[0] not in ("", "utf-8"):
                return None
        with Path(path).open(encoding="utf-8-sig", newline="") as text:
            first = text.read(100_000)
            text.seek(0)
            usual = "\t" if kind == ".tsv" else ","
            return _rows(path, _without_nul(text), _delimiter(first, usual, mapping), mapping)
    except (OSError, ValueError):  # a UnicodeDecodeError is one
        return None


def _without_nul(text: Iterable[str]) -> Iterator[str]:
    for line in text:
        if "\0" in line:
            raise ValueError("no text file")
        yield line


def _delimiter(text: str, usual: str, mapping: Mapping[str, str]) -> str:
    """What separates the cells of the header: the usual sign, or the one that makes a header of it; where none does, the
    one that its first line has most of, so that what is told of its columns names them apart.
    """
    first = [line for line in lines(text[:100_000]) if line.strip()][: MOST_LINES_BEFORE + 1]
    signs = (usual, ",", ";", "\t", "|")
    for sign in signs:
        if any(sign in line and is_header(_cells(line, sign), mapping) for line in first):
            return sign
    return max(signs, key=first[0].count) if first else usual


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []


def _workbook(path: str, content: bytes, mapping: Mapping[str, str]) -> People:
    """The items of every sheet that has a medication list's header; other sheets with something in them are told."""
    from doseref.lists.workbook import sheets

    lists: list[tuple[str, list[tuple[str | None, Given]]]] = []
    others: list[Given] = []
    first: tuple[list[str], int] | None = None
    book = list(sheets(path, content))
    several = sum(any(map(any, rows)) for _, _, rows, _ in book) > 1
    for title, hidden, rows, marks in book:
        wide = max(map(len, rows), default=0)
        whole = [(n, [*row, *[""] * (wide - len(row))]) for n, row in enumerate(rows, start=1)]
        numbered = [row for row in whole if row[0] not in marks]
        filled = [(cells, number) for number, cells in numbered if any(cells)]
        if not filled:
            continue
        if hidden:
            others.append(Given(f"sheet '{title}'", place=path, left_out="it is hidden in the workbook"))
            continue
        others += [
            Given(" | ".join(filter(None, cells)), place=f"{path}:{n} ({title})", left_out=marks[n])
            for n, cells in whole
            if n in marks and any(cells)
        ]
        first = first or filled[0]
        if any(is_header(cells, mapping) for cells, _ in filled[: MOST_LINES_BEFORE + 1]):
            where = FilePlace(path, mapping, f" ({title})" if several else "")
            lists.append((title, list(placed(read_rows(numbered, where)))))
        else:
            others.append(Given(f"sheet '{title}'", place=path, left_out="it has no header of a medication list"))
    if not lists and others and first:
        read_columns(first[0], mapping, path, first[1])
    found = _of_sheets(path, lists, mapping.get("sheet", ""))
    named = found[0][0] if found else None
    return _grouped([*found, *((named, given) for given in others)])


def _of_sheets(
    path: str, lists: list[tuple[str, list[tuple[str | None, Given]]]], role: str
) -> list[tuple[str | None, Given]]:
    """The rows of all sheets; where several hold a list and no row says whose it is, the caller must say it."""
    rows = [row for _, own in lists for row in own]
    if len(lists) < 2 or any(name is not None for name, _ in rows) or role == "ignore":
        return rows
    if role == "patient":
        return [(title, given) for title, own in lists for _, given in own]
    titles = " and ".join(f"'{title}'" for title, _ in lists)
    raise InputError(
        f"the sheets {titles} hold lists, and nothing says whether they are one person's: "
        "say --map sheet=patient (each sheet is a person) or --map sheet=ignore (all are one person's)",
        path=path,
    )


def _loads(text: str, path: str, line: int = 0) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)  # 0.1 stays 0.1
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", path=path, line=line or error.lineno, column=error.colno) from None
    except (ValueError, ArithmeticError) as error:  # a number of more digits than Python converts
        raise InputError(f"not JSON: {error}", path=path, line=line or 1) from None
    except RecursionError:
        raise InputError("JSON nested too deeply", path=path, line=line or 1) from None


def _json(path: str, text: str, data: Reference | None, mapping: Mapping[str, str]) -> People:
    if _is_lines_of_json(text):
        return _json_lines(path, text, data, mapping)
    document = _loads(text, path)
    if _is_fhir(document):
        from doseref.lists.fhir import persons

        return persons(document, data, path)
    if isinstance(document, dict) and isinstance(document.get("regimens"), list):
        return _regimens(document["regimens"], path, mapping)
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        document = document["items"]
    if isinstance(document, dict):
        document = [document]
    if not isinstance(document, list):
        raise InputError("needs a list of items, an object with 'items' or 'regimens', or a FHIR resource", path=path)
    return _grouped(_json_item(item, path, f"{path}#items[{index}]", mapping) for index, item in enumerate(document))


def json_of(text: str, path: str) -> Any:
    """The document of a JSON text, of JSON lines the list of theirs; raises :class:`InputError` for neither."""
    if _is_lines_of_json(text):
        return [_loads(line, path, number) for number, line in enumerate(lines(text), start=1) if line.strip()]
    return _loads(text, path)


def _is_fhir(document: object) -> bool:
    """Whether a document is a FHIR resource, or a list of nothing else."""
    resources = document if isinstance(document, list) else [document]
    return bool(resources) and all(isinstance(each, dict) and each.get("resourceType") for each in resources)


def _is_lines_of_json(text: str) -> bool:
    """Whether a text is JSON lines, whatever its file is called: more than one line, and the first two whole objects."""
    first = list(islice((line for line in lines(text) if line.strip()), 2))
    if len(first) < 2:
        return False
    try:
        return all(isinstance(json.loads(line), dict) for line in first)
    except (ValueError, RecursionError):
        return False


def _regimens(regimens: list[Any], path: str, mapping: Mapping[str, str]) -> People:
    """The people of a list of regimens; those of one id are one person's."""
    people: dict[str | None, list[Given]] = {}
    for index, each in enumerate(regimens):
        if not isinstance(each, dict) or not isinstance(each.get("items"), list):
            raise InputError(f"regimen {index + 1} has no list 'items'", path=path)
        name = str(each["id"]) if each.get("id") is not None else None
        if name is None and None in people:
            raise InputError(
                f"regimen {index + 1} is the second one without an 'id': whose it is, is not known", path=path
            )
        people.setdefault(name, []).extend(
            _json_item(item, path, f"{path}#regimens[{index}].items[{n}]", mapping)[1]
            for n, item in enumerate(each["items"])
        )
    return list(people.items())


def _json_lines(path: str, text: str, data: Reference | None, mapping: Mapping[str, str]) -> People:
    rows: list[tuple[str | None, Given]] = []
    resources: list[Any] = []
    for number, line in enumerate(lines(text), start=1):
        if not line.strip():
            continue
        document = _loads(line, path, number)
        if isinstance(document, dict) and document.get("resourceType"):
            resources.append(document)
        else:
            rows.append(_json_item(document, path, f"{path}:{number}", mapping))
    people = _grouped(rows)
    if resources:
        from doseref.lists.fhir import persons

        people += persons(resources, data, path)
    return people


def _json_item(item: Any, path: str, place: str, mapping: Mapping[str, str]) -> tuple[str | None, Given]:
    if isinstance(item, str):
        return None, Given(printable(item), place=place)
    if isinstance(item, dict) and item and all(not isinstance(value, dict | list) for value in item.values()):
        return read_object(item, mapping, path, place)
    raise InputError(
        f"not an item: {json.dumps(item, default=str)[:80]}; use a text, or an object with 'item' or 'drug' and 'sig'",
        path=place or path,
    )
