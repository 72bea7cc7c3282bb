"""The outcome of a check as one value: per person what was judged, as JSON, as a table, for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from doseref.errors import UsageError
from doseref.findings import Finding, Severity
from doseref.html_table import html_table
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.judged import Judged
from doseref.regimen.model import Given, Item
from doseref.regimen.tally import Tally
from doseref.units import printed_for

if TYPE_CHECKING:
    import pandas


_SHOWN = 20
"""People that a notebook shows of a result."""

SCOPE = "adults, normal renal and hepatic function"
"""The population all limits are for, but those that say otherwise."""


def scope_words(outside: bool) -> str:
    """The population of the limits, for a footer; ``outside``: whether somebody is known not to be of it."""
    told = "; a person known to be otherwise is held against limits stated for such people, and is over where it is for others"
    return f"{SCOPE}{told if outside else ''}"


P = ParamSpec("P")
T = TypeVar("T")


def printed_there(render: Callable[Concatenate[Result, P], T]) -> Callable[Concatenate[Result, P], T]:
    """A report of a result, its amounts printed as the country that was asked has them."""

    @wraps(render)
    def rendered(result: Result, /, *words: P.args, **options: P.kwargs) -> T:
        with printed_for(result.bench.country):
            return render(result, *words, **options)

    return rendered


@record
class Person:
    """The items of one person; ``id`` is ``None`` where there is only one and nobody is named."""

    id: str | None
    items: tuple[Given, ...]

    def __repr__(self) -> str:
        """Short: who, and how many items."""
        return f"<Person {self.id!r}: {len(self.items):,} item{'' if len(self.items) == 1 else 's'}>"


@record
class Result:
    """The outcome of a check: one :class:`~doseref.regimen.judged.Judged` per person, and what it was judged by."""

    regimens: tuple[Judged, ...]
    policy: str
    data: Reference
    bench: Bench

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all regimens."""
        return tuple(finding for regimen in self.regimens for finding in regimen.findings)

    @property
    def left_aside(self) -> str:
        """In one line, whose limits on these substances the options leave aside; empty where no option chooses."""
        return self.tally().left_aside

    def told(self, substance: str) -> str:
        """The name of a substance id for a person who reads: that of the country asked, where it has its own there."""
        return self.data.name_of(substance, self.bench.country)

    def renamed(self, name: str) -> str:
        """As :meth:`told`, of a canonical name."""
        if self.bench.country in ("", "US"):
            return name
        return self.told(self.data.substance_ids.get(name, name))

    def tally(self) -> Tally:
        """What all regimens come to."""
        return Tally(self.data, self.bench, self.regimens)

    def __repr__(self) -> str:
        """Short: what it comes to."""
        counts = self.summary()
        told = ", ".join(
            f"{counts[f'{word}s']:,} {word}{'' if counts[f'{word}s'] == 1 else 's'}"
            for word in ("regimen", "item", "error", "warning")
        )
        return f"<Result: {told}, {counts['not_assessed']:,} not assessed>"

    @printed_there
    def _repr_html_(self) -> str:
        """For a notebook: per person the totals, what was found and what was not assessed."""
        return "".join(part for regimen in self.regimens[:_SHOWN] for part in self._tables(regimen)) + (
            f"<p>and {len(self.regimens) - _SHOWN:,} people more: see to_frame()</p>"
            if len(self.regimens) > _SHOWN
            else ""
        )

    def _tables(self, regimen: Judged) -> Iterator[str]:
        whose = f" of {regimen.id}" if regimen.id else ""
        totals = (
            (
                t.called(self.told(t.substance)),
                t.stated,
                t.gravest,
            )
            for t in regimen.totals
        )
        yield html_table(f"Totals{whose}", ("substance", "total", "verdict"), totals)
        loud = [(f.severity.word, f.code, f.message) for f in regimen.findings if f.severity > Severity.INFO]
        if loud:
            yield html_table(f"Findings{whose}", ("severity", "rule", "message"), loud)
        left = [(", ".join(map(str, numbers)), what, why) for numbers, what, why in regimen.not_assessed]
        if left:
            yield html_table(f"Not assessed{whose}", ("items", "what", "why"), left)

    def to_frame(self) -> pandas.DataFrame:
        """The outcome as a pandas table with the columns of :data:`doseref.outcome_rows.COLUMNS`;
        amounts are exact decimals.
        """
        import pandas as pd

        from doseref.outcome_rows import COLUMNS, rows

        made = (row for regimen in self.regimens for row in rows(regimen, self.data))
        return pd.DataFrame([[row.get(name) for name in COLUMNS] for row in made], columns=list(COLUMNS), dtype=object)

    def at_or_above(self, severity: Severity | str) -> bool:
        """Whether any finding is at or above ``severity``, a :class:`Severity` or its word (``"warning"``).

        Raises :class:`UsageError` for any other.
        """
        least = next((each for each in Severity if severity in (each, each.word)), None)
        if least is None or isinstance(severity, bool):
            words = ", ".join(repr(each.word) for each in Severity)
            raise UsageError(f"severity {severity!r}: a Severity, or one of {words}")
        return any(finding.severity >= least for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The document ``doseref.check/1``."""
        tally = self.tally()
        return {
            **self.head_json(tally.left_aside),
            "regimens": [self.regimen_json(regimen) for regimen in self.regimens],
            **self.tail_json(tally),
        }

    def head_json(self, aside: str = "") -> dict[str, Any]:
        """What stands before the regimens: who judges, by which data; ``aside``: whose limits are left aside."""
        return {
            "schema": "doseref.check/1",
            "data": self.data.stamp(),
            "policy": self.policy,
            "scope": SCOPE,
            **({"left_aside": aside} if aside else {}),
        }

    def tail_json(self, tally: Tally) -> dict[str, Any]:
        """What stands behind the regimens, which ``tally`` has counted: the sources that they name, and the counts."""
        return {
            "sources": [self._source_json(key, sections) for key, sections in tally.sources().items()],
            "summary": tally.summary(),
        }

    def sources(self) -> dict[str, tuple[str, ...]]:
        """Ids of the sources that are named anywhere in the result, in the order of their first use,
        each with its sections.
        """
        return self.tally().sources()

    def _source_json(self, key: str, sections: tuple[str, ...]) -> dict[str, Any]:
        source = self.data.sources[key]
        return {
            "id": key,
            "name": source.short,
            "cited": source.cited(", ".join(sections)),
            "title": source.title,
            "publisher": source.publisher,
            "tier": source.tier,
            "country": source.country,
            "date": source.date,
            "set_id": source.set_id,
            "where": source.where,
        }

    def regimen_json(self, regimen: Judged) -> dict[str, Any]:
        """The object of one person."""
        name = self.data.name_of
        return {
            "id": regimen.id,
            **({"patient": known} if regimen.patient and (known := regimen.patient.to_json()) else {}),
            "items": [self._item_json(item) for item in regimen.items],
            "totals": [total.to_json(name(total.substance)) for total in regimen.totals],
            "products": [load.to_json() for load in regimen.loads],
            "overlaps": [{**overlap.to_json({s: name(s) for s in overlap.substances})} for overlap in regimen.overlaps],
            **({"as_of": [each.to_json(name(each.substance)) for each in regimen.as_of]} if regimen.as_of else {}),
            "not_assessed": [
                {"items": list(numbers), "what": what, "reason": reason}
                for numbers, what, reason in regimen.not_assessed
            ],
            "findings": [finding.to_json() for finding in regimen.findings],
        }

    def _item_json(self, item: Item) -> dict[str, Any]:
        name = self.data.name_of
        data: dict[str, Any] = {
            "n": item.n,
            "text": item.given.text,
            "status": item.status,
            "product": item.product.label if item.product else None,
            "substances": [name(substance) for substance in item.substances],
            "match": {"by": item.match_by, "suggestions": list(item.suggestions)},
            "dosage": item.dosage.to_json() if item.dosage else None,
            "exposure": [exposure.to_json(name(exposure.substance)) for exposure in item.exposures],
        }
        if item.care:
            data["care"] = item.care
        if item.given.place:
            data["place"] = item.given.place
        return data

    def summary(self) -> dict[str, int]:
        """Counts over all regimens."""
        return self.tally().summary()
