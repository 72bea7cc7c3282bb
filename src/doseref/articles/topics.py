"""What a page is about: the one use that its title names, for the doses on it that say nothing of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from doseref.articles.model import Article
from doseref.indications import uses_in
from doseref.records import replace
from doseref.statements import Statement


def with_topic(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """The statements of an article, each with the one use that the title names ("Gout: your medicines explained")."""
    title = _title(article)
    uses = {each.use: title[each.start : each.end].lower() for each in uses_in(title)}
    if len(uses) != 1:
        return list(statements)
    return [replace(each, context=replace(each.context, topic=use)) for use in uses.values() for each in statements]


def _title(article: Article) -> str:
    """The heading over the whole page; in plain text the first line, where that is all in capitals."""
    for block in article.blocks:
        if block.kind == "heading" and block.level == 1:
            return block.text
    first = article.blocks[0] if article.blocks else None
    if first is None or first.kind != "text":
        return ""
    line = next((end for end in range(len(first.text)) if first.place(end)[0] != first.place(0)[0]), len(first.text))
    return first.text[:line] if first.text[:line].isupper() else ""
