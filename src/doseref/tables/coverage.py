"""What the data cover, counted: the page ``docs/coverage.md`` and its short form in the README.

``python -m doseref.tables.coverage`` writes both; nothing in them is written by hand, and a test holds them to the
tables.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

RawRow = dict[str, str]
_TIERS = ("label", "label-copy", "regulator", "guideline", "secondary", "machine-read")
_KINDS = ("maximum", "not-recommended-above", "usual-top", "titrated", "schedule-only")


def page(directory: Path) -> str:
    """The page for the tables in ``directory``."""
    read = {
        name: _rows(directory / f"{name}.csv")
        for name in ("substances", "names", "products", "strengths", "limits", "sources", "stacks")
    }
    tier = {row["id"]: row["tier"] for row in read["sources"]}
    limits = read["limits"]
    parts = [
        "# What the data cover\n",
        "Made from the tables by `python -m doseref.tables.coverage`; a test holds it to them.\n",
        "## Names\n",
        _table(("what", "how many"), _names(read)),
        "## Limits of labels and authorities, by country and tier of the source\n",
        (
            "The articles' own statements are not counted here. `secondary` and `machine-read` never raise an error "
            "or a warning.\n"
        ),
        _table(
            ("country", *_TIERS),
            (
                (c, *(str(n) for n in _by(limits, c, tier)))
                for c in sorted({row["country"] or "(none)" for row in limits})
            ),
        ),
        "## Limits by kind\n",
        "Only a `maximum` can raise an error or a warning; the others say why there is none, or inform.\n",
        _table(("kind", "rows", "substances"), _kinds(limits)),
        "## Readings\n",
        _readings(limits),
    ]
    return "\n".join(parts)


BEGIN, END = "<!-- coverage: written by python -m doseref.tables.coverage -->\n", "<!-- /coverage -->"
"""Between these the README holds the short form."""


def brief(directory: Path) -> str:
    """The short form for the tables in ``directory``: what the program knows, in a table of a few lines."""
    kinds = Counter(row["kind"] for row in _rows(directory / "substances.csv"))
    limits = _rows(directory / "limits.csv")
    bounded = {row["substance"] for row in limits if row["kind"] == "maximum"}
    statements = {row["id"] for name in ("drugs", "supplements") for row in _rows(directory / f"{name}.csv")}
    known = f"{kinds['drug']:,} drugs, {kinds['supplement']:,} supplements and {kinds['biologic']:,} biologics"
    rows = (
        ("known by name", f"{known}; {len(_rows(directory / 'names.csv')):,} brands, salts and other names"),
        ("composition known", f"{len({row['id'] for row in _rows(directory / 'products.csv')}):,} products"),
        ("dosing statements of the four articles", f"{len(statements):,}"),
        (
            "limits of labels and authorities",
            (
                f"{len(limits):,}, for {len({row['substance'] for row in limits}):,} substances; a stated maximum for "
                f"{len(bounded):,} of them"
            ),
        ),
        ("sources", f"{len(_rows(directory / 'sources.csv')):,}"),
    )
    return "\n" + _table(("", ""), rows) + "\n"


def with_brief(readme: str, directory: Path) -> str:
    """The README with the short form put in; raises :class:`ValueError` where it has no place for it."""
    before, _, rest = readme.partition(BEGIN)
    _, found, behind = rest.partition(END)
    if not found:
        raise ValueError("the README has no place for what the data cover")
    return before + BEGIN + brief(directory) + END + behind


def _rows(path: Path) -> list[RawRow]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(read: dict[str, list[RawRow]]) -> Iterable[tuple[str, str]]:
    kinds = Counter(row["kind"] for row in read["substances"])
    with_limit = {row["substance"] for row in read["limits"]}
    yield from ((f"substances: {kind}", f"{count:,}") for kind, count in sorted(kinds.items()))
    yield "substances with a limit of a label or an authority", f"{len(with_limit):,}"
    yield "other names (brands, salts, synonyms, abbreviations)", f"{len(read['names']):,}"
    yield "products with their composition", f"{len({row['id'] for row in read['products']}):,}"
    drugs = len({row["substance"] for row in read["strengths"]})
    yield f"marketed strengths of {drugs:,} drugs alone", f"{len(read['strengths']):,}"
    yield "sources", f"{len(read['sources']):,}"
    yield "combinations that are dangerous together", f"{len(read['stacks']):,}"


def _by(limits: Sequence[RawRow], country: str, tier: dict[str, str]) -> list[int]:
    counts = Counter(tier.get(row["source"], "") for row in limits if (row["country"] or "(none)") == country)
    return [counts[each] for each in _TIERS]


def _kinds(limits: Sequence[RawRow]) -> Iterable[tuple[str, str, str]]:
    kinds = [*_KINDS, *sorted({row["kind"] for row in limits} - set(_KINDS))]
    for kind in kinds:
        rows = [row for row in limits if row["kind"] == kind]
        yield kind, f"{len(rows):,}", f"{len({row['substance'] for row in rows}):,}"


def _readings(limits: Sequence[RawRow]) -> str:
    read = [int(row["readings"]) for row in limits if row["readings"]]
    twice = sum(count >= 2 for count in read)
    return (
        f"Of {len(limits):,} rows, {len(read):,} say how often they were read independently; {twice:,} of these were "
        "read twice or more "
        "with the same figure.\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from doseref.streams import write_whole

    root = Path(__file__).resolve().parents[3]
    write_whole(str(root / "docs" / "coverage.md"), page(root / "data").encode("utf-8"))
    readme = root / "README.md"
    write_whole(str(readme), with_brief(readme.read_text(encoding="utf-8"), root / "data").encode("utf-8"))
