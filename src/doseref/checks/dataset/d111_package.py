"""D111 package (error; warning where it is missing)

What. datapackage.json describes the tables as the schema does, so that other programs (Frictionless) read them rightly.

Why. A description that lags behind makes a sound table look broken to others, or a broken one sound.

Passes:
    datapackage.json as the schema makes it

Fires:
    datapackage.json without the column longest_unit
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding, Severity
from doseref.tables.load import PACKAGE_FILE, own_file
from doseref.tables.package import WRITE, package

RULE = Rule("D111", "package")


def check(data: Dataset) -> Iterator[Finding]:
    """Whether the description is there and current; its version may be any."""
    path = f"{data.shown.rstrip('/')}/{PACKAGE_FILE}"
    try:
        found = json.loads(own_file(data.directory, PACKAGE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        yield RULE.on(path, 0, 0, "the file is missing", WRITE, Severity.WARNING)
        return
    except json.JSONDecodeError as error:
        yield RULE.on(path, error.lineno, error.colno, f"not JSON: {error.msg}", WRITE)
        return
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        yield RULE.on(path, 0, 0, f"the file cannot be read: {error}", WRITE)
        return
    if not isinstance(found, dict):
        yield RULE.on(path, 1, 1, "not a data package", WRITE)
        return
    wanted = package(str(found.get("version")))
    if found == wanted:
        return
    differing = sorted(key for key in {*found, *wanted} if found.get(key) != wanted.get(key))
    yield RULE.on(path, 1, 1, f"out of date with the schema ({', '.join(differing)})", WRITE)
