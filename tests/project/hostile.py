"""Hostile inputs for the commands, made from seeds, and a runner that says what a command did with one.

A case is a command line, standard input, and where the output goes: an ordinary file, a closed pipe, a full device, or
a file that may not grow (``--output`` then stands for a full disk). The runner forks for each case, so that the data
are loaded once. ``trouble`` says what is wrong with an outcome: a traceback, an exit code that no contract names, a
hang, a torn file, or JSON that is none.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imports.label_writer import ingredient, label, product

LONGEST_SECONDS = 20.0
"""Seconds of computing; on a busy machine they may take longer, up to :data:`WAIT_SECONDS`."""
WAIT_SECONDS = 120.0
OLD = "the file that stood here before\n"
_SIGS = (
    "ibuprofen 400 mg 1 tablet every 6 hours as needed for pain, max 3 tablets per day",
    "Norco (hydrocodone/acetaminophen 5 mg/325 mg) 1-2 tablets q4-6h prn",
    "prednisone 40 mg daily x 5 days then 20 mg x 5 days then stop",
    "insulin glargine (LANTUS SOLOSTAR) 100 unit/mL inject 24 units nightly",
    "fentanyl 25 mcg/h patch, change every 72 hours",
    "vitamin D 2,000 IU + calcium 600 mg twice daily with meals",
    "Tab. metformin 500 mg 1-0-1 x 30 days after food; take 2 on Sundays",
)
_CONTROLS = "\u0000\u0001\u0007\u0008\u000b\u001b[31m\u0085\u00ad\u200b\u200d\u202e\u2028\u2029\u2066\ufeff\uffff\U000e0001\U0001f48a"
_NUMBERS = (
    "9" * 4000, "1e999999", "-0", "0", "0.0000000000000000000001", "1/0", "½½½", "١٢٣", "１２", "NaN", "Infinity", "1,2,3,4", "..", "1_000",
    "0x1F", "10^40", "5 - - 3", "Ⅳ",
)  # fmt: skip


@dataclass
class Case:
    """One command line with its standard input; ``where`` is plain, closed, full or small."""

    arguments: list[str]
    stdin: bytes = b""
    where: str = "plain"
    output: Path | None = None


@dataclass
class Outcome:
    """What came of a case."""

    code: int
    seconds: float
    stdout: str = ""
    stderr: str = ""
    hung: bool = False


# --- text


def _bytes(rng: random.Random) -> str:
    raw = bytes(rng.randrange(1, 256) for _ in range(rng.randrange(1, 400)))
    return os.fsdecode(raw)


def _controls(rng: random.Random) -> str:
    return "".join(rng.choice((*_CONTROLS[1:], *rng.choice(_SIGS))) for _ in range(rng.randrange(1, 200)))


def _mutated(rng: random.Random) -> str:
    text = rng.choice(_SIGS)
    for _ in range(rng.randrange(1, 6)):
        a, b = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:a] + text[b:]
        elif kind == 1:
            text = text[:b] + text[a:b] + text[b:]
        elif kind == 2:
            text = text[:a] + rng.choice(_NUMBERS) + text[a:]
        elif kind == 3:
            text = text[:a] + rng.choice("()[]{}<>/\\|;:,.+-*#%&\"'`~^=\n\t") * rng.randrange(1, 5) + text[a:]
        elif kind == 4:
            text = text[:a] + text[a:b][::-1] + text[b:]
        else:
            text = text[:a] + rng.choice(_CONTROLS[1:]) + text[a:]
    return text


def _long(rng: random.Random) -> str:
    unit = rng.choice(
        (
            "(",
            "1 ",
            "and ",
            "q6h ",
            "ibuprofen ",
            "5-",
            "then 5 mg daily ",
            "é",
            "1/",
            "max ",
            "a\u0301\u0302",
            rng.choice(_SIGS) + " ",
        )
    )
    return unit * (rng.choice((500, 5_000, 20_000)) // len(unit) + 1)


def _number(rng: random.Random) -> str:
    return f"{rng.choice(_NUMBERS)} {rng.choice(('mg', 'tablets', 'IU', 'mL', '%', 'mg/kg/day', ''))} {rng.choice(('daily', 'every', 'q', 'x', ''))} {rng.choice(_NUMBERS)}"


def _text(rng: random.Random) -> str:
    return rng.choice((_bytes, _controls, _mutated, _mutated, _mutated, _long, _number))(rng).replace("\0", "")


# --- structures


def _odd(rng: random.Random) -> object:
    return rng.choice(
        (
            None,
            True,
            -1,
            10**40,
            1e308,
            "",
            [],
            {},
            [[]],
            {"": None},
            _mutated(rng),
            _controls(rng),
            [None, 1],
            "9" * 3000,
            "\ud800",
        )
    )


_FHIR = {
    "resourceType": "Bundle", "type": "collection",
    "entry": [
        {"resource": {
            "resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": {"reference": "Patient/1"},
            "medicationCodeableConcept": {"text": "ibuprofen 400 mg tablet", "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "197805"}]},
            "dosageInstruction": [{
                "text": "400 mg every 6 hours", "asNeededBoolean": True, "route": {"text": "oral"},
                "timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h", "boundsDuration": {"value": 5, "unit": "d"}}},
                "doseAndRate": [{"doseQuantity": {"value": 400, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}],
                "maxDosePerPeriod": {"numerator": {"value": 1200, "unit": "mg"}, "denominator": {"value": 1, "unit": "d"}},
            }],
        }},
        {"resource": {"resourceType": "Patient", "id": "1", "birthDate": "1950-01-01"}},
    ],
}  # fmt: skip


def _broken(rng: random.Random, node: object, chance: float = 0.12) -> object:
    """A copy of a JSON value in which some parts are replaced by something odd, left out or doubled."""
    if rng.random() < chance:
        return _odd(rng)
    if isinstance(node, dict):
        return {key: _broken(rng, value, chance) for key, value in node.items() if rng.random() > 0.05}
    if isinstance(node, list):
        return [_broken(rng, each, chance) for each in node for _ in range(rng.choice((1, 1, 1, 2)))]
    return node


def _json(rng: random.Random) -> bytes:
    kind = rng.randrange(5)
    if kind == 0:
        depth = rng.choice((50, 2_000, 100_000))
        return (rng.choice(("[", '{"a":', '{"items":[')) * depth).encode()
    if kind == 1:
        depth = rng.choice((50, 2_000, 60_000))
        return ("[" * depth + "]" * depth).encode()
    if kind == 2:
        plain = {
            "regimens": [{"id": "1", "items": ["ibuprofen 400 mg tid", {"drug": "aspirin", "sig": "81 mg daily"}]}]
        }
        return json.dumps(_broken(rng, plain)).encode()
    if kind == 3:
        whole = json.dumps(_broken(rng, _FHIR, 0.04)).encode()
        return whole[: rng.randrange(len(whole) + 1)]
    return json.dumps(_broken(rng, _FHIR, 0.04)).encode()


def _csv(rng: random.Random) -> bytes:
    names = rng.sample(
        ["drug", "sig", "dose", "patient", "Directions", "strength", "prn", "max", "", "drug", "\u202e", "x" * 200],
        rng.randrange(1, 7),
    )
    sign = rng.choice(",;\t|")
    rows = [sign.join(names)]
    for _ in range(rng.randrange(0, 12)):
        rows.append(
            sign.join(
                rng.choice((_mutated(rng), '"', '""', '"a', "ibuprofen 400 mg tid", "", "=1+1", "active"))
                for _ in range(rng.randrange(0, 8))
            )
        )
    text = rng.choice(("\n", "\r\n", "\r", "\n\n")).join(rows)
    raw = text.encode(rng.choice(("utf-8", "utf-16", "utf-8-sig", "utf-32", "utf-7")), "replace")
    if rng.random() < 0.3:
        raw = raw[: rng.randrange(len(raw) + 1)] + bytes(rng.randrange(256) for _ in range(20))
    return raw


def _zip(rng: random.Random) -> bytes:
    """Something like a workbook or a Word file: parts that are cut, odd, missing, deep or huge when unpacked."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = [
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/sharedStrings.xml",
            "word/document.xml",
            "../evil.xml",
        ]
        for part in rng.sample(parts, rng.randrange(0, len(parts))):
            archive.writestr(part, rng.choice((
                b"", b"<a>" * rng.choice((10, 30_000)), b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
                b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99</v></c></row></sheetData></worksheet>", b" " * 3_000_000, os.fsencode(_bytes(rng)),
            )))  # fmt: skip
    raw = held.getvalue()
    if rng.random() < 0.4:
        raw = raw[: rng.randrange(len(raw) + 1)]
    return raw


def _workbook(rng: random.Random) -> bytes:
    """A workbook that opens, with odd cells."""
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    for _ in range(rng.randrange(1, 4)):
        sheet = book.create_sheet()
        for row in range(1, rng.randrange(2, 9)):
            for column in range(1, rng.randrange(2, 7)):
                value = rng.choice(
                    (
                        "drug",
                        "sig",
                        "dose",
                        "ibuprofen",
                        "400 mg tid",
                        "=1/0",
                        "#REF!",
                        1e300,
                        -1,
                        True,
                        None,
                        "".join(each for each in _mutated(rng) if each.isprintable()),
                    )
                )
                try:
                    sheet.cell(row, column, value)
                except (IllegalCharacterError, ValueError):
                    continue
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _lines(rng: random.Random) -> bytes:
    return os.fsencode(
        "\n".join(
            _text(rng).encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
            for _ in range(rng.randrange(1, 6))
        )
    )


def _markup(rng: random.Random) -> bytes:
    text = "".join(
        rng.choice(("<p>", "</p>", "<table><tr><td>", "</td>", "<!--", "-->", "<script>", "&#x110000;", "&nbsp;", "| a | b |\n|--|\n", "# ", "\n\n", "```", "](", "[" * 50,
                    "<div>" * 300, "> " * 200, "Ibuprofen: 400 mg every 6 hours, max 1,200 mg a day. ", "- naproxen 220 mg bid\n", _mutated(rng)))
        for _ in range(rng.randrange(1, 40))
    )  # fmt: skip
    return text.encode(rng.choice(("utf-8", "utf-16", "latin-1")), "replace")


_FILES: dict[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "csv": ("csv", _csv), "tsv": ("tsv", _csv), "json": ("json", _json), "jsonl": ("jsonl", _json), "txt": ("txt", _lines), "zip": ("xlsx", _zip),
    "xlsx": ("xlsx", _workbook), "docx": ("docx", _zip), "html": ("html", _markup), "md": ("md", _markup), "any": ("pdf", _lines),
}  # fmt: skip


def _file(rng: random.Random, directory: Path, kinds: tuple[str, ...]) -> str:
    ending, make = _FILES[rng.choice(kinds)]
    path = directory / f"in.{rng.choice((ending, ending, ending, ending.upper()))}"
    path.write_bytes(make(rng))
    return str(path)


# --- commands


def _option(rng: random.Random, chance: float, *pairs: tuple[str, tuple[str, ...]]) -> list[str]:
    found: list[str] = []
    for name, values in pairs:
        if rng.random() < chance:
            found += [name, rng.choice(values)] if values else [name]
    return found


def _check(rng: random.Random, directory: Path) -> Case:
    arguments = _option(
        rng, 0.15, ("--format", ("json", "jsonl", "csv", "markdown", "html", "xlsx", "sarif", "github", "gitlab", "junit", "concise", "text", "pdf", "")), ("--weight", ("nan", "inf", "-5", "1e999", "70")),
        ("--age", ("-1", "1e9", "40")), ("--egfr", ("0", "x", "30")), ("--as-of", ("2020-13-45", "0000-00-00", "2020-01-01")), ("--map", ("a=b", "=", "drug=sig", "sig=ignore", "sheet=patient", "x")), ("-v", ()), ("--explain", ()), ("--country", ("GB", "XX", "")), ("--otc", ()),
        ("--policy", ("strictest", "\u202e", "no-such")), ("--strict", ()), ("--accept-suggestions", ()), ("--data", (str(directory), "/dev/null")),
    )  # fmt: skip
    kind = rng.randrange(8)
    if kind < 3:
        return Case(["check", *arguments, "--", *(_text(rng) for _ in range(rng.randrange(1, 4)))])
    if kind < 7:
        return Case(
            [
                "check",
                *arguments,
                "-f",
                _file(rng, directory, ("csv", "tsv", "json", "json", "jsonl", "txt", "zip", "xlsx", "any")),
            ]
        )
    return Case(["check", *arguments, rng.choice(("-", "-f-"))], stdin=rng.choice((_lines, _json, _csv))(rng))


def _parse(rng: random.Random, directory: Path) -> Case:
    arguments = _option(
        rng,
        0.3,
        ("--format", ("json", "jsonl", "fhir", "text", "xml")),
        ("--fhir-version", ("R4", "R5", "R9")),
        ("--trace", ()),
        ("--strict", ()),
    )
    kind = rng.randrange(4)
    if kind < 2:
        return Case(["parse", *arguments, "--", *(_text(rng) for _ in range(rng.randrange(1, 4)))])
    if kind == 2:
        return Case(["parse", *arguments, "-f", _file(rng, directory, ("txt", "any", "csv"))])
    return Case(["parse", *arguments, "-"], stdin=_lines(rng))


def _show(rng: random.Random, directory: Path) -> Case:
    arguments = _option(
        rng,
        0.2,
        ("--format", ("json", "csv", "markdown", "html", "text", "?")),
        ("--all", ()),
        ("--sources", ()),
        ("--data", (str(directory),)),
    )
    return Case(
        [
            "show",
            *arguments,
            "--",
            *(rng.choice((_text(rng), "ibuprofen", "Norco 5/325")) for _ in range(rng.randrange(0, 3))),
        ]
    )


def _extract(rng: random.Random, directory: Path) -> Case:
    arguments = _option(
        rng,
        0.2,
        ("--format", ("json", "csv", "text")),
        ("--as", ("text", "markdown", "html", "docx", "rtf")),
        ("--source", ("a/b", "", "x" * 300)),
        ("--strict", ()),
    )
    if rng.randrange(5) == 0:
        return Case(["extract", *arguments, "-"], stdin=rng.choice((_lines, _markup, _zip))(rng))
    return Case(["extract", *arguments, _file(rng, directory, ("txt", "md", "html", "docx", "any"))])


def _reconcile(rng: random.Random, directory: Path) -> Case:
    baseline = directory / "baseline.json"
    baseline.write_bytes(_json(rng))
    settings = directory / "doseref.toml"
    settings.write_bytes(rng.choice((_lines(rng), b"a = [" * 3000, b"[doseref]\nselect = 5\n", b"")))
    arguments = _option(
        rng, 0.25, ("--format", ("json", "markdown", "html", "github", "sarif", "text")), ("--select", ("A1", "A999", ",", "*")), ("--ignore", ("A101", "")),
        ("--baseline", (str(baseline), "/dev/null")), ("--config", (str(settings),)), ("--update-baseline", ()), ("--strict", ()),
    )  # fmt: skip
    return Case(
        [
            "reconcile",
            *arguments,
            *(_file(rng, directory, ("txt", "md", "html", "docx")) for _ in range(rng.randrange(1, 3))),
        ]
    )


_TABLES = (
    "substances",
    "names",
    "products",
    "limits",
    "sources",
    "drugs",
    "classes",
    "conversions",
    "mme",
    "supplements",
)


def _validate(rng: random.Random, directory: Path) -> Case:
    data = directory / "data"
    data.mkdir(exist_ok=True)
    for name in rng.sample(_TABLES, rng.randrange(0, 5)):
        (data / f"{name}.csv").write_bytes(_csv(rng))
    if rng.random() < 0.6:
        (data / "datapackage.json").write_bytes(_json(rng))
    arguments = _option(
        rng,
        0.2,
        ("--format", ("json", "github", "sarif", "junit", "text")),
        ("--fix", ()),
        ("--against", (str(directory), "HEAD~999", "\u202e")),
        ("--as-of", ("9999-99-99", "2020-01-01")),
    )
    return Case(
        ["validate", *arguments, rng.choice((str(data), str(data), str(data), "/dev/null", str(directory / "none")))]
    )


def _convert(rng: random.Random, directory: Path) -> Case:
    arguments = _option(
        rng, 0.3, ("--of", ("vitamin D", "\u202e", "levothyroxine", "9" * 2000)), ("--format", ("json", "text"))
    )
    quantity = rng.choice((_text(rng)[:3000], f"{rng.choice(_NUMBERS)} {rng.choice(('mg', 'IU', 'mL', 'cup', '%'))}"))
    return Case(["convert", *arguments, "--", quantity, rng.choice(("mg", "mcg", "IU", "tablet", _text(rng)[:500]))])


def _rules(rng: random.Random, directory: Path) -> Case:
    arguments = _option(rng, 0.3, ("--format", ("json", "markdown", "text", "yaml")))
    return Case(
        [
            "rules",
            *arguments,
            *([rng.choice(("R101", "R999", "A101", _text(rng)[:2000]))] if rng.random() < 0.9 else []),
        ]
    )


def _bulk(rng: random.Random, directory: Path) -> Case:
    arguments = _option(
        rng, 0.3, ("--format", ("csv", "csv", "parquet", "json")), ("--map", ("a=b", "dose=patient", "drug=patient", "x")), ("--strict", ()),
        ("--policy", ("strictest", "no-such")), ("--as-of", ("2020-13-45", "2020-01-01")), ("--country", ("GB", "ZZ")),
    )  # fmt: skip
    source = _file(rng, directory, ("csv", "csv", "tsv", "json", "zip", "any"))
    if rng.random() < 0.5:  # a list that can be read, with hostile cells
        rows = [f'{rng.randrange(4)},"{_mutated(rng).replace(chr(34), chr(39))}"' for _ in range(rng.randrange(0, 12))]
        Path(source).with_suffix(".csv").write_text(
            "\n".join(("patient,item", *rows)), encoding="utf-8", errors="replace"
        )
        source = str(Path(source).with_suffix(".csv"))
    out = rng.choice((str(directory / "tables"), str(directory / "a" / "b"), "/dev/null", source))
    return Case(["bulk", "--jobs", rng.choice(("1", "1", "1", "0", "x")), *arguments, source, out])


def _spl(rng: random.Random) -> bytes:
    """A label file, whole, cut, with odd values, or with entities and depth."""
    kind = rng.randrange(5)
    text = "".join(each for each in _mutated(rng) if each.isprintable()).replace("&", "").replace("<", "")
    amount = ingredient("IBUPROFEN", rng.choice((*_NUMBERS[1:], "400")), rng.choice(("mg", "[IU]", "\u202e")))
    whole = label(
        product(text[:60], amount),
        dosage=((text[:20], text),),
        set_id=str(rng.randrange(10**9)),
        day=rng.choice(("20240101", "x")),
    )
    if kind == 0:
        return whole[: rng.randrange(len(whole))]
    if kind == 1:
        return (
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;'>]><document>&c;</document>"
        )
    if kind == 2:
        return b"<document>" * rng.choice((10, 20_000))
    return whole if kind < 4 else whole.decode().encode("utf-16")


def _import(rng: random.Random, directory: Path) -> Case:
    arguments = _option(rng, 0.3, ("--review", ()), ("--format", ("json", "csv", "text", "?")))
    overlay = rng.choice(
        (str(directory / "overlay"), str(directory / "overlay"), "/dev/null", str(directory / "a" / "b"))
    )
    if rng.random() < 0.25:
        rrf = directory / "rrf"
        rrf.mkdir()
        for name in rng.sample(("RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF"), rng.randrange(0, 4)):
            rows = [
                "|".join(
                    rng.choice(("1", "", "RXNORM", "SCD", "IN", _mutated(rng)[:40]))
                    for _ in range(rng.randrange(1, 20))
                )
                for _ in range(9)
            ]
            (rrf / name).write_text("\n".join(rows), encoding="utf-8", errors="replace")
        return Case(["import", *arguments, "-o", overlay, "rxnorm", str(rrf)])
    paths = []
    for number in range(rng.randrange(1, 4)):
        path = directory / f"label{number}.{rng.choice(('xml', 'xml', 'xml', 'zip'))}"
        path.write_bytes(_spl(rng) if path.suffix == ".xml" else _zip(rng))
        paths.append(str(path))
    return Case(["import", *arguments, "-o", overlay, rng.choice(("spl", "spl", "spl", "spl", "\u202e")), *paths])


def _schema(rng: random.Random, directory: Path) -> Case:
    return Case(["schema", *rng.choice(([], ["check"], ["parse"], ["--", _text(rng)[:500]], ["\u202e"]))])


NO_OUTPUT = ("bulk", "import")
"""Commands whose outcome is a directory and goes to no ``--output`` file."""

MAKERS: dict[str, Callable[[random.Random, Path], Case]] = {
    "check": _check, "parse": _parse, "show": _show, "extract": _extract, "reconcile": _reconcile, "validate": _validate, "convert": _convert, "rules": _rules,
    "bulk": _bulk, "import": _import, "schema": _schema,
}  # fmt: skip


def made(command: str, number: int, directory: Path) -> Case:
    """The hostile case of a number: the same for the same command and number (and ``DOSEREF_HOSTILE_SEED``)."""
    rng = random.Random(f"{command} {number}{os.environ.get('DOSEREF_HOSTILE_SEED', '')}")
    case = MAKERS[command](rng, directory)
    case.where = rng.choice(("plain",) * 6 + ("closed", "full", "small", "small"))
    if command not in NO_OUTPUT and (case.where == "small" or rng.random() < 0.15):
        case.output = directory / "out.txt"
        case.output.write_text(OLD, encoding="utf-8")
        case.arguments[1:1] = ["--output", str(case.output)]
    return case


# --- the runner


def outcome(case: Case, directory: Path) -> Outcome:
    """Run a case in a forked child."""
    (directory / "stdin").write_bytes(case.stdin)
    (directory / "stdout").write_bytes(b"")
    told, tells = os.pipe()  # standard error is no file: it is not the disk that is full
    os.set_blocking(told, False)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(case, directory, tells)
    os.close(tells)
    code, hung, stderr = None, False, b""
    while code is None:
        stderr += _read(told)
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
        elif time.monotonic() - began > WAIT_SECONDS:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            code, hung = -9, True
        else:
            time.sleep(0.002)
    stderr += _read(told)
    os.close(told)
    hung = hung or code in (-signal.SIGXCPU, -signal.SIGKILL)
    stdout = (directory / "stdout").read_bytes()
    return Outcome(
        code, time.monotonic() - began, stdout.decode("utf-8", "replace"), stderr.decode("utf-8", "replace"), hung
    )


def _read(pipe: int) -> bytes:
    found = b""
    while True:
        try:
            piece = os.read(pipe, 65536)
        except BlockingIOError:
            return found
        if not piece:
            return found
        found += piece


def _address_space_bytes() -> int:
    """What this process has of address space; 0 where the system does not say."""
    told = Path("/proc/self/statm")
    return int(told.read_text("ascii").split()[0]) * resource.getpagesize() if told.is_file() else 0


def _become(case: Case, directory: Path, stderr: int) -> None:
    """The child: its streams, its limits, the command; it never returns."""
    code = 99
    try:
        os.dup2(os.open(directory / "stdin", os.O_RDONLY), 0)
        out = os.open("/dev/full" if case.where == "full" else directory / "stdout", os.O_WRONLY)
        if case.where == "closed":
            read, out = os.pipe()
            os.close(read)
        os.dup2(out, 1)
        os.dup2(stderr, 2)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
        spent = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (spent + int(LONGEST_SECONDS), spent + int(LONGEST_SECONDS)))
        most_bytes = _address_space_bytes() + (4 << 30)  # beside what the tests before this one hold in their process
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        if case.where == "small":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))
        sys.argv = ["doseref", *case.arguments]
        os.chdir(directory)
        code = _run()
    finally:
        os._exit(code)


def _run() -> int:
    import traceback

    from doseref.cli.main import run

    try:
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 98
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        code = 120  # what the interpreter makes of it at its end
    return code


def trouble(case: Case, came: Outcome) -> list[str]:
    """What is wrong with an outcome; empty where all is well."""
    found = []
    if came.hung:
        found.append(f"no end after {LONGEST_SECONDS:.0f} s")
    if "Traceback (most recent call last)" in came.stderr + came.stdout:
        found.append("a traceback: " + came.stderr.strip().splitlines()[-1][:200])
    if came.code not in (0, 1, 2) and not came.hung:
        found.append(f"exit code {came.code}")
    json_wanted = any(a == "--format" and b == "json" for a, b in zip(case.arguments, case.arguments[1:], strict=False))
    if case.output is not None:
        text = case.output.read_text(encoding="utf-8")
        if text != OLD and json_wanted and not _is_json(text):
            found.append("the output file is torn")
        if text != OLD and (
            case.where == "small" and len(text.encode()) >= 60 and (came.code == 2 or not text.endswith("\n"))
        ):
            found.append("the output file is a piece")
        left = [
            each.name
            for each in case.output.parent.iterdir()
            if each.name.startswith((".out", "out")) and each != case.output
        ]
        if left:
            found.append(f"left behind: {left}")
    elif json_wanted and case.where == "plain" and came.code in (0, 1) and not _is_json(came.stdout):
        found.append("standard output is no JSON")
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def warm() -> None:
    """Load program and data once, before the forks."""
    import doseref

    doseref.check(["ibuprofen 400 mg every 8 hours"])
