"""Sources that the options leave aside: told in one line, and other countries' asked where one's own has none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.scope import asked, other_status


@lru_cache(maxsize=4096)
def benches_elsewhere(substance: str, bench: Bench, data: Reference) -> tuple[Bench, ...]:
    """The same options, asked of each country whose sources speak of a substance, in the order of their codes."""
    countries = {limit.country or Bench().country for limit in data.limits.get(substance, ())}
    return tuple(replace(bench, country=each) for each in sorted(countries))


def left_aside(substances: Iterable[str], bench: Bench, data: Reference) -> str:
    """In one line, whose limits the options leave aside; empty where no option chooses."""
    if bench.usual:
        return ""
    counts: dict[str, set[str]] = {}
    for substance in dict.fromkeys(substances):
        for limit in data.limits.get(substance, ()):
            reason = asked(limit, bench, data) or other_status(limit, bench, data)
            if reason and not limit.superseded:
                counts.setdefault(reason, set()).add(limit.source)
    return "; ".join(
        f"{len(sources)} source{'s' if len(sources) > 1 else ''} "
        f"{reason if reason.startswith('for') else f'({reason})'}"
        for reason, sources in sorted(counts.items())
    )
