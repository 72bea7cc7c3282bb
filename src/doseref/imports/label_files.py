"""The label files in a file, a directory or a zip archive (also zips in a zip, as DailyMed packs them),
one at a time.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from doseref.errors import InputError
from doseref.imports.xml_tree import MOST_BYTES

MOST_INNER_BYTES = 256 * 1024 * 1024
"""Largest zip inside a zip; one label with its pictures."""
MOST_PARTS = 200_000
"""Most entries of one archive."""


def label_files(path: str) -> Iterator[tuple[str, bytes | str]]:
    """``(where, content)`` of every ``.xml`` file, in the order of their names; for one that cannot be read, why, as a
    text.

    Raises :class:`InputError` where there is nothing at ``path``, or no label file in it.
    """
    start = Path(path)
    if start.is_dir():
        files = sorted(each for each in start.rglob("*") if each.suffix.lower() in (".xml", ".zip") and each.is_file())
        if not files:
            raise InputError("holds no label file (.xml, .zip)", path=path)
    elif start.is_file():
        files = [start]
    else:
        raise InputError("there is no such file or directory", path=path)
    for each in files:
        if each.suffix.lower() == ".zip":
            yield from _in_archive(each, str(each), 0)
        else:
            yield str(each), _content(each)


def _content(path: Path) -> bytes | str:
    try:
        if path.stat().st_size > MOST_BYTES:
            return f"is larger than {MOST_BYTES // 1024 // 1024} MB"
        return path.read_bytes()
    except OSError as error:
        return error.strerror or str(error)


def _in_archive(file: Path | io.BytesIO, shown: str, depth: int) -> Iterator[tuple[str, bytes | str]]:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = [part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".zip"))]
            if len(parts) > MOST_PARTS:
                yield shown, f"holds more than {MOST_PARTS:,} files"
                return
            for part in sorted(parts, key=lambda each: each.filename):
                where = f"{shown}!{part.filename}"
                inner = part.filename.lower().endswith(".zip")
                if inner and depth:
                    yield where, "a zip in a zip in a zip is not read"
                    continue
                content = _part(archive, part, MOST_INNER_BYTES if inner else MOST_BYTES)
                if inner and isinstance(content, bytes):
                    yield from _in_archive(io.BytesIO(content), where, depth + 1)
                else:
                    yield where, content
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        yield shown, "is no sound zip archive"


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes | str:
    """One part, unpacked no further than ``most`` bytes whatever the archive says of its size."""
    if part.flag_bits & 1:
        return "is encrypted"
    try:
        with archive.open(part) as stream:
            content = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return "cannot be unpacked"
    return content if len(content) <= most else f"unpacks to more than {most // 1024 // 1024} MB"
