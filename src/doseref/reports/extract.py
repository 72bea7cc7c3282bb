"""``extract``: statements as text, as ``doseref.statements/1``, and as rows ready for ``data/``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from doseref.articles.extracted import Extraction, Loose
from doseref.dosage.model import Option, Phase, Times
from doseref.figures import doses, per_day
from doseref.quantities import Period, Range
from doseref.records import replace
from doseref.refdata import Reference
from doseref.reports.characters import clean
from doseref.statements import Statement, to_json
from doseref.tables.schema import DRUGS


def render_text(extractions: Sequence[Extraction], *, width: int = 80) -> str:
    """One entry a statement: place, name, dosage as written, and what it comes to."""
    lines: list[str] = []
    for extraction in extractions:
        lines.append(
            f"{extraction.article.path}: {len(extraction.statements)} "
            f"statement{'' if len(extraction.statements) == 1 else 's'}"
        )
        for statement in extraction.statements:
            where = statement.cell or f"{statement.line}:{statement.column}"
            same = statement.name.lower() == " / ".join(statement.substances).lower()
            lines.append(f"  {where}  {statement.name}" + ("" if same else f"  [{' + '.join(statement.substances)}]"))
            lines.append(f"      {statement.dosage_text}")
            lines.extend(f"      → {line}" for line in _figures(statement))
        lines.extend(
            f"  {_where(loose)}  {'not read' if loose.unread else 'not tied to a substance'}: "
            f"{loose.text!r}{_named(loose)}"
            for loose in extraction.loose
        )
    return "".join(f"{clean(line)}\n" for line in lines)


def render_concise(extractions: Sequence[Extraction]) -> str:
    """One line for each statement (``path:line:column: substance: dosage``) and for each dose that is none."""
    lines: list[str] = []
    for extraction in extractions:
        for statement in extraction.statements:
            names = " + ".join(statement.substances)
            lines.append(f"{statement.location}: {names}: {' '.join(statement.dosage_text.split())}")
        for loose in extraction.loose:
            what = "not read" if loose.unread else "not tied to a substance"
            lines.append(
                f"{loose.location}: {'A302' if loose.unread else 'A301'} {what}: {loose.text!r}{_named(loose)}"
            )
    return "".join(f"{clean(line)}\n" for line in lines)


def _named(loose: Loose) -> str:
    text = f" under {loose.heading!r}" if loose.heading else ""
    return text + (f" (did you mean {' or '.join(loose.suggestions)}?)" if loose.suggestions else "")


def _where(loose: Loose) -> str:
    return loose.location.cell or f"{loose.location.line}:{loose.location.column}"


def _figures(statement: Statement) -> list[str]:
    found: list[str] = []
    parts = [
        f"{figure.substance} {figure.amount}/day" if len(statement.substances) > 1 else f"{figure.amount}/day"
        for figure in statement.daily
    ]
    parts += [f"{figure.amount} per {figure.per}" for figure in statement.rates if figure.per and not figure.per.is_day]
    if statement.target:
        target = statement.target
        parts.append(
            f"titrate to {Range(target.low, target.high, target.unit)}{'/day' if target.per_day else ' per dose'}"
        )
    parts += [f"max {_maximum(stated.amount, stated.unit, stated.per)}" for stated in statement.maximum]
    parts += [statement.route] if statement.route else []
    parts += _whom(statement)
    if parts:
        found.append(", ".join(parts))
    if statement.bands:
        found.append(f"{len(statement.bands)} bands by weight or age")
    elif statement.dosage.status == "unread" or not (
        statement.daily or statement.rates or statement.maximum or statement.target or statement.dosage.options
    ):
        found.append("no dose could be read")
    return found


def _whom(statement: Statement) -> list[str]:
    """For whom and what it is, and how it is sold: "for children, loading", "over the counter"; or nothing."""
    setting = statement.context.setting or ""
    told = replace(statement.context, setting=None).words()
    scope = statement.scope or ""
    whom = ", ".join(filter(None, ("" if scope in told or scope == setting else scope, told)))
    return [*([f"for {whom}"] if whom else []), *([setting] if setting else [])]


def _maximum(amount: Decimal, unit: str, per: Period | None) -> str:
    from doseref.articles.attributes import per_words
    from doseref.quantities import Amount

    return f"{Amount(amount, unit)}{per_words(per)}"


def render_json(extractions: Sequence[Extraction]) -> str:
    """``doseref.statements/1``, with the doses that were tied to no substance in ``unattributed``."""
    document = to_json(statement for extraction in extractions for statement in extraction.statements)
    document["unattributed"] = [
        {
            "text": loose.text,
            "name": loose.heading,
            "suggestions": list(loose.suggestions),
            "location": loose.location.to_json(),
        }
        for extraction in extractions
        for loose in extraction.loose
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_csv(extractions: Sequence[Extraction], reference: Reference) -> str:
    """Rows with the columns of ``drugs.csv``: one for each ingredient, phase and alternative of each statement."""
    out = io.StringIO()
    writer = csv.DictWriter(out, DRUGS.header, lineterminator="\n", restval="")
    writer.writeheader()
    for extraction in extractions:
        for statement in extraction.statements:
            writer.writerows(_safe(row) for row in rows(statement, reference))
    return out.getvalue()


def _safe(row: dict[str, str]) -> dict[str, str]:
    """A spreadsheet takes a cell that begins with these signs for a formula;
    in these columns nothing sound begins so.
    """
    return {
        name: f"'{value}" if value[:1] == "\t" or value.lstrip()[:1] in ("=", "+", "@") else value
        for name, value in row.items()
    }


def rows(statement: Statement, reference: Reference) -> Iterable[dict[str, str]]:
    """The rows of one statement, figures worked out by the machine: to be read through before they go into
    ``data/``.
    """
    first = True
    for substance in sorted(statement.substances, key=lambda name: reference.substance_ids.get(name, name)):
        head = True
        for phase_number, phase in enumerate(statement.dosage.phases or (None,), start=1):
            for option_number, option in enumerate(phase.options if phase else (None,), start=1):
                row = {
                    "id": statement.id,
                    "source": statement.source,
                    "line": str(statement.line or 1),
                    "name": statement.heading or statement.name,
                    "substance": reference.substance_ids.get(substance, substance),
                    "phase": str(phase_number),
                    "option": str(option_number),
                    "route": (option.route if option else None)
                    or (statement.routes[0] if len(statement.routes) == 1 else ""),
                    "release": (option.release if option else None) or statement.release or "",
                    "prn": "yes" if statement.prn else "",
                }
                if first:
                    row |= {
                        "dosage": statement.dosage_text,
                        "computable": "yes" if statement.computable else "no",
                        "reason": _reason(statement),
                        "class": statement.drug_class or "",
                        "timing": "; ".join(statement.timing),
                        "side_effects": "; ".join(effect.phrase for effect in statement.side_effects),
                    }
                if head:
                    row |= _of_ingredient(statement, substance)
                if phase is not None and option is not None:
                    row |= _of_option(statement, substance, phase, option)
                if phase is not None:
                    row |= {"from_day": str(phase.from_day or ""), "to_day": str(phase.to_day or "")}
                first = head = False
                yield row


def _reason(statement: Statement) -> str:
    """Why no amount per time can be worked out, as far as the reading tells."""
    if statement.computable:
        return ""
    dosed = any(option.dose or option.count or option.strengths for option in statement.dosage.options)
    return "no-frequency" if dosed else "no-amount"


def _of_option(statement: Statement, substance: str, phase: Phase, option: Option) -> dict[str, str]:
    """Figures of one ingredient in one alternative. A day named alone is taken once; a target alone is the dose."""
    dose = next((amount for name, amount in doses(option, statement.substances) if name == substance), None)
    times = option.times
    target = statement.target
    if dose is None and target is not None and target.times and len(statement.substances) == 1:
        dose, times = Range(target.low, target.high, target.unit), target.times
    if (
        times is None
        and option.every is None
        and not option.per_day
        and phase.from_day is not None
        and phase.from_day == phase.to_day
    ):
        times = Times(Decimal(1), Decimal(1), Decimal(1), "d")
    row = {} if dose is not None and dose == option.count else _range("dose", dose)
    row |= _range("count", option.count) | _range("every", option.every) | _range("duration", option.duration)
    if times:
        row |= {
            "times_low": f"{times.low:f}",
            "times_high": f"{times.high:f}",
            "times_period": f"{times.period:f}",
            "times_unit": times.unit,
        }
    each = per_day(replace(option, times=times))
    if dose is not None and each is not None:
        row |= _range("daily", dose.scaled(*each))
    if option.doses_total:
        row |= {"doses_low": f"{option.doses_total.low:f}", "doses_high": f"{option.doses_total.high:f}"}
    return row | {"per_day": "yes" if option.per_day else "", "form": option.form or ""}


def _of_ingredient(statement: Statement, substance: str) -> dict[str, str]:
    row = _range("longest", statement.longest)
    if statement.target and len(statement.substances) == 1:
        target = statement.target
        row |= {
            "target_low": f"{target.low:f}",
            "target_high": f"{target.high:f}",
            "target_unit": target.unit,
            "target_per_day": "yes" if target.per_day else "",
        }
    stated = next((each for each in statement.maximum if each.substance == substance), None)
    if stated is not None:
        row |= {"maximum": f"{stated.amount:f}", "maximum_unit": stated.unit}
        if stated.per:
            row |= {"maximum_period": f"{stated.per.value:f}", "maximum_period_unit": stated.per.unit}
    return row


def _range(name: str, amount: Range | None) -> dict[str, str]:
    if amount is None:
        return {}
    return {f"{name}_low": f"{amount.low:f}", f"{name}_high": f"{amount.high:f}", f"{name}_unit": amount.unit}
