"""The pictures of a report as plain SVG: positions in per cent, so that they fit any width and their letters keep their
size.

No colour is said here: each part has a class, and the page's style gives it one for light, dark and print. What tells
two things apart is never colour alone (full and striped bars, whole, dashed and dotted lines, full and hollow marks).
"""

from __future__ import annotations

from html import escape

from doseref.reports.pictures import Bullet, DayPicture, DoseLine, Tick

_NARROWEST = 300
"""Pixels of the narrowest drawing that its labels must fit."""
_LETTER = 6.2
_GAP = 8


def bullet(picture: Bullet) -> str:
    """The total as a bar, full to its low end and striped to its high end;
    a line at every limit, numbered by its sources.
    """
    placed = _rows(picture.ticks)
    height = 38 + 14 * (max(placed.values(), default=0) + 1)
    parts = ["<rect class='axis' x='0' y='31' width='100%' height='1'/>"]
    if picture.usual:
        low, high = picture.usual
        parts.append(f"<rect class='usual' x='{_at(low)}' y='3' width='{_at(max(high - low, 0.006))}' height='28'/>")
    if picture.low > 0:
        parts.append(f"<rect class='sure' x='0' y='10' width='{_at(picture.low)}' height='14'/>")
    if picture.high > picture.low:
        span = picture.high - picture.low
        parts.append(f"<rect class='may' x='{_at(picture.low)}' y='10' width='{_at(span)}' height='14'/>")
        stripes = max(1, int(span / 0.02))
        parts += [
            f"<rect class='stripe' x='{_at(picture.low + span * (n + 0.5) / stripes)}' y='10' width='2' height='14'/>"
            for n in range(stripes)
        ]
    for tick in picture.ticks:
        y = 45 + 14 * placed[tick]
        parts.append(
            f"<line class='limit {tick.basis} {tick.verdict}' x1='{_at(tick.at)}' x2='{_at(tick.at)}' y1='1' "
            f"y2='{y - 10}'/>"
            f"<text class='{tick.basis} {tick.verdict}' x='{_at(_centre(tick))}' y='{y}' "
            f"text-anchor='middle'>{escape(_label(tick))}</text>"
        )
    return (
        f"<svg class='bullet' role='img' aria-label='{escape(picture.words, quote=True)}' width='100%' "
        f"height='{height}'>{''.join(parts)}</svg>"
    )


def _at(fraction: float) -> str:
    return f"{fraction * 100:.2f}".rstrip("0").rstrip(".") + "%"


def _label(tick: Tick) -> str:
    refs = ",".join(map(str, tick.refs[:4])) + ("…" if len(tick.refs) > 4 else "")
    return f"{tick.label} [{refs}]"


def _half(tick: Tick) -> float:
    """Half the width of its label, as a fraction of the narrowest drawing."""
    return len(_label(tick)) * _LETTER / 2 / _NARROWEST


def _centre(tick: Tick) -> float:
    """Where its label stands: under it, but never over the edge."""
    half = _half(tick)
    return min(max(tick.at, half), 1 - half)


def _rows(ticks: tuple[Tick, ...]) -> dict[Tick, int]:
    """Each tick's row of labels: the first in which it stands clear of the one before."""
    ends: list[float] = []
    placed: dict[Tick, int] = {}
    for tick in ticks:
        left, right = _centre(tick) - _half(tick), _centre(tick) + _half(tick)
        row = next((n for n, end in enumerate(ends) if end + _GAP / _NARROWEST <= left), len(ends))
        if row == len(ends):
            ends.append(right)
        else:
            ends[row] = right
        placed[tick] = row
    return placed


def hours(day: DayPicture) -> str:
    """The axis over the rows of a day."""
    labels = []
    for quarter in range(5):
        anchor = "start" if quarter == 0 else "end" if quarter == 4 else "middle"
        hour = (day.first_hour + 6 * quarter) % 24
        shown = "24:00" if quarter == 4 and hour == 0 else f"{hour:02d}:00"
        labels.append(f"<text x='{_at(quarter / 4)}' y='12' text-anchor='{anchor}'>{shown}</text>")
    return f"<svg class='hours' aria-hidden='true' width='100%' height='16'>{''.join(labels)}</svg>"


_KINDS = {
    "stated": "at the time given",
    "part": "at the part of the day",
    "spread": "spread evenly",
    "waking": "over the waking day",
}


def strip(row: DoseLine, day: DayPicture) -> str:
    """The doses of one item on the line of the day: full where they are sure, hollow where they may be left out."""
    parts = ["<rect class='axis' x='0' y='10' width='100%' height='1'/>"]
    parts += [f"<rect class='quarter' x='{_at(n / 4)}' y='6' width='1' height='9'/>" for n in (1, 2, 3)]
    for mark in row.marks:
        css = "mark" if mark.sure else "mark needed"
        x = _at(min(max(mark.at, 0.014), 0.986))
        if mark.kind in ("spread", "waking"):
            parts.append(f"<circle class='{css}' cx='{x}' cy='10.5' r='4.5'/>")
        else:
            parts.append(
                f"<svg x='{x}' y='5' width='12' height='11' overflow='visible'><path class='{css}' d='M-5.5 "
                "0h11v11h-11z'/></svg>"
            )
    return (
        f"<svg class='strip' role='img' aria-label='{escape(_said(row, day), quote=True)}' width='100%' "
        f"height='21'>{''.join(parts)}</svg>"
    )


def _said(row: DoseLine, day: DayPicture) -> str:
    clocks = []
    for mark in row.marks:
        minutes = round(mark.at * 24 * 60) + day.first_hour * 60
        needed = "" if mark.sure else ", may be left out"
        clocks.append(f"{minutes // 60 % 24:02d}:{minutes % 60:02d} ({_KINDS[mark.kind]}{needed})")
    return f"item {row.item}: " + (", ".join(clocks) if clocks else row.note or "no times")


def daily(low: float | None, high: float | None, maximum: float | None, told: bool, words: str) -> str:
    """A source's daily figures on an axis that all sources share: a bar from low to high, a line at the maximum."""
    parts = ["<rect class='axis' x='0' y='15' width='100%' height='1'/>"]
    if low is not None and high is not None:
        parts.append(f"<rect class='sure' x='{_at(low)}' y='4' width='{_at(max(high - low, 0.006))}' height='9'/>")
    if maximum is not None:
        kind = "told" if told else "maximum"
        parts.append(f"<line class='limit {kind}' x1='{_at(maximum)}' x2='{_at(maximum)}' y1='1' y2='15'/>")
    return (
        f"<svg class='daily' role='img' aria-label='{escape(words, quote=True)}' width='100%' "
        f"height='18'>{''.join(parts)}</svg>"
    )
