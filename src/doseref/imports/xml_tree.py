"""XML from outside as a small tree: no document type, no entities, bounded in size, depth and number of elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from doseref.errors import InputError

MOST_BYTES = 32 * 1024 * 1024
"""Largest file that is read; the largest labels have some megabytes."""
MOST_DEPTH = 120
"""Deepest nesting; labels reach about 25."""
MOST_NODES = 1_000_000
"""Most elements of one file; the longest labels have some ten thousands."""


@dataclass(slots=True)
class Element:
    """One element: its name without namespace, its attributes, and what stands in it in order (text and elements)."""

    name: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    def children(self, *names: str) -> list[Element]:
        """The elements directly inside, those of these names where any are named."""
        return [each for each in self.content if isinstance(each, Element) and (not names or each.name in names)]

    def at(self, path: str) -> Element | None:
        """The first element by a path of names joined by ``/``."""
        node: Element | None = self
        for name in path.split("/"):
            node = next((each for each in node.children(name)), None) if node is not None else None
        return node

    def get(self, path: str, attribute: str) -> str:
        """An attribute of the element at ``path``; empty where there is none."""
        found = self.at(path)
        return found.attributes.get(attribute, "").strip() if found is not None else ""

    def every(self, name: str) -> Iterator[Element]:
        """Every element of this name below, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.name == name:
                yield node
            waiting.extend(reversed(node.children()))

    def text(self) -> str:
        """All text inside, with single spaces and without characters that are not seen (zero-width,
        direction marks).
        """
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                parts.append(each)
            else:
                if each.name in ("br", "td", "th", "item", "paragraph"):
                    parts.append(" ")
                waiting.extend(reversed(each.content))
        text = " ".join("".join(parts).split())
        return text if text.isprintable() else " ".join("".join(filter(_seen, text)).split())


def _seen(character: str) -> bool:
    return character.isprintable()


class _Refused(Exception):
    """Stops the parser from inside one of its handlers."""


class _Builder:
    """Puts the tree together while the parser reads."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.nodes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _Refused(f"more than {MOST_NODES:,} elements")
        if len(self.open) >= MOST_DEPTH:
            raise _Refused(f"elements are nested more than {MOST_DEPTH} deep")
        node = Element(name.rpartition("}")[2], attributes)
        if self.open:
            self.open[-1].content.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)

    def end(self, _: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].content.append(text)

    def refuse_type(self, *_: object) -> None:
        raise _Refused("a document type declaration is not read (it could define entities)")


def read_tree(content: bytes, path: str) -> Element:
    """The root element of an XML file. Raises :class:`InputError`, with the line where that is known,
    for what is none or is too large.
    """
    if len(content) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES // 1024 // 1024} MB", path=path)
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.refuse_type
    parser.EntityDeclHandler = builder.refuse_type
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(f"is not sound XML: {expat.ErrorString(error.code)}", path=path, line=error.lineno) from None
    except _Refused as refusal:
        raise InputError(str(refusal), path=path, line=parser.CurrentLineNumber) from None
    except (ValueError, LookupError) as error:
        raise InputError(f"cannot be read: {error}", path=path) from None
    if builder.root is None:
        raise InputError("holds no element", path=path)
    return builder.root
