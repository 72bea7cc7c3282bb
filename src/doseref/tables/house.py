"""Whose figures of an overlay judge by themselves: those of its own formularies and guidelines, not those of labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from doseref.tables.load import load_lines
from doseref.tables.schema import INFORMING_TIERS, SOURCES

if TYPE_CHECKING:
    from doseref.tables.overlay import Overlay

_OF_LABELS = ("label", "label-copy", *INFORMING_TIERS)


def house_sources(shipped: Path, overlay: Overlay | None) -> frozenset[str]:
    """Ids of the sources that only the overlay has and whose tier is no label's.

    What a label adds is one label more among those of a drug, of which the highest decides: each is for another use.
    A house sets its figure for itself. A shipped source that an overlay corrects stays what it is.
    """
    if overlay is None or not (overlay.directory / SOURCES.file).is_file():
        return frozenset()
    key, tier = SOURCES.header.index("id"), SOURCES.header.index("tier")
    known = set(load_lines(SOURCES, shipped).column(key))
    own = load_lines(SOURCES, overlay.directory)
    return frozenset(row[key] for row in own if row[key] not in known and row[tier] not in _OF_LABELS)
