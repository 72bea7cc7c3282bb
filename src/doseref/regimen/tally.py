"""What regimens come to, counted as they pass: no regimen is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from doseref.findings import Finding
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.judged import Judged
from doseref.regimen.other_sources import left_aside


class Tally:
    """Counts, the sources that were named and the gravest finding of the regimens that were added."""

    def __init__(self, data: Reference, bench: Bench, regimens: Iterable[Judged] = ()) -> None:
        self.data, self.bench = data, bench
        self.worst: Finding | None = None
        """The first of the gravest findings."""
        self.outside = False
        """Whether somebody is known to be outside the population that most limits are for."""
        self.unassessed = 0
        """Items of which something was not assessed."""
        self.who: dict[str, list[str]] = {"error": [], "warning": []}
        """Severity → who has a finding of it and of none graver, in their order."""
        self._counts: Counter[str] = Counter()
        self._sources: dict[str, dict[str, None]] = {}
        self._quiet: set[str] = set()
        self._substances: dict[str, None] = {}
        for regimen in regimens:
            self.add(regimen)

    def over(self, regimens: Iterable[Judged]) -> Iterator[Judged]:
        """The same regimens, each counted as it passes."""
        for regimen in regimens:
            self.add(regimen)
            yield regimen

    def add(self, regimen: Judged) -> None:
        """One regimen more."""
        counts = self._counts
        counts["regimens"] += 1
        self.outside = self.outside or bool(regimen.patient and regimen.patient.outside())
        counts["items"] += len(regimen.items)
        counts["not_assessed"] += len(regimen.not_assessed)
        self.unassessed += len(regimen.unassessed)
        worst = max((finding.severity for finding in regimen.findings), default=None)
        if worst is not None and worst.word in self.who:
            self.who[worst.word].append(regimen.id or "unnamed")
        for item in regimen.items:
            counts[item.status] += 1
        for finding in regimen.findings:
            counts[finding.severity.word] += 1
            if self.worst is None or finding.severity > self.worst.severity:
                self.worst = finding
        self._note_sources(regimen)
        if not self.bench.usual:
            self._substances.update((each, None) for item in regimen.items for each in item.substances)

    def _note_sources(self, regimen: Judged) -> None:
        found = self._sources
        for verdict in (each for total in regimen.totals for each in total.verdicts):
            if (
                not verdict.judges
                and verdict.judgement not in ("over", "possible")
                and verdict.limit.source not in found
            ):
                self._quiet.add(verdict.limit.source)
            else:
                self._quiet.discard(verdict.limit.source)
            sections = found.setdefault(verdict.limit.source, {})
            if verdict.limit.section:
                sections[verdict.limit.section] = None
        for key in (*(load.source for load in regimen.loads), *(s for f in regimen.findings for s in f.sources)):
            found.setdefault(key, {})
            self._quiet.discard(key)

    @property
    def left_aside(self) -> str:
        """In one line, whose limits on these substances the options leave aside; empty where no option chooses."""
        return left_aside(self._substances, self.bench, self.data)

    def sources(self, quiet: bool = True) -> dict[str, tuple[str, ...]]:
        """Ids of the sources that were named, in the order of their first use, each with its sections.

        ``quiet``: those too of which every limit only informs and is kept to; a text for people names none of them.
        """
        return {
            key: tuple(sections)
            for key, sections in self._sources.items()
            if key in self.data.sources and (quiet or key not in self._quiet)
        }

    def summary(self) -> dict[str, int]:
        """Counts over all regimens."""
        counts = self._counts
        return {
            "regimens": counts["regimens"],
            "items": counts["items"],
            "unread": counts["unread"],
            "partly_read": counts["partly-read"],
            "errors": counts["error"],
            "warnings": counts["warning"],
            "infos": counts["info"],
            "not_assessed": counts["not_assessed"],
        }
