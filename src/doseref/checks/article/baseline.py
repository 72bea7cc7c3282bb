"""A baseline: findings that are known and accepted for now, kept by their content and not by their lines.

The file is JSON, sorted, one finding an object, so that a change to it can be reviewed::

    {"schema": "doseref.baseline/1", "findings": [{"fingerprint": "…", "code": "A101", "message": "…"}]}
"""

from __future__ import annotations

import json
from pathlib import Path

from doseref.checks.article.run import Reconciliation
from doseref.errors import InputError
from doseref.findings import Finding
from doseref.records import record, replace

SCHEMA = "doseref.baseline/1"


@record
class Baseline:
    """Fingerprints of accepted findings → code and message as they were when accepted."""

    entries: dict[str, tuple[str, str]]


def read_baseline(path: str, *, missing_is_empty: bool = False) -> Baseline:
    """The baseline at ``path``. Raises :class:`InputError` for a file that is missing or no baseline."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if missing_is_empty:
            return Baseline({})
        raise InputError("there is no such baseline; --update-baseline writes one", path=path) from None
    except (OSError, ValueError) as error:
        raise InputError(f"is no baseline: {getattr(error, 'strerror', None) or error}", path=path) from None
    except RecursionError:
        raise InputError("is no baseline: JSON nested too deeply", path=path) from None
    listed = content.get("findings") if isinstance(content, dict) and content.get("schema") == SCHEMA else None
    if not isinstance(listed, list) or not all(
        isinstance(entry, dict) and isinstance(entry.get("fingerprint"), str) for entry in listed
    ):
        raise InputError(f"is no baseline of schema {SCHEMA}", path=path)
    return Baseline(
        {entry["fingerprint"]: (str(entry.get("code", "")), str(entry.get("message", ""))) for entry in listed}
    )


def apply(result: Reconciliation, baseline: Baseline) -> Reconciliation:
    """``result`` without the findings that the baseline holds; ``stale`` are its entries that are found no more."""
    kept: list[Finding] = []
    silenced: list[Finding] = []
    seen: set[str] = set()
    for found in (*result.findings, *result.silenced):
        seen.add(str(found.extra.get("fingerprint", "")))
    for found in result.findings:
        (silenced if found.extra.get("fingerprint") in baseline.entries else kept).append(found)
    stale = tuple(
        f"{code} {message}"
        for key, (code, message) in sorted(baseline.entries.items(), key=lambda item: item[1])
        if key not in seen
    )
    return replace(result, findings=tuple(kept), silenced=(*result.silenced, *silenced), stale=stale)


def pruned(result: Reconciliation, baseline: Baseline) -> str:
    """The baseline without the entries that are no longer found; nothing is added to it."""
    still = {str(found.extra.get("fingerprint", "")) for found in (*result.findings, *result.silenced)}
    return _dumped([(key, *entry) for key, entry in baseline.entries.items() if key in still])


def dump(findings: tuple[Finding, ...]) -> str:
    """The baseline that accepts ``findings``; entries that are no longer found are left out."""
    return _dumped([(str(each.extra.get("fingerprint", "")), each.code, each.message) for each in findings])


def _dumped(entries: list[tuple[str, str, str]]) -> str:
    """Entries (fingerprint, code, message) as the file's text, in an order that makes changes to it readable."""
    listed = [
        {"fingerprint": key, "code": code, "message": message}
        for key, code, message in sorted(entries, key=lambda entry: (entry[1], entry[2], entry[0]))
    ]
    return json.dumps({"schema": SCHEMA, "findings": listed}, ensure_ascii=False, indent=2) + "\n"
