"""Coverage-guided fuzzing of everything that reads what people give it: ``python tools/fuzz.py TARGET [--seconds N]``.

Targets: sig, name, check, article, table, overlay, list, fhir, label. Needs atheris (``python -m pip install atheris``; Python 3.11 to
3.13 on Linux). It starts from the seeds of the tests, keeps what it finds under ``.fuzz/TARGET`` and ends with the number
of executions. What it may not find: an exception other than the program's own, a place outside the text, an answer that
differs from the one before, or one input that takes more than a minute (by the clock, on a machine that may be busy). An
input that does becomes a line of ``tests/project/fuzzed.tsv`` once it is mended.
"""

from __future__ import annotations

import atexit
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "outputs" / "golden" / "data"
"""A small dataset, over which tables are laid."""
LONGEST_BYTES = {
    "sig": 400,
    "name": 200,
    "check": 300,
    "article": 2000,
    "table": 2000,
    "overlay": 1500,
    "list": 2000,
    "fhir": 4000,
    "label": 6000,
}
Try = Callable[[bytes], None]


def tries() -> dict[str, Try]:
    """Each target with what one input is put through."""
    import doseref
    from doseref.articles.extract import extract
    from doseref.articles.read import article_of
    from doseref.checks.dataset.overlay import check_overlay
    from doseref.errors import DoserefError
    from doseref.imports.dosing import read_dosage
    from doseref.imports.spl import LeftOut, read_label
    from doseref.items.identify import identify
    from doseref.lists.files import read_file
    from doseref.names import names
    from doseref.tables.read import scan
    from doseref.tables.schema import TABLES

    data = doseref.reference()
    known = names(data)

    def sig(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        dosage = data.parse(text)
        assert dosage.status in ("read", "partly-read", "unread")
        assert all(0 <= each.start <= each.end <= len(text) for each in dosage.problems)
        assert dosage == data.parse(text)
        json.dumps(dosage.to_json(), default=str)

    def name(content: bytes) -> None:
        identify(content.decode("utf-8", "replace"), known)

    def check(content: bytes) -> None:
        try:
            result = doseref.check([content.decode("utf-8", "replace")])
        except DoserefError:
            return
        json.dumps(result.to_json(), default=str)

    def article(content: bytes) -> None:
        text = content[1:].decode("utf-8", "replace")
        kind = ("text", "markdown", "html")[content[0] % 3] if content else "text"
        try:
            extract(article_of(text, f"page.{kind}", kind=kind), data)
        except DoserefError:
            return

    def table(content: bytes) -> None:
        for each in TABLES[:3]:
            scan(each, content, each.file)

    work = Path(tempfile.mkdtemp(prefix="doseref-fuzz-"))
    atexit.register(shutil.rmtree, work, ignore_errors=True)

    def overlay(content: bytes) -> None:
        each = TABLES[content[0] % len(TABLES) if content else 0]
        for old in work.glob("*.csv"):
            old.unlink()
        (work / each.file).write_bytes(content[1:])
        _, findings = check_overlay(work, base=SMALL)
        assert all(found.locations[0].line >= 1 for found in findings)

    def listed(content: bytes) -> None:
        ending = ("txt", "csv", "tsv", "json", "jsonl")[content[0] % 5] if content else "txt"
        try:
            people = read_file(f"list.{ending}", content[1:])
        except DoserefError:
            return
        for _, items in people[:3]:
            try:
                doseref.check(items[:5])
            except DoserefError:
                continue

    def fhir(content: bytes) -> None:
        try:
            people = read_file("bundle.json", content)
            for _, items in people[:3]:
                doseref.check(items[:5])
        except DoserefError:
            return

    def label(content: bytes) -> None:
        try:
            read = read_label(content, "label.xml")
        except (DoserefError, LeftOut):
            return
        for each in read_dosage(read, (("ibuprofen",), ("acetaminophen", "codeine")), data):
            assert each.sentence

    return {
        "sig": sig, "name": name, "check": check, "article": article, "table": table, "overlay": overlay, "list": listed, "fhir": fhir, "label": label,
    }  # fmt: skip


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with, from the tests' tables and the examples."""
    lines = [line.split("\t")[0] for path in sorted((ROOT / "tests" / "sigs").glob("*.tsv")) for line in _lines(path)]
    if target == "sig":
        yield from (line.encode() for line in lines)
    elif target in ("name", "check"):
        for row in _lines(ROOT / "tests" / "decks" / "must_fire.tsv"):
            yield from (item.strip().encode() for item in row.split("\t")[1].split(" | "))
    elif target == "article":
        for number, path in enumerate(sorted((ROOT / "tests" / "articles" / "planted").glob("*.[mht]*"))):
            yield bytes([number % 3]) + path.read_bytes()[:1500]
    elif target == "table":
        yield from (path.read_bytes()[:1500] for path in sorted((ROOT / "data").glob("*.csv")))
    elif target == "overlay":
        from doseref.tables.schema import TABLES

        for number, each in enumerate(TABLES):
            if (SMALL / each.file).is_file():
                yield bytes([number]) + b"".join((SMALL / each.file).read_bytes().splitlines(keepends=True)[:3])
    elif target == "list":
        for number, ending in enumerate(("txt", "csv", "tsv", "json", "jsonl")):
            for path in sorted((ROOT / "examples").rglob(f"*.{ending}")):
                yield bytes([number]) + path.read_bytes()[:1500]
    elif target == "fhir":
        for row in lines[::40]:
            yield json.dumps(_request(row)).encode()
    elif target == "label":
        sys.path.insert(0, str(ROOT / "tests"))
        from imports.label_writer import ingredient, label, product

        seed = product("Seed", ingredient("IBUPROFEN", "200", "mg"))
        yield label(seed)
        for row in lines[::60]:
            yield label(
                seed, dosage=(("2.1 Adults", f"The recommended dose is {row}. Do not exceed 1,200 mg in 24 hours."),)
            )


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines()[1:] if line and not line.startswith("#")]


def _request(text: str) -> dict[str, object]:
    return {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": {"text": "ibuprofen"},
        "dosageInstruction": [{"text": text, "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}},
                               "doseAndRate": [{"doseQuantity": {"value": 400, "unit": "mg"}}]}],
    }  # fmt: skip


def main() -> None:
    """Fuzzes one target for a number of seconds (default 600)."""
    import atheris

    target = sys.argv[1]
    seconds = sys.argv[sys.argv.index("--seconds") + 1] if "--seconds" in sys.argv else "600"
    with atheris.instrument_imports(include=["doseref"]):
        one = tries()[target]
    corpus = ROOT / ".fuzz" / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed[: LONGEST_BYTES[target]])
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-artifact_prefix={ROOT / '.fuzz' / target}-", f"-max_total_time={seconds}", "-timeout=60",
         f"-max_len={LONGEST_BYTES[target]}", "-rss_limit_mb=3000", "-print_final_stats=1", "-use_value_profile=0"],
        one,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
