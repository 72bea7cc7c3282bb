"""Bytes in and out: bounded reading of files and standard input, and writing that leaves the old file or the new one whole."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from doseref.errors import InputError

_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16."""


def read_bytes(path: str, most_bytes: int) -> bytes:
    """All bytes of ``path`` (``-``: standard input), at most ``most_bytes``.

    Raises :class:`InputError` for what is missing, a directory, closed, not readable or longer (also what never ends).
    """
    try:
        if path == "-":
            content = _standard_input(most_bytes)
        else:
            with Path(path).open("rb") as file:
                content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", path=path) from None
    except IsADirectoryError:
        raise InputError("this is a directory, not a file", path=path) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", path=printable(path)) from None
    if len(content) > most_bytes:
        raise InputError(f"the file has more than {most_bytes:,} bytes; at most {most_bytes:,} are read", path=path)
    return content


def _standard_input(most_bytes: int) -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed", path="-")
    return sys.stdin.buffer.read(most_bytes + 1)


def decode(content: bytes, path: str) -> str:
    """Bytes as text: UTF-8 (with or without BOM), UTF-16 by its BOM, else cp1252; raises :class:`InputError` for binary."""
    if content.startswith(_MARKS):
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


def decoded(content: bytes) -> str:
    """Any bytes as text, for a line of its own each: like :func:`decode`, with U+FFFD for what is no text instead of an error."""
    if content[:2] in _MARKS:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def write_whole(path: str, content: bytes) -> None:
    """Put ``content`` at ``path``, whole or not at all: written beside it, then renamed (devices and pipes directly).

    Raises ``OSError``; a full disk leaves the old file as it was and nothing beside it.
    """
    target = Path(path).resolve()
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(content)
        return
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.new")
    try:
        with beside.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def printable(text: str) -> str:
    """``text`` as valid Unicode: a lone surrogate (a byte that was no text) becomes U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
