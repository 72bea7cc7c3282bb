"""The page to try it on: a list that is typed or pasted, problems underlined where they stand, suggestions to click,
the report below.

It needs no script: a suggestion is a button of the form that sends the list with that name put in.
"""

from __future__ import annotations

import re
from typing import Any

from doseref.records import record
from doseref.regimen.model import Item
from doseref.reports.check_html import views
from doseref.reports.page import render
from doseref.result import SCOPE, Result

EXAMPLE = (
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours\nNorco 5/325 1 tablet every 4-6 hours as needed for "
    "pain\ndocusate 100 mg twice daily"
)
_LINE = re.compile(r"request\.txt:(\d+)")
MOST_PEOPLE = 20


@record
class MarkedText:
    """A stretch of a line; ``problem`` is empty where there is none."""

    text: str
    problem: str = ""


def taken(fields: dict[str, str]) -> str:
    """The list that was sent; where a suggestion was clicked (``line:start:end:name``) with that name put in its
    place.
    """
    text = fields.get("text", "").replace("\r\n", "\n")
    number, start, end, name = [*fields.get("replace", "").split(":", 3), "", "", "", ""][:4]
    lines = text.split("\n")
    if not (
        number.isascii() and number.isdigit() and start.isdigit() and end.isdigit() and 1 <= int(number) <= len(lines)
    ):
        return text
    line = lines[int(number) - 1]
    if 0 <= int(start) <= int(end) <= len(line) and name:
        lines[int(number) - 1] = f"{line[: int(start)]}{name}{line[int(end) :]}"
    return "\n".join(lines)


def page(result: Result | None, text: str, fault: str = "") -> str:
    """The whole page: the form with ``text``, what was wrong with it, and the report where there is one."""
    people, sources = views(result) if result and len(result.regimens) <= MOST_PEOPLE else ([], [])
    lines = _lines(result, text) if result else []
    return render(
        "home.html.j2",
        title="Check a list of medications",
        text=text,
        example=EXAMPLE,
        fault=fault,
        lines=lines,
        people=people,
        sources=sources,
        several=len(people) > 1,
        scope=SCOPE,
        data=result.data.described if result else "",
        counts=result.summary() if result else {},
        too_many=bool(result) and not people,
        policy=result.policy if result else "",
    )


def _lines(result: Result | None, text: str) -> list[dict[str, Any]]:
    """The lines that have a problem: their pieces, why, and the names to put in."""
    found = []
    written = text.split("\n")
    for regimen in result.regimens if result else ():
        for item in regimen.items:
            where = _LINE.fullmatch(item.given.place)
            if item.status == "read" or where is None:
                continue
            number = int(where[1])
            line = written[number - 1] if number <= len(written) else item.given.text
            spans = _spans(item, line)
            start, end = spans[0][:2] if spans else (0, len(line))
            found.append(
                {
                    "number": number,
                    "pieces": _pieces(line, spans),
                    "why": [trouble.message for trouble in item.troubles],
                    "suggestions": [
                        {"name": name, "value": f"{number}:{start}:{end}:{name}"} for name in item.suggestions[:5]
                    ],
                }
            )
    return found


def _spans(item: Item, line: str) -> list[tuple[int, int, str]]:
    """Where in ``line`` the problems stand: the name where it is not known,
    else the words of the dosage that were not understood.
    """
    dosage = item.dosage
    begin = line.find(dosage.text) if dosage and dosage.text.strip() else -1
    lead = len(line) - len(line.lstrip(" -"))
    if any(trouble.kind in ("unknown-name", "ambiguous-name") for trouble in item.troubles):
        end = len(line[:begin].rstrip(" ,;:")) if begin > lead else len(line)
        return [(lead, end, "this name")]
    if dosage is None or begin < 0:
        return [(lead, len(line), "this line")]
    return sorted(
        (begin + p.start, begin + p.end, p.message) for p in dosage.problems if not p.noted and p.end > p.start
    )


def _pieces(line: str, spans: list[tuple[int, int, str]]) -> list[MarkedText]:
    pieces: list[MarkedText] = []
    at = 0
    for start, end, message in spans:
        if start < at:
            continue
        pieces += [MarkedText(line[at:start]), MarkedText(line[start:end], message)]
        at = end
    return [piece for piece in (*pieces, MarkedText(line[at:])) if piece.text]
