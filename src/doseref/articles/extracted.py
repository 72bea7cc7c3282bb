"""What extraction works with and what it gives: drafts of statements, and doses that belong to no known substance."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from doseref.articles.model import Article, Block
from doseref.context import NOTHING, Context
from doseref.findings import Location
from doseref.records import record
from doseref.statements import Statement


@record
class Span:
    """A stretch of a block's text; ``prefix`` and ``suffix`` are words that a table's header adds to it."""

    block: Block
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""

    @property
    def text(self) -> str:
        """The text with what the header adds, without a trailing full stop."""
        bare = self.block.text[self.start : self.end].strip(" \t*_").removesuffix(".").rstrip()
        return f"{self.prefix}{bare}{self.suffix}" if bare else ""


@dataclass(slots=True)
class Draft:
    """One statement in the making: where its parts stand, before anything is parsed."""

    heading: str
    substances: tuple[str, ...]
    section: str
    dosage: list[Span]
    labelled: bool
    """Whether the article says that this is a dosage (a label, a table's column):
    then it counts even without a figure.
    """
    class_text: str = ""
    timing: list[str] = field(default_factory=list)
    side_effects: list[str] = field(default_factory=list)
    scope: str | None = None
    label: str = ""
    """The label's own word, lower case ("maintenance dose")."""
    near: str = ""
    """Words of a sentence that belong to the name, as far as they may say a route or a release form."""
    text: str = ""
    """The dosage text; the spans' texts joined, unless set."""
    joined: str = "; "
    context: Context = NOTHING
    listed: bool = False
    """Whether it stands where doses are listed: an amount counts there without a frequency."""
    given: bool = False
    """Whether its sentence says that the amount is taken or given: where it cannot be read, that is told."""
    bands: tuple[tuple[str, str], ...] = ()
    """Weight or age bands and the dose of each, where a table gives them."""
    spacing: Decimal | None = None
    """Hours that must lie between two doses, where it says nothing else."""
    often: str = ""
    """How often the doses of the bands are given, and the most of them, as the sentence above the table says."""

    @property
    def dosage_text(self) -> str:
        """The text that is parsed."""
        if self.text:
            return self.text
        parts = [span.text for span in self.dosage if span.text]
        # A maximum from a column or line of its own stands apart, as it would in a sentence.
        return "".join(
            part if not number else f", {part}" if part.startswith("max ") else f"{self.joined}{part}"
            for number, part in enumerate(parts)
        )


@record
class Loose:
    """Something that looks like a dose but is tied to no known substance."""

    text: str
    heading: str
    location: Location
    suggestions: tuple[str, ...] = ()
    unread: bool = False
    """The substance is known, but the dose beside it could not be read."""
    about: bool = False
    """It stands under a heading or in a table that speaks of medicines, whatever their names."""


@record
class Extraction:
    """What one article says: its statements in reading order, and the doses that could not be tied to a substance."""

    article: Article
    statements: tuple[Statement, ...]
    loose: tuple[Loose, ...]
