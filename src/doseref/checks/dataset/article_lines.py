"""The article texts that the tables were drawn from, line by line: what stands where."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from doseref.checks.dataset.data import Dataset

ABOVE = 9
"""How many lines above its dosage an entry's heading stands at most (blank and bullet lines of one article
included).
"""

BELOW = 5
"""How many lines below its dosage an entry's timing line stands at most."""

_LABEL = "dosage:"


@dataclass(slots=True)
class ArticleLines:
    """The lines of one article."""

    name: str
    path: str
    lines: list[str]
    _texts: dict[str, list[int]] | None = field(default=None)

    def dosage(self, line: int) -> str | None:
        """What stands behind the label "Dosage:" on a line (from 1); ``None`` where there is no such label or line."""
        return dosage_of(self.lines[line - 1]) if 1 <= line <= len(self.lines) else None

    def dosage_lines(self) -> list[int]:
        """The lines (from 1) that hold a dosage with a text behind its label."""
        return [number for number, line in enumerate(self.lines, 1) if dosage_of(line)]

    def lines_with(self, text: str) -> list[int]:
        """The lines (from 1) on which this dosage stands."""
        if self._texts is None:
            self._texts = {}
            for number in self.dosage_lines():
                self._texts.setdefault(plain(self.dosage(number) or ""), []).append(number)
        return self._texts.get(plain(text), [])

    def above(self, line: int) -> str:
        """The words on the lines above a line, as :func:`plain` text."""
        return plain(" ".join(self.lines[max(0, line - 1 - ABOVE) : line - 1]))

    def below(self, line: int) -> str:
        """The lines below a line (to the next dosage), as :func:`plain` text."""
        found = []
        for text in self.lines[line : line + BELOW]:
            if dosage_of(text) is not None:
                break
            found.append(text)
        return plain(" ".join(found))


def plain(text: str) -> str:
    """Text without emphasis marks, doubled blanks and a full stop at its end."""
    return " ".join(text.replace("*", " ").split()).rstrip(".").rstrip()


def dosage_of(line: str) -> str | None:
    """What stands behind the label "Dosage:" where a line begins with it (a bullet or blanks may stand before);
    else ``None``.
    """
    bare = line.lstrip(" \t\u00a0•*-–·")
    return plain(bare[len(_LABEL) :]) if bare[: len(_LABEL)].lower() == _LABEL else None


def open_articles(data: Dataset) -> dict[str, ArticleLines | str]:
    """By source id, each article that statements are drawn from, or in words why it cannot be read."""
    found: dict[str, ArticleLines | str] = {}
    if data.articles is None:
        return found
    wanted = dict.fromkeys(rows[0]["source"] for rows in data.statements().values())
    sources = data.ids("sources")
    for source in wanted:
        row = sources.get(source)
        if row is not None and row["kind"] != "article":
            continue
        names = [f"{source}.txt"]
        if row is not None and row["where"] and "/" not in row["where"]:
            names.insert(0, row["where"])
        found[source] = _opened(data.articles, data.articles_shown, names)
    return found


def _opened(directory: Path, shown: str, names: list[str]) -> ArticleLines | str:
    if any(Path(name).name != name for name in names):
        return "its file name is no plain name"
    for name in names:
        path = directory / name
        if not path.is_file():
            continue
        try:
            text = path.read_bytes().decode("utf-8-sig", "replace")
        except OSError as error:
            return f"{name}: {error.strerror or error}"
        return ArticleLines(name, f"{shown.rstrip('/')}/{name}", [line.rstrip("\r") for line in text.split("\n")])
    return f"{names[0]} is not in {shown}"
