"""The numbered list of sources at the end of a report: numbered by their first use, each once, with title,
section and date.
"""

from __future__ import annotations

from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.model import Verdict

_TIERS = {
    "article": "article",
    "label": "label",
    "label-copy": "copy of a label",
    "regulator": "regulator",
    "guideline": "guideline",
    "secondary": "secondary source",
    "machine-read": "label, read by the program, not confirmed",
}


def tier_words(tier: str) -> str:
    """A tier in words, for a heading."""
    return _TIERS.get(tier, tier or "other").capitalize()


@record
class ListedSource:
    """A line of the list."""

    number: int
    title: str
    details: str
    """Tier, sections that were used, date or vintage; empty parts left out."""
    address: str
    """An http address, or empty."""


class References:
    """Gives each source its number; remembers which of its sections were used."""

    def __init__(self, data: Reference) -> None:
        self.data = data
        self._sections: dict[str, dict[str, None]] = {}
        self._vintages: dict[str, str] = {}

    def number(self, verdict: Verdict) -> int:
        """The number of a limit's source."""
        limit = verdict.limit
        number = self.of(limit.source, limit.section)
        if limit.vintage:
            self._vintages.setdefault(limit.source, limit.vintage)
        return number

    def of(self, source: str, section: str = "") -> int:
        """The number of a source by its id."""
        sections = self._sections.setdefault(source, {})
        if section:
            sections[section] = None
        return list(self._sections).index(source) + 1

    def listed(self) -> list[ListedSource]:
        """The list, in order of the numbers."""
        return [self._line(number, source) for number, source in enumerate(self._sections, start=1)]

    def _line(self, number: int, source: str) -> ListedSource:
        known = self.data.sources.get(source)
        sections = ", ".join(self._sections[source])
        if known is None:
            return ListedSource(number, source, f"section {sections}" if sections else "", "")
        title = f"{known.short}: {known.title}" if known.kind == "article" else known.title
        parts = [
            _TIERS.get(known.tier or known.kind, known.tier or known.kind),
            known.publisher,
            f"section {sections}" if sections else "",
            known.date or self._vintages.get(source, "") or "no date",
        ]
        address = known.where if known.where.startswith(("https://", "http://")) else ""
        return ListedSource(number, title, "; ".join(part for part in parts if part), address)
