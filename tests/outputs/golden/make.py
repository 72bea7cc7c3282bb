"""Write every output anew: ``python tests/outputs/golden/make.py`` (``--data``: and the small tables it is made of, from ``data/``).

The outputs are those of a fixed small part of the tables (``data/`` beside this file), so that a change of ``data/`` leaves them alone and a
change of the program shows in them line by line. What differs from run to run and from version to version (versions, digests, moments,
identifiers) is written as a word. Read the difference before it is committed: that is what these files are for.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DATA, GIVEN, MADE = HERE / "data", HERE / "in", HERE / "out"
SUBSTANCES = frozenset(
    "acetaminophen aspirin docusate gabapentin hydrocodone ibuprofen levothyroxine methotrexate naproxen vitamin-d warfarin".split()
)
STACKS = frozenset(("opioid-gabapentinoid", "anticoagulant-bleeding"))

_PEOPLE = ["check", "-f", "people.txt"]
_ONE = ["check", "-f", "one.txt"]
_ARTICLES = ["reconcile", "first.md", "second.md"]
_TABLES = ["validate", "tables", "--as-of", "2026-11-29"]
CASES: dict[str, list[str]] = {
    **{f"check.{end}": [*_PEOPLE, "--format", name] for end, name in {
        "txt": "text", "json": "json", "jsonl": "jsonl", "csv": "csv", "md": "markdown", "html": "html", "xlsx.tsv": "xlsx",
        "concise.txt": "concise", "github.txt": "github", "gitlab.json": "gitlab", "junit.xml": "junit", "sarif": "sarif",
    }.items()},
    "check-explained.txt": [*_PEOPLE, "--explain", "--verbose"],
    "check-r5.fhir.json": [*_ONE, "--format", "fhir"],
    "check-r4.fhir.json": [*_ONE, "--format", "fhir", "--fhir-version", "R4"],
    "check-now.html": ["check", "acetaminophen 1 g every 6 hours as needed", "--age", "70", "--weight", "60", "--sex", "female", "--creatinine", "0.7",
                       "--now", "14:30", "--taken", "08:00 1 g, 12:00 1 g", "--format", "html"],
    **{f"parse.{end}": ["parse", "-f", "sigs.txt", "--format", name] for end, name in {
        "txt": "text", "json": "json", "jsonl": "jsonl", "fhir.json": "fhir"}.items()},
    **{f"show.{end}": ["show", "ibuprofen", "Norco", "--format", name] for end, name in {
        "txt": "text", "json": "json", "csv": "csv", "md": "markdown", "html": "html"}.items()},
    "show-all.txt": ["show", "ibuprofen", "Norco", "--verbose"],
    **{f"extract.{end}": ["extract", "first.md", "--format", name] for end, name in {
        "txt": "text", "json": "json", "csv": "csv", "concise.txt": "concise"}.items()},
    **{f"reconcile.{end}": [*_ARTICLES, "--format", name] for end, name in {
        "txt": "text", "json": "json", "md": "markdown", "html": "html", "xlsx.tsv": "xlsx", "concise.txt": "concise", "github.txt": "github",
        "gitlab.json": "gitlab", "junit.xml": "junit", "sarif": "sarif"}.items()},
    **{f"validate.{end}": [*_TABLES, "--format", name] for end, name in {
        "txt": "text", "json": "json", "concise.txt": "concise", "github.txt": "github", "gitlab.json": "gitlab", "junit.xml": "junit", "sarif": "sarif",
    }.items()},
    **{f"convert.{end}": ["convert", "1000 IU", "mcg", "--of", "vitamin D", "--format", name] for end, name in {"txt": "text", "json": "json"}.items()},
    **{f"rules.{end}": ["rules", "R101", "--format", name] for end, name in {"txt": "text", "json": "json", "md": "markdown"}.items()},
}  # fmt: skip
"""File → the words of the command, run in ``in/``."""


def main() -> None:
    if "--data" in sys.argv:
        cut(ROOT / "data", DATA)
    shutil.rmtree(MADE, ignore_errors=True)
    write(MADE)


def write(out: Path) -> None:
    """Every output into ``out``. Changes the directory and the tables of this process: run it in one of its own."""
    import doseref.refdata

    doseref.refdata.data_directory = lambda: DATA
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as own:  # another process may be writing too
        shutil.copytree(GIVEN, own, dirs_exist_ok=True)
        os.chdir(own)
        try:
            _write(out)
        finally:
            os.chdir(ROOT)


def _write(out: Path) -> None:
    with _faulty_tables():
        for name, words in CASES.items():
            (out / name).write_text(
                neutral(_cells(_said(words)) if name.endswith(".tsv") else _said(words).decode()), "utf-8"
            )
    for name, text in _service().items():
        (out / name).write_text(neutral(text), "utf-8")


def _said(words: list[str]) -> bytes:
    """What a command prints on standard output; it has to end with or without findings."""
    from doseref.cli.main import run

    caught = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n", write_through=True)
    with contextlib.redirect_stdout(caught), contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            run(words)
        except SystemExit as ended:
            assert ended.code in (0, 1, None), (words, told.getvalue())
    return caught.buffer.getvalue()  # type: ignore[attr-defined]


@contextlib.contextmanager
def _faulty_tables() -> Any:
    """The sound tables of the tests of the dataset with two faults, as ``tables`` in the current directory."""
    made = Path("tables")
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(ROOT / "tests" / "dataset" / "sound", made)
    for name, old, new in (("drugs.csv", "75,75,mg", "75,7S,mg"), ("limits.csv", "demo-label", "demo-lable")):
        path = made / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    try:
        yield
    finally:
        shutil.rmtree(made)


def _cells(book: bytes) -> str:
    """A workbook as openpyxl reads it: a line a row, each sheet under its name, with its frozen pane and filter."""
    from openpyxl import load_workbook

    lines = []
    for sheet in load_workbook(io.BytesIO(book)).worksheets:
        lines.append(f"# {sheet.title}, frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}")
        for row in sheet.iter_rows(values_only=True):
            lines.append("\t".join("" if cell is None else str(cell).replace("\n", "⏎") for cell in row))
    return "\n".join(lines) + "\n"


def _service() -> dict[str, str]:
    """The cards for ``order.json``, the discovery, and the page with a list on it."""
    from starlette.testclient import TestClient

    from doseref.service.app import application

    client = TestClient(application())  # type: ignore[arg-type]
    order = json.loads(Path("order.json").read_text(encoding="utf-8"))
    cards = client.post("/cds-services/doseref-order-sign", json=order).json()
    typed = "Norco 5/325 1 tablet every 4 hours\nibuprophen 400 mg every 8 hours"
    return {
        "cards.json": json.dumps(cards, ensure_ascii=False, indent=2) + "\n",
        "discovery.json": json.dumps(client.get("/cds-services").json(), ensure_ascii=False, indent=2) + "\n",
        "page.html": client.post("/", data={"text": typed}).text,
    }


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"


def neutral(text: str) -> str:
    """The text without what differs from run to run and from version to version."""
    from doseref import __version__

    uuids: dict[str, str] = {}
    text = re.sub(
        r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",
        lambda found: uuids.setdefault(found[0], f"00000000-0000-4000-8000-{len(uuids) + 1:012}"),
        text,
    )
    text = re.sub(r"\b[0-9a-f]{64}\b", "SHA256", text)
    text = re.sub(r"\(([0-9a-f]{7})\)", "(SHA)", text)
    text = re.sub(rf"\b[0-9]{{1,2}} (?:{_MONTH}) [0-9]{{4}}, [0-9]{{2}}:[0-9]{{2}}\b", "MOMENT", text)
    text = re.sub(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+)", "2026-01-01T00:00:00Z", text)
    return re.sub(rf'(?<=doseref ){re.escape(__version__)}\b|(?<="){re.escape(__version__)}(?=")', "VERSION", text)


def cut(source: Path, out: Path) -> None:
    """The rows of the tables in ``source`` that speak of ``SUBSTANCES``, with all classes and side effects and the sources that are used."""
    tables = {path.stem: _rows(path) for path in sorted(source.glob("*.csv"))}
    for name, (header, rows) in tables.items():
        tables[name] = header, _kept(name, rows)
    shutil.rmtree(out, ignore_errors=True)
    used = {row.get("source") for name, (_, rows) in tables.items() if name != "sources" for row in rows}
    used |= {each for row in tables["classes"][1] for each in re.split(r"[;, ]+", row["side_effects_from"])}
    header, rows = tables["sources"]
    tables["sources"] = header, [row for row in rows if row["id"] in used]
    out.mkdir()
    (out / "datapackage.json").write_text('{"name": "part", "version": "0.0.0"}\n', encoding="utf-8")
    for name, (header, rows) in tables.items():
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def _kept(name: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    if name == "substances":
        return [row for row in rows if row["id"] in SUBSTANCES]
    if name in ("drugs", "supplements", "products"):  # a statement or a product is kept whole or not at all
        others = {row["id"] for row in rows if row["substance"] not in SUBSTANCES}
        return [row for row in rows if row["id"] not in others]
    if name == "stacks":
        return [row for row in rows if row["id"] in STACKS]
    if name == "lookalikes":
        return [row for row in rows if {row["name_a"], row["name_b"]} <= SUBSTANCES]
    return [row for row in rows if row["substance"] in SUBSTANCES] if rows and "substance" in rows[0] else rows


if __name__ == "__main__":
    main()
