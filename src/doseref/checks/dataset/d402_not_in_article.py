"""D402 not-in-article (error)

What. With the articles at hand, each dosage text stands on its line of its article, word for word, the entry's name and
class stand on the heading above it, and a maximum duration that the text does not state stands on the lines below it.

Why. A figure that nobody can find again is no quotation; a wrong line number sends the reviewer to another drug.

Passes:
    l5-s1 line 321: "• Dosage: 500–1,000 mg every 4–6 hours (max 3,000 mg/day)."

Fires:
    the same text, said to stand on line 322
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.article_lines import ABOVE, BELOW, ArticleLines, open_articles, plain
from doseref.checks.dataset.data import Dataset, Rule, number, shown
from doseref.findings import Finding, Location
from doseref.tables.read import Row

RULE = Rule("D402", "not-in-article")


def check(data: Dataset) -> Iterator[Finding]:
    """Texts, names and classes that the article does not have where the table says."""
    if data.articles is None:
        return
    articles = open_articles(data)
    for rows in data.statements().values():
        first = rows[0]
        article = articles.get(first["source"])
        if article is None:
            continue
        if isinstance(article, str):
            articles.pop(first["source"])
            yield RULE.at(
                first, "source", f"the article of {first['source']} cannot be read: {article}", "see --articles"
            )
            continue
        yield from _looked_up(first, article)


def _looked_up(row: Row, article: ArticleLines) -> Iterator[Finding]:
    line = int(number(row, "line") or 0)
    text = row["dosage"]
    if not text or not line:
        return
    there = article.dosage(line)
    if there is None or plain(there) != plain(text):
        elsewhere = article.lines_with(text)
        if elsewhere:
            where = ", ".join(str(each) for each in elsewhere[:5])
            message, mend = (
                f"the text of {row['id']} is not on line {line} of {article.name}, but on {where}",
                "correct the line",
            )
        elif there is None:
            message, mend = (
                f"line {line} of {article.name} holds no dosage, and no line holds {shown(text, 240)}",
                "correct line and text",
            )
        else:
            message, mend = (
                f"line {line} of {article.name} says {shown(there, 240)}, not {shown(text, 240)}",
                "copy the article's text",
            )
        column = "line" if elsewhere else "dosage"
        yield RULE.at(row, column, message, mend, also=(Location(article.path, line, source=row["source"]),))
        return
    above = article.above(line)
    for column in ("name", "class"):
        words = row[column]
        if words and plain(words) not in above:
            message = f"{column} {shown(words)} stands on none of the {ABOVE} lines above line {line} of {article.name}"
            yield RULE.at(row, column, message, "write it as the article does")
    below = article.below(line)
    for column in ("longest_low", "longest_high"):
        figure = row[column]
        if figure and figure not in _figures(text) and figure not in _figures(below):
            message = (
                f"{column} {figure} stands neither in the text nor on the {BELOW} lines below line {line} of "
                f"{article.name}"
            )
            yield RULE.at(row, column, message, "compare it with the article's timing line")


def _figures(text: str) -> list[str]:
    """The plain numbers in a text."""
    return (
        "".join(char if char.isascii() and (char.isdigit() or char == ".") else " " for char in text)
        .replace(". ", " ")
        .split()
    )
