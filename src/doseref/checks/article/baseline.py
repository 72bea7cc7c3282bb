"""A baseline: findings that are known and accepted for now, kept by their content and not by their lines.

The file is JSON, sorted, one finding an object, so that a change to it can be reviewed::

    {"schema": "doseref.baseline/1", "findings": [{"fingerprint": "…", "code": "A101", "message": "…", "files": ["a.md"]}]}

``files`` are those the finding is about, beside the baseline: a run that reads only some files says nothing of the others' entries.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from doseref.checks.article.run import Reconciliation
from doseref.errors import InputError
from doseref.findings import Finding
from doseref.records import record, replace

SCHEMA = "doseref.baseline/1"


_NAMED = re.compile(r"([^\s(),;]+) line [0-9]+")
"""Where a message names a file, for entries written before files were kept."""


@record
class Accepted:
    """An accepted finding: code and message as they were when accepted, and the files that it is about."""

    code: str
    message: str
    files: tuple[str, ...] = ()


@record
class Baseline:
    """Fingerprints of accepted findings → what was accepted."""

    entries: dict[str, Accepted]
    directory: Path = Path()
    """Where the baseline lies: its files are named from there."""

    def looked_for(self, entry: Accepted, read: Iterable[str] | None) -> bool:
        """Whether a run that read these files (``None``: all there are) could have found an entry: all of its files
        were read or are gone.
        """
        if read is None:
            return True
        paths = {Path(each).resolve() for each in read}
        if entry.files:
            own = {(self.directory / each).resolve() for each in entry.files}
            return all(each in paths or not each.exists() for each in own)
        names = {each.name for each in paths}
        return all(Path(each).name in names for each in _NAMED.findall(entry.message))


def read_baseline(path: str, *, missing_is_empty: bool = False) -> Baseline:
    """The baseline at ``path``. Raises :class:`InputError` for a file that is missing or no baseline."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if missing_is_empty:
            return Baseline({}, Path(path).parent)
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
    entries = {
        entry["fingerprint"]: Accepted(
            str(entry.get("code", "")), str(entry.get("message", "")), tuple(map(str, entry.get("files") or ()))
        )
        for entry in listed
    }
    return Baseline(entries, Path(path).parent)


def apply(result: Reconciliation, baseline: Baseline, read: Iterable[str] | None = None) -> Reconciliation:
    """``result`` without the findings that the baseline holds; ``stale`` are its entries that are found no more in the
    files that were read (``None``: all).
    """
    read = None if read is None else tuple(read)
    kept: list[Finding] = []
    silenced: list[Finding] = []
    seen: set[str] = set()
    for found in (*result.findings, *result.silenced):
        seen.add(str(found.extra.get("fingerprint", "")))
    moved = _of_renamed(result.findings, baseline, seen)
    for found in result.findings:
        known = found.extra.get("fingerprint") in baseline.entries or id(found) in moved
        (silenced if known else kept).append(found)
    seen.update(moved.values())
    stale = tuple(
        f"{entry.code} {entry.message}"
        for key, entry in sorted(baseline.entries.items(), key=lambda item: (item[1].code, item[1].message))
        if key not in seen and baseline.looked_for(entry, read)
    )
    return replace(result, findings=tuple(kept), silenced=(*result.silenced, *silenced), stale=stale)


def _of_renamed(findings: Iterable[Finding], baseline: Baseline, seen: set[str]) -> dict[int, str]:
    """Findings (by ``id``) that are an accepted one of a file which is gone, by its fingerprint: same code, same words
    but for files and lines, and no other file than before but one that is new to the baseline. So a renamed article stays accepted.
    """
    found: dict[int, str] = {}
    waiting = {
        key: entry
        for key, entry in baseline.entries.items()
        if key not in seen and any(not (baseline.directory / each).exists() for each in entry.files)
    }
    known = {each for entry in baseline.entries.values() for each in entry.files}
    for each in findings if waiting else ():
        if each.extra.get("fingerprint") in baseline.entries:
            continue
        files = set(_entry(each, baseline.directory).files)
        for key, entry in waiting.items():
            still = {name for name in entry.files if (baseline.directory / name).exists()}
            same = entry.code == each.code and _words(entry.message) == _words(each.message)
            if same and still <= files and len(files) == len(entry.files) and not (files - still) & known:
                found[id(each)] = key
                del waiting[key]
                break
    return found


def _words(message: str) -> list[str]:
    """The words of a message without files and lines; sorted, for the order of files may be another one."""
    return sorted(_NAMED.sub("", message).split())


def pruned(result: Reconciliation, baseline: Baseline, read: Iterable[str] | None = None) -> str:
    """The baseline without the entries that are no longer found in the files that were read; nothing is added to it."""
    read = None if read is None else tuple(read)
    still = {str(found.extra.get("fingerprint", "")) for found in (*result.findings, *result.silenced)}
    still |= set(_of_renamed(result.findings, baseline, still).values())
    return _dumped(
        {key: entry for key, entry in baseline.entries.items() if key in still or not baseline.looked_for(entry, read)}
    )


def dump(findings: Iterable[Finding], before: Baseline, read: Iterable[str] | None = None) -> str:
    """The baseline that accepts ``findings``; entries of the one before are left out where they could have been found in
    the files that were read.
    """
    read = None if read is None else tuple(read)
    kept = {key: entry for key, entry in before.entries.items() if not before.looked_for(entry, read)}
    return _dumped(kept | {str(each.extra.get("fingerprint", "")): _entry(each, before.directory) for each in findings})


def _entry(found: Finding, directory: Path) -> Accepted:
    paths = {Path(each.path).resolve() for each in found.locations if Path(each.path).is_file()}
    files = sorted(Path(os.path.relpath(each, directory.resolve())).as_posix() for each in paths)
    return Accepted(found.code, found.message, tuple(files))


def _dumped(entries: dict[str, Accepted]) -> str:
    """Entries as the file's text, in an order that makes changes to it readable."""
    listed = [
        {"fingerprint": key, "code": entry.code, "message": entry.message}
        | ({"files": list(entry.files)} if entry.files else {})
        for key, entry in sorted(entries.items(), key=lambda item: (item[1].code, item[1].message, item[0]))
    ]
    return json.dumps({"schema": SCHEMA, "findings": listed}, ensure_ascii=False, indent=2) + "\n"
