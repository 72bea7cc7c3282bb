"""Bytes in and out: bounded reading of files and standard input, and writing that leaves the old file or the new one
whole.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from doseref.errors import InputError

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
"""Byte order marks; that of UTF-32 begins like that of UTF-16 and stands before it."""


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


def marked(content: bytes) -> tuple[str, bytes]:
    """The encoding that a byte order mark says (empty where there is none), and the bytes behind the mark."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding, content[len(mark) :]
    return "", content


def decode(content: bytes, path: str) -> str:
    """Bytes as text: by their byte order mark, as UTF-8, else as cp1252; raises :class:`InputError` for binary."""
    encoding, rest = marked(content)
    try:
        text = rest.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
            raise InputError(f"not {name} text although it begins like it: {error.reason}", path=path) from None
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text:
            line = content.count(b"\n", 0, error.start) + 1
            raise InputError("neither UTF-8 nor Windows-1252 text; save it as UTF-8", path=path, line=line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError("this is not a text file (it holds NUL characters)", path=path, line=line)
    return text


def decoded(content: bytes) -> str:
    """Any bytes as text: like :func:`decode`, with U+FFFD for what is no text instead of an error."""
    encoding, rest = marked(content)
    if encoding:
        return rest.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def write_whole(path: str, *content: bytes, pieces: Iterable[bytes] = ()) -> None:
    """Put ``content``, then ``pieces``, at ``path``, whole or not at all: written beside it, then renamed (devices and
    pipes directly).

    Raises ``OSError`` and what the pieces raise; the old file is then as it was and nothing beside it.
    """
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        mode = None  # links that lead round in a circle are an error, and stay as they are
    target = Path(path).resolve()
    if mode is not None and not stat.S_ISREG(mode):
        with target.open("wb") as out:
            out.writelines(chain(content, pieces))
        return
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.new")
    try:
        with beside.open("wb") as out:
            out.writelines(chain(content, pieces))
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
