"""The input as columns in the work directory: distinct instructions, and rows in shards of whole people.

DuckDB reads CSV, Parquet and Arrow files larger than memory; it finds and sorts, and judges nothing. Text of the input
only ever reaches it as values, names of columns only quoted.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doseref.bulk.work import write_whole
from doseref.errors import InputError, MissingExtraError, UsageError
from doseref.lists.columns import NO_DRUG, Columns, read_columns, read_row
from doseref.lists.files import OPEN_MARK
from doseref.lists.heads import ROLE_OF
from doseref.lists.unit_heads import plain
from doseref.records import record
from doseref.regimen.facts import FACTS
from doseref.regimen.model import Given

if TYPE_CHECKING:
    import duckdb

FILES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
}
FACT = "\ue000"
"""Begins the name of a column of rows that says who somebody is; no head of an input does. Behind it stand the role, what
the head says of a bare number ("{} lb"), and the head.
"""
CARRIED = ("ignore", "note")
"""Roles that say nothing of how an item is taken: their columns are carried along to ``items``."""
MEMORY = "384MB"
"""What the column engine may hold in memory; beyond it, it uses files of the work directory."""


@record
class InputFile:
    """An input file, the heads of its columns and what they hold."""

    path: Path
    kind: str
    heads: tuple[str, ...]
    columns: Columns
    delimiter: str = ","

    @property
    def told(self) -> tuple[int, ...]:
        """Places of the columns that make an instruction."""
        aside = {place for role in (*CARRIED, *FACTS, "patient") for place in self.columns.places.get(role, ())}
        known = {place for places in self.columns.places.values() for place in places}
        return tuple(place for place in range(len(self.heads)) if place in known and place not in aside)

    @property
    def naming(self) -> tuple[int, ...]:
        """Places of the columns that name the drug."""
        return tuple(place for role in ("drug", "item") for place in self.columns.places.get(role, ()))

    @property
    def facts(self) -> tuple[tuple[str, int], ...]:
        """The columns that say who somebody is: the name that they have in the work directory, and the place."""
        units = {role: said for role, _, said in self.columns.units}
        return tuple(
            (FACT + FACT.join((role, units.get(role, ""), self.heads[place])), place)
            for role in FACTS
            for place in self.columns.places.get(role, ())
        )

    @property
    def carried(self) -> tuple[int, ...]:
        """Places of the columns that are carried along."""
        return tuple(sorted(place for role in CARRIED for place in self.columns.places.get(role, ())))

    def given(self, cells: Mapping[int, str]) -> Given | None:
        """The instruction of the cells at :attr:`told`; ``None`` where they say nothing."""
        row = [cells.get(place, "") for place in range(len(self.heads))]
        if not any(cell.strip() for cell in row):
            return None if self.facts else Given("(no drug)", refused=NO_DRUG)
        found = read_row(row, self.columns, "")
        return found[1] if found else None


def open_source(path: Path, mapping: Mapping[str, str]) -> InputFile:
    """The input and its columns; raises :class:`InputError` for a file that is none or has no column for the person."""
    kind = FILES.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"{path}: bulk reads {', '.join(FILES)}; 'doseref check -f' reads the other kinds")
    if not path.is_file():
        raise InputError("no such file", path=str(path))
    delimiter = ","
    if kind == "csv":
        heads, delimiter = _csv_heads(path, mapping)
    else:
        heads = _column_heads(path, kind)
    columns = read_columns(heads, mapping, str(path), 1)
    if "patient" not in columns.places:
        raise InputError(
            "needs a column for the person: head it 'patient', or say --map COLUMN=patient", path=str(path), line=1
        )
    _who(columns)
    return InputFile(path, kind, tuple(heads), columns, delimiter)


def _who(columns: Columns) -> None:
    """Doses already taken are not passed over: bulk is not asked when the next one fits."""
    for place in columns.places.get("taken", ()):
        head = columns.heads[place]
        raise UsageError(
            f"the column {head!r} says what was taken, which bulk does not judge by: "
            f"use 'doseref check -f', or carry it along with --map '{head}=ignore'"
        )


def _column_heads(path: Path, kind: str) -> list[str]:
    engine = connect()
    import duckdb

    try:
        described = engine.execute(f"DESCRIBE SELECT * FROM {scan(engine, path, kind)}").fetchall()
    except (duckdb.Error, ValueError) as error:  # Arrow's own faults are values that it cannot use
        name = {"parquet": "Parquet", "arrow": "Arrow"}[kind]
        reason = str(error).splitlines()[0]
        raise InputError(f"is no {name} file, or only a piece of one: {reason}", path=str(path)) from None
    return [column[0] for column in described]


def _csv_heads(path: Path, mapping: Mapping[str, str]) -> tuple[list[str], str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            first = text.readline(1_000_000)
    except UnicodeDecodeError:
        raise InputError("is not UTF-8; write it anew as UTF-8", path=str(path), line=1) from None
    best: tuple[int, list[str], str] = (-1, [], ",")
    for sign in (",", "\t", ";", "|"):
        cells = next(csv.reader([first], delimiter=sign), [])
        known = sum(1 for cell in cells if plain(cell) in mapping or plain(cell) in ROLE_OF)
        if known > best[0]:
            best = (known, cells, sign)
    return [cell.strip() for cell in best[1]], best[2]


def connect(threads: int = 1, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A column engine of its own, in memory, that reaches no network."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("bulk", "bulk") from None

    options: dict[str, Any] = {"threads": threads, "memory_limit": MEMORY, "autoinstall_known_extensions": False}
    if scratch is not None:
        options["temp_directory"] = str(scratch)
    return duckdb.connect(":memory:", config=options)


def spread(source: InputFile, work: Path, shards: int, threads: int) -> int:
    """Write ``instructions.parquet``, ``rows/`` (a file a shard) and ``rejected.csv`` into the work directory.

    Returns how many instructions there are.
    """
    engine = connect(threads, work)
    if source.kind == "csv":
        rows = (
            f"read_csv({_text(source.path)}, delim={_text(source.delimiter)}, quote='\"', escape='\"', header=true, "
            "all_varchar=true, store_rejects=true, rejects_limit=0, auto_detect=false, "
            f"columns={_columns(source.heads)})"
        )
    else:
        rows = scan(engine, source.path, source.kind)
    told = [_quoted(source.heads[place]) for place in source.told]
    patient = " || ' / ' || ".join(_quoted(source.heads[place]) for place in source.columns.places["patient"])
    texts = ", ".join(f"coalesce(cast({each} AS VARCHAR), '') AS t{n}" for n, each in enumerate(told))
    carried = "".join(
        f", cast({_quoted(source.heads[place])} AS VARCHAR) AS {_quoted(source.heads[place])}"
        for place in source.carried
    )
    carried += "".join(
        f", coalesce(cast({_quoted(source.heads[place])} AS VARCHAR), '') AS {_quoted(name)}"
        for name, place in source.facts
    )
    first = 2 if source.kind == "csv" else 1
    breaks = _line_breaks(source.heads) if source.kind == "csv" else "0"
    engine.execute(
        f"CREATE TABLE given AS SELECT row_number() OVER () + {first - 1} AS line, {breaks} AS breaks, "
        f"trim(cast({patient} AS VARCHAR)) AS patient, "
        f"{texts}{carried} FROM {rows}"
    )
    if source.kind == "csv":
        _refuse_swallowed_rows(engine, source.path)
        _count_rejected_lines(engine)
        _count_broken_lines(engine)
    keys = ", ".join(f"t{n}" for n in range(len(told)))
    # Instructions of one drug stand together: what is worked out for a drug is worked out by one process, once.
    by_drug = ", ".join(f"t{n}" for n in sorted(range(len(told)), key=lambda n: source.told[n] not in source.naming))
    engine.execute(
        f"CREATE TABLE told AS SELECT row_number() OVER (ORDER BY {by_drug}) - 1 AS instruction, {keys} FROM "
        f"(SELECT DISTINCT {keys} FROM given WHERE patient <> '')"
    )
    _write(engine, "SELECT * FROM told ORDER BY instruction", work / "instructions.parquet")
    counted = engine.execute("SELECT count(*) FROM told").fetchone()
    _rejected(engine, source, work / "rejected.csv")
    names = [source.heads[place] for place in source.carried] + [name for name, _ in source.facts]
    others = "".join(f", given.{_quoted(name)}" for name in names)
    (work / "rows").mkdir(exist_ok=True)
    same = " AND ".join(f"given.t{n} = told.t{n}" for n in range(len(told)))
    engine.execute(
        f"CREATE TABLE sharded AS SELECT patient, line, instruction{others}, hash(patient) % {shards} AS shard "
        f"FROM given JOIN told ON {same} WHERE patient <> ''"
    )
    for shard in range(shards):
        query = f"SELECT * EXCLUDE (shard) FROM sharded WHERE shard = {shard} ORDER BY patient, line"
        _write(engine, query, work / "rows" / f"{shard:05}.parquet")
    engine.close()
    return int(counted[0]) if counted else 0


def _line_breaks(heads: Sequence[str]) -> str:
    """The SQL that counts the line breaks inside the cells of a row."""
    return " + ".join(
        f"CASE WHEN contains({cell}, chr(10)) THEN length({cell}) - length(replace({cell}, chr(10), '')) ELSE 0 END"
        for cell in map(_quoted, heads)
    )


def _refuse_swallowed_rows(engine: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A quotation mark that is not closed takes the rows below it into one: whose they are, and what else those people
    take, is not known. Raises :class:`InputError`, as ``check -f`` does.
    """
    found = engine.execute(
        "SELECT min(line) FROM reject_errors WHERE CAST(error_type AS VARCHAR) = 'UNQUOTED VALUE' "
        "AND contains(rtrim(csv_line, chr(10) || chr(13)), chr(10))"
    ).fetchone()
    if found is not None and found[0] is not None:
        raise InputError(OPEN_MARK, path=str(path), line=int(found[0]))


def _count_broken_lines(engine: duckdb.DuckDBPyConnection) -> None:
    """Rows behind a row whose cells hold line breaks stand as many lines further down."""
    engine.execute(
        "CREATE TABLE broken AS SELECT line, sum(breaks) OVER (ORDER BY line) AS so_far FROM "
        "(SELECT line, breaks FROM given WHERE breaks > 0)"
    )
    if engine.execute("SELECT count(*) FROM broken").fetchone() != (0,):
        engine.execute(f"UPDATE given SET line = line + {_BROKEN_BEFORE.format('given.line')}")


_BROKEN_BEFORE = "coalesce((SELECT max(so_far) FROM broken WHERE broken.line < {}), 0)"
"""How many line breaks inside cells stand before a row."""


def _count_rejected_lines(engine: duckdb.DuckDBPyConnection) -> None:
    """Rows behind a row that could not be read stand a line further down than they were counted."""
    if engine.execute("SELECT count(*) FROM reject_errors").fetchone() == (0,):
        return
    engine.execute(
        "CREATE TABLE gaps AS SELECT line - place - 1 AS before, place FROM "
        "(SELECT line, row_number() OVER (ORDER BY line) AS place FROM (SELECT DISTINCT line FROM reject_errors))"
    )
    engine.execute("UPDATE given SET line = line + (SELECT count(*) FROM gaps WHERE gaps.before < given.line - 1)")


_REASONS = (
    ("UNQUOTED VALUE", "a quotation mark is not closed, or one stands inside a cell"),
    ("INVALID ENCODING", "the row is not UTF-8"),
    ("LINE SIZE OVER MAXIMUM", "the row is too long"),
    ("TOO MANY COLUMNS", "the row has more cells than the header"),
    ("MISSING COLUMNS", "the row has fewer cells than the header"),
)
"""What the engine calls a row that it cannot read, and its words here; the first of several is told."""


def _rejected(engine: duckdb.DuckDBPyConnection, source: InputFile, path: Path) -> None:
    """Rows that no person can be told of, each once with its line, the reason and what it says."""
    said = ", ".join(f"nullif(t{n}, '')" for n in range(len(source.told)))
    parts = [
        f"SELECT line, 'the row names no person' AS reason, concat_ws(' | ', {said}) AS text FROM given "
        "WHERE coalesce(patient, '') = ''"
    ]
    if source.facts:  # a row that says who somebody is and names no drug is no item; one that says nothing is told
        empty = " AND ".join(
            [*(f"t{n} = ''" for n in range(len(source.told))), *(f"{_quoted(name)} = ''" for name, _ in source.facts)]
        )
        parts.append(
            f"SELECT line, {_text(NO_DRUG)} AS reason, patient AS text FROM given WHERE patient <> '' AND {empty}"
        )
    if source.kind == "csv":
        words = " ".join(f"WHEN {_text(kind)} THEN {_text(reason)}" for kind, reason in _REASONS)
        order = " ".join(f"WHEN {_text(kind)} THEN {n}" for n, (kind, _) in enumerate(_REASONS))
        kind = "CAST(error_type AS VARCHAR)"
        parts.append(
            f"SELECT line + {_BROKEN_BEFORE.format('reject_errors.line')} AS line, arg_min(CASE {kind} {words} ELSE error_message END, CASE {kind} {order} ELSE 9 END) AS reason, "
            "any_value(csv_line) AS text FROM reject_errors GROUP BY reject_errors.line"
        )
    query = f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY line, reason"
    write_whole(path, lambda beside: engine.execute(f"COPY ({query}) TO {_text(beside)} (FORMAT csv, HEADER)"))


def _write(engine: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    write_whole(path, lambda beside: engine.execute(f"COPY ({query}) TO {_text(beside)} (FORMAT parquet)"))


def scan(engine: duckdb.DuckDBPyConnection, path: Path, kind: str) -> str:
    """The SQL that reads a Parquet or an Arrow file."""
    if kind == "parquet":
        return f"read_parquet({_text(path)})"
    from pyarrow import dataset

    engine.register("arrow_file", dataset.dataset(path, format="ipc"))
    return "arrow_file"


def _columns(heads: Sequence[str]) -> str:
    return "{" + ", ".join(f"{_text(head)}: 'VARCHAR'" for head in heads) + "}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
