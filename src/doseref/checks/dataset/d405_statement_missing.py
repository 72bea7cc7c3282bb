"""D405 statement-missing (error)

What. With the articles at hand, every line of an article that holds a dosage belongs to a statement.

Why. A statement that is left out is a limit that nobody is held to.

Passes:
    l5-s1 line 321, with the statement l5-s1/drug/06

Fires:
    l5-s1 line 321, without one
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.article_lines import open_articles
from doseref.checks.dataset.data import Dataset, Rule, number, shown
from doseref.findings import Finding

RULE = Rule("D405", "statement-missing")


def check(data: Dataset) -> Iterator[Finding]:
    """Dosage lines of the articles that no statement claims."""
    if data.articles is None:
        return
    claimed: dict[str, set[int]] = {}
    for rows in data.statements().values():
        claimed.setdefault(rows[0]["source"], set()).add(int(number(rows[0], "line") or 0))
    for source, article in open_articles(data).items():
        if isinstance(article, str):
            continue
        for line in article.dosage_lines():
            if line not in claimed[source]:
                text = shown(article.dosage(line) or "", 240)
                yield RULE.on(
                    article.path,
                    line,
                    1,
                    f"no statement of {source} is drawn from this line: {text}",
                    "add it to the tables",
                )
