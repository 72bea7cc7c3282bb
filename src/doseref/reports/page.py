"""The dress of all HTML reports: templates (Jinja2, everything escaped), one style for screen, dark and print, no
request.

Jinja2 is imported when a page is made, never before.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from doseref.patterns import regex

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Any:
    """The templates: text is cleaned of control and direction characters, then escaped; an unknown name is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["safe_svg"] = _drawn
    made.filters["lines"] = _lines
    made.filters["whole"] = _whole
    return made


def shown(value: Any) -> Any:
    """A value as it may stand in a page: a blank for every control character and mark of direction;
    nothing for ``None``.
    """
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return value if value.isprintable() else "".join(char if char.isprintable() else " " for char in value)
    return "" if value is None else value


def _lines(text: str) -> Any:
    """Text of several lines with its line breaks, each line cleaned and escaped."""
    from markupsafe import Markup, escape

    return Markup("\n").join(escape(shown(line)) for line in text.split("\n"))


_UNBROKEN = regex(r"(?<![\w-])(--[a-z-]{1,30}[a-z]|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)(?![\w-])")
"""An option of the command, a date: a browser would break the line behind any of their hyphens."""


def _whole(text: str) -> Any:
    """Text, cleaned and escaped, in which dates and options stay on one line."""
    from markupsafe import Markup, escape

    pieces = _UNBROKEN.split(shown(text))
    made = (
        Markup("<span class='nb'>{}</span>").format(piece) if n % 2 else escape(piece) for n, piece in enumerate(pieces)
    )
    return Markup("").join(made)


def _drawn(svg: str) -> Any:
    """A drawing of :mod:`doseref.reports.drawings`, which escapes what it is given."""
    from markupsafe import Markup

    return Markup(svg)


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of every report."""
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")


def render(template: str, **values: Any) -> str:
    """The page of a template; ``values`` are its own beside the style and the program's version."""
    from doseref import __version__

    html: str = environment().get_template(template).render(style=_drawn(style()), program=__version__, **values)
    return html


def moment(made: datetime | None) -> str:
    """Day and time of a report as printed: ``28 November 2026, 14:05``; now where none is given."""
    at = made or datetime.now()
    return f"{at.day} {at:%B %Y, %H:%M}"
