"""Regimens from files: text, CSV/TSV/XLSX, JSON/JSONL and FHIR. Errors say file, line and column.

A text file holds one item a line; ``#`` starts a comment line; ``[name]`` starts another person's regimen. A table has
the column ``item``, or ``drug`` and ``sig``, and may have ``patient``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from doseref.errors import InputError
from doseref.refdata import Reference
from doseref.regimen.model import Given

People = list[tuple[str | None, list[Given]]]
"""Person (``None`` for nobody named) and items, in the order of the file."""

MOST_BYTES = 200_000_000
"""The largest file that is read."""


def read_file(path: str, content: bytes | None = None, data: Reference | None = None) -> People:
    """The regimens in ``path``; ``content`` where the bytes are already there (standard input is told by its content).

    ``data`` is the dataset whose RxNorm codes name products (default: the shipped one).

    Raises :class:`InputError` with file, line and column for a file that is missing or cannot be read as what it is.
    """
    kind = Path(path).suffix.lower()
    if content is None:
        content = _bytes(path)
    if kind in (".xlsx", ".xlsm") or (kind == "" and content.startswith(b"PK\x03\x04")):
        return _workbook(path, content)
    text = decode(content, path)
    if kind not in (".txt", ".csv", ".tsv", ".jsonl", ".ndjson", ".json"):
        kind = _kind(text)
    if kind in (".csv", ".tsv"):
        return _table(path, text, "\t" if kind == ".tsv" else ",")
    if kind in (".jsonl", ".ndjson"):
        return _json_lines(path, text, data)
    return _json(path, text, data) if kind == ".json" else _lines(path, text)


def _kind(text: str) -> str:
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
    for delimiter, kind in (("\t", ".tsv"), (",", ".csv"), (";", ".csv")):
        header = {cell.strip().strip('"').lower() for cell in first.split(delimiter)}
        if ("item" in header and (len(header) > 1 or first.lower() == "item")) or {"drug", "sig"} <= header:
            return kind
    return ".txt"


def lines(text: str) -> list[str]:
    """Lines as an editor counts them: ended by LF, CR LF or CR and by nothing else (a form feed ends no line)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _bytes(path: str) -> bytes:
    try:
        size = Path(path).stat().st_size
        if size > MOST_BYTES:
            raise InputError(f"the file has {size:,} bytes; at most {MOST_BYTES:,} are read", path=path)
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", path=path) from None
    except IsADirectoryError:
        raise InputError("this is a directory, not a file", path=path) from None
    except OSError as error:
        raise InputError(error.strerror or str(error), path=path) from None


def decode(content: bytes, path: str) -> str:
    """Bytes as text: UTF-8 (with or without BOM), UTF-16 by its BOM, else cp1252; raises :class:`InputError` for binary."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError(f"not UTF-16 text although it begins like it: {error.reason}", path=path) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text:
            raise InputError("neither UTF-8 nor Windows-1252 text; save it as UTF-8", path=path, line=line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError("this is not a text file (it holds NUL characters)", path=path, line=line)
    return text


def _lines(path: str, text: str) -> People:
    people: People = []
    for number, line in enumerate(lines(text), start=1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        if written.startswith("[") and written.endswith("]"):
            people.append((written[1:-1].strip() or None, []))
            continue
        if not people:
            people.append((None, []))
        people[-1][1].append(Given(written.removeprefix("- ").strip(), place=f"{path}:{number}"))
    return [person for person in people if person[1]]


_PERSON = frozenset(("patient", "person", "patient id", "patient_id", "patientid", "patient name", "mrn"))
_PERHAPS_PERSON = frozenset(("name", "id", "regimen", "client", "resident", "subject"))


def _grouped(rows: Iterable[tuple[str | None, Given]]) -> People:
    people: dict[str | None, list[Given]] = {}
    for patient, item in rows:
        people.setdefault(patient, []).append(item)
    return list(people.items())


def _columns(header: list[str], path: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, name in enumerate(header):
        word = name.strip().lower()
        word = "patient" if word in _PERSON else word
        if word in columns and word:
            raise InputError(f"has two columns {name.strip()!r}", path=path, line=1)
        columns[word] = index
    if "item" not in columns and not ("drug" in columns and "sig" in columns):
        raise InputError(
            f"needs a column 'item', or 'drug' and 'sig'; found {', '.join(header) or 'nothing'}", path=path, line=1
        )
    unclear = [name for name in header if name.strip().lower() in _PERHAPS_PERSON]
    if unclear and "patient" not in columns:
        raise InputError(
            f"the column {unclear[0].strip()!r} may be the person: call it 'patient', or take it out", path=path, line=1
        )
    return columns


def _row(cells: list[str], columns: dict[str, int], place: str) -> tuple[str | None, Given] | None:
    def cell(name: str) -> str:
        index = columns.get(name)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    patient = cell("patient") or None
    if cell("item"):
        return patient, Given(cell("item"), place=place)
    if cell("drug") or cell("sig"):
        drug = f"{cell('drug')} {cell('strength')}".strip()
        return patient, Given(f"{drug} {cell('sig')}".strip(), drug, cell("sig"), place=place)
    return None


def _table(path: str, text: str, delimiter: str) -> People:
    csv.field_size_limit(10_000_000)
    header = text.partition("\n")[0]
    if delimiter == "," and ";" in header and "," not in header:
        delimiter = ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str | None, Given]] = []
    columns: dict[str, int] | None = None
    width = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns, width = _columns(cells, path), len(cells)
                continue
            if len(cells) != width:
                raise InputError(f"{len(cells)} cells where the header has {width}", path=path, line=reader.line_num)
            row = _row(cells, columns, f"{path}:{reader.line_num}")
            if row is not None:
                rows.append(row)
    except csv.Error as error:
        raise InputError(f"not a readable table: {error}", path=path, line=reader.line_num) from None
    return _grouped(rows)


def _workbook(path: str, content: bytes) -> People:
    from doseref.regimen.workbook import sheet_rows

    rows: list[tuple[str | None, Given]] = []
    columns: dict[str, int] | None = None
    for number, cells in enumerate(sheet_rows(path, content), start=1):
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells, path)
            continue
        row = _row(cells, columns, f"{path}:{number}")
        if row is not None:
            rows.append(row)
    return _grouped(rows)


def _loads(text: str, path: str, line: int = 0) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)  # 0.1 stays 0.1
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", path=path, line=line or error.lineno, column=error.colno) from None
    except (ValueError, ArithmeticError) as error:  # a number of more digits than Python converts
        raise InputError(f"not JSON: {error}", path=path, line=line or 1) from None
    except RecursionError:
        raise InputError("JSON nested too deeply", path=path, line=line or 1) from None


def _json(path: str, text: str, data: Reference | None) -> People:
    document = _loads(text, path)
    if isinstance(document, dict) and document.get("resourceType"):
        from doseref.regimen.fhir import people_of

        return people_of(document, path, data)
    if isinstance(document, dict) and isinstance(document.get("regimens"), list):
        people: People = []
        for index, each in enumerate(document["regimens"]):
            if not isinstance(each, dict) or not isinstance(each.get("items"), list):
                raise InputError(f"regimen {index + 1} has no list 'items'", path=path)
            name = each.get("id")
            people.append(
                (
                    str(name) if name is not None else None,
                    [
                        _json_item(item, path, f"{path}#regimens[{index}].items[{n}]")[1]
                        for n, item in enumerate(each["items"])
                    ],
                )
            )
        return people
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        document = document["items"]
    if isinstance(document, dict):
        document = [document]
    if not isinstance(document, list):
        raise InputError("needs a list of items, an object with 'items' or 'regimens', or a FHIR resource", path=path)
    if document and all(isinstance(each, dict) and each.get("resourceType") for each in document):
        from doseref.regimen.fhir import people_of

        return people_of({"resourceType": "Bundle", "entry": [{"resource": each} for each in document]}, path, data)
    return _grouped(_json_item(item, path, f"{path}#items[{index}]") for index, item in enumerate(document))


def _json_lines(path: str, text: str, data: Reference | None) -> People:
    rows: list[tuple[str | None, Given]] = []
    resources: list[Any] = []
    for number, line in enumerate(lines(text), start=1):
        if not line.strip():
            continue
        document = _loads(line, path, number)
        if isinstance(document, dict) and document.get("resourceType"):
            resources.append({"resource": document})
        else:
            rows.append(_json_item(document, path, f"{path}:{number}"))
    people = _grouped(rows)
    if resources:
        from doseref.regimen.fhir import people_of

        people += people_of({"resourceType": "Bundle", "entry": resources}, path, data)
    return people


def _json_item(item: Any, path: str, place: str) -> tuple[str | None, Given]:
    if isinstance(item, str):
        return None, Given(item, place=place)
    if isinstance(item, dict):
        patient = item.get("patient")
        name = str(patient) if patient is not None else None
        if item.get("item"):
            return name, Given(str(item["item"]), place=place)
        if item.get("drug"):
            drug, sig = str(item["drug"]), str(item.get("sig") or "")
            return name, Given(f"{drug} {sig}".strip(), drug, sig, place=place)
    raise InputError(
        f"not an item: {json.dumps(item, default=str)[:80]}; use a text, or an object with 'item' or 'drug' and 'sig'",
        path=place or path,
    )
