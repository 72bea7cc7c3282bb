"""Read an article from a file or from standard input, whatever it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from doseref.articles.ignores import read_ignores
from doseref.articles.markup import without_markup
from doseref.articles.model import Article, Block
from doseref.errors import InputError
from doseref.patterns import regex
from doseref.streams import marked, read_bytes

MOST_BYTES = 32 * 1024 * 1024
"""Largest article that is read. The longest of the articles this was made for has 43 kB."""

_READERS = {
    "text": ".txt .text",
    "markdown": ".md .markdown .mdown .mkd .mdx",
    "html": ".html .htm .xhtml",
    "docx": ".docx .docm",
}
ENDINGS = {"": "text", **{ending: reader for reader, endings in _READERS.items() for ending in endings.split()}}
"""File ending → reader."""


def read_article(
    path: str,
    *,
    source: str | None = None,
    known: Iterable[str] = (),
    kind: str | None = None,
    stdin_name: str | None = None,
) -> Article:
    """The article at ``path`` (``-``: standard input), read by its ending or as ``kind`` (text, markdown, html, docx).

    ``stdin_name`` is the name that standard input goes by: its ending, its place in findings. ``known`` are the ids of
    the reference's sources: a file called ``l5-s1.txt`` is source ``l5-s1``. Raises :class:`InputError` for a file that
    is missing, too large or not what it claims to be, and :class:`~doseref.errors.MissingExtraError` where a reader's
    library is not installed.
    """
    content = read_bytes(path, MOST_BYTES)
    if path == "-" and stdin_name:
        path = stdin_name
    if kind is None:
        _demand_readable(path, content)
    reader = kind or _kind(path, content)
    if reader == "docx":
        from doseref.articles.read_docx import read_docx

        name = source or _stem(path)
        return Article(path, name, tuple(read_docx(content, path)), known=name in set(known))
    text = decode(content, path, html=reader == "html")
    return article_of(text, path, source=source, known=known, kind=reader)


_NO_READER = {b"%PDF-": "a PDF", b"{\\rtf": "an RTF document", b"\xd0\xcf\x11\xe0": "a document of an old Word (.doc)"}
"""How the files begin that are documents and have no reader: as plain text they would hold no dose, and seem clean."""


def _demand_readable(path: str, content: bytes) -> None:
    """Refuse a document that has no reader, whatever its name ends in; raises :class:`InputError`."""
    head = content[:1024].lstrip()
    found = next((what for begin, what in _NO_READER.items() if head.startswith(begin)), "")
    if found:
        raise InputError(f"is {found}, which is not read here: save it as Word (.docx), HTML or text", path=path)


def article_of(
    text: str, path: str, *, source: str | None = None, known: Iterable[str] = (), kind: str | None = None
) -> Article:
    """The article that is at hand as a text and goes by ``path``; otherwise as :func:`read_article`."""
    reader = kind or _kind(path, text[:1024].encode("utf-8", "replace"))
    blocks = read_string(text, reader, path)
    name = source or _stem(path)
    ignores, mistakes = read_ignores(text, blocks) if "doseref" in text else ((), ())
    return Article(path, name, tuple(blocks), ignores, name in set(known), mistakes, tuple(_wide(text)))


def _stem(path: str) -> str:
    return "stdin" if path == "-" else Path(path).stem


_ASTRAL = regex("[\U00010000-\U0010ffff]")


def _wide(text: str) -> Iterator[tuple[int, int]]:
    """Line and column of every character that takes two units of UTF-16."""
    line, start, reached = 1, 0, 0
    for found in _ASTRAL.finditer(text):
        line += text.count("\n", reached, found.start())
        start = max(start, text.rfind("\n", reached, found.start()) + 1)
        reached = found.start()
        yield line, found.start() - start + 1


def read_string(text: str, kind: str, path: str = "") -> list[Block]:
    """The blocks of an article that is at hand as a string; ``kind`` is text, markdown or html."""
    text = without_markup(text, kind, path)
    if kind == "html":
        from doseref.articles.read_html import read_html

        return read_html(text)
    if kind == "markdown":
        from doseref.articles.read_markdown import read_markdown

        return read_markdown(text)
    if kind == "text":
        from doseref.articles.read_text import read_text

        return read_text(text)
    raise InputError(f"no reader for {kind!r}", path=path)


def _kind(path: str, content: bytes) -> str:
    """The reader for a file: by its ending, for standard input and unknown endings by how it begins."""
    suffix = "" if path == "-" else Path(path).suffix.lower()
    known = ENDINGS.get(suffix)
    if known and suffix:
        return known
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"pk\x03\x04"):
        return "docx"
    if head.startswith((b"<!doctype html", b"<html", b"<body", b"<article", b"<main")):
        return "html"
    if known is None and suffix and not suffix[1:].isdigit():
        if b"\0" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError(
                f"is not an article that can be read (endings: {', '.join(sorted(e for e in ENDINGS if e))})", path=path
            )
        return "text"
    return "text"


def decode(content: bytes, path: str = "", *, html: bool = False) -> str:
    """The text in ``content``: by its byte order mark, as UTF-8, by what HTML declares, by detection, else as cp1252.

    Line ends become ``\\n``. Raises :class:`InputError` for what is no text.
    """
    encoding, rest = marked(content)
    text = rest.decode(encoding, errors="replace") if encoding else _unmarked(content, path, html)
    if "\0" in text:
        raise InputError("is not a text file (it holds NUL characters)", path=path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(content: bytes, path: str, html: bool) -> str:
    with suppress(UnicodeDecodeError):
        text = content.decode("utf-8")
        if "\0" not in text:
            return text
    if len(content) >= 4 and content[:200].count(0) >= len(content[:200]) // 3:
        little = content[1:200:2].count(0) >= content[0:200:2].count(0)
        try:
            return content.decode("utf-16-le" if little else "utf-16-be")
        except UnicodeDecodeError:
            raise InputError("is not a text file", path=path) from None
    if b"\0" in content:
        raise InputError("is not a text file (it holds NUL bytes)", path=path)
    if html:
        declared = re.search(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_-]{2,40})", content[:4096])
        if declared:
            with suppress(LookupError, UnicodeError, ValueError):
                return content.decode(declared.group(1).decode("ascii"))
    return _guessed(content)


def _guessed(content: bytes) -> str:
    """Bytes without a mark that are no UTF-8. Western single bytes are tried before detection: it needs long texts."""
    with suppress(UnicodeDecodeError):
        return content.decode("cp1252")
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return content.decode("latin-1")
    best = from_bytes(content[: 1 << 20]).best()
    return content.decode(best.encoding if best else "latin-1", errors="replace")
