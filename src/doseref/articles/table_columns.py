"""What the columns of a table hold: names, doses, limits; by their headers, else by their cells."""

from __future__ import annotations

import re
from typing import NamedTuple

from doseref.articles.contexts import says_whom_or_what_for
from doseref.articles.doses import dose_words
from doseref.articles.how_often import has_frequency
from doseref.articles.kinds import AnyCase, SpokenKinds
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.table_cells import PIECE_OF, unit_added
from doseref.articles.table_qualifiers import IS_BAND, has_notes, people_first
from doseref.context import NOTHING, Context
from doseref.patterns import regex

_ROLES = SpokenKinds(
    (
        "dosage",
        AnyCase(
            r"\bdos(?:e|es|age)\s*(?:and|&|/|,|\+|\()\s*(?:the\s+)?(?:route|frequency|interval|how\s+often|schedule|"
            r"timing|duration|course|length)\b|"
            r"\b(?:route|frequency|interval|schedule|duration)\s*(?:and|&|/|,|\+)\s*(?:usual\s+)?dos(?:e|es|age)\b"
        ),
    ),
    ("who", AnyCase(r"\A\W*(?:who|patients?|populations?|people|age(?:\s+groups?)?|for\s+whom)\W*\Z")),
    (
        "use",
        AnyCase(
            r"\A\W*(?:problems?|conditions?|used?\s+for|indications?|for(?:\s+what)?|what\s+(?:(?:it\s+is|it['’]s|they['’]re)\s+)?for|diseases?|illness(?:es)?|"
            r"diagnos[ie]s|complaints?|reasons?)\W*\Z"
        ),
    ),
    (
        "ignore",
        AnyCase(
            r"\b(?:evidence|study|trial|brand|cost|price|source|reference|strengths?\s+available|suppl(?:y|"
            r"ied)|comes\s+(?:as|in)|available\s+(?:as|in)|(?:in\s+)?stock(?:ed)?|interaction|half-life|onset|"
            r"concentrations?|dilutions?|suspensions?|preparations?|presentations?|packs?|pack\s+size|vials?|qty|quantity|"
            r"refills?|equi(?:valent|analg)\w*|ratio|potency|conversions?)\b"
        ),
    ),
    (
        "part of day",
        AnyCase(
            r"\A\W*(?:in\s+the\s+|at\s+|with\s+|before\s+)?(?:mornings?|breakfast|midday|noon|lunch(?:time)?|afternoons?|"
            r"evenings?|dinner|supper|tea(?:time)?|bedtime|bed|nights?)\W*\Z"
        ),
    ),
    (
        "piece",
        AnyCase(
            r"\b(?:per|in\s+(?:each|one|an?)|(?:of|in)\s+(?:each|one|an?)|each)\s+(?:puff|spray|tablet|capsule|caplet|drop|lozenge|sachet|patch|"
            r"suppository|actuation|squirt)\b(?=.*\b(?:m?c?g|[µμ]g|micrograms?|milligrams?)\b)|"
            r"\b(?:m?c?g|[µμ]g|micrograms?|milligrams?)\s+(?:per|in\s+(?:each|one|an?)|(?:of|in)\s+(?:each|one|an?)|each)\s+"
            r"(?:puff|spray|tablet|capsule|caplet|drop|lozenge|sachet|patch|suppository|actuation|squirt)\b"
        ),
    ),
    ("strength", AnyCase(r"\bstrengths?\b")),
    (
        "dosage",
        AnyCase(r"\A\W*(?:(?:no\.?|number)\s+of\s+)?(?:puffs|drops|sprays)(?:\s+(?:per|in|into|each)\b.{0,12})?\W*\Z"),
    ),
    ("unit", AnyCase(r"\A\W*units?\b(?!\s+(?:per|a)\b)")),
    ("ignore", AnyCase(r"\b(?:checks?|tests?)\b")),
    (
        "maximum",
        AnyCase(
            r"\b(?:max(?:imum|\.)?|limit|ceiling|most)\b[^()]{0,20}(?:/|,|&|\bor\b|\band\b)\s*(?:(?:a|any|other)\s+)?"
            r"(?:notes?|remarks?|comments?|cautions?|advice|tips?)\b"
        ),
    ),
    (
        "more",
        AnyCase(
            r"\b(?:notes?|monitor\w*|remarks?|comments?|cautions?|warnings?|advice|tips?|good\s+to\s+know|details?|"
            r"adjust\w*|further|repeat\w*|again)\b"
        ),
    ),
    ("duration", AnyCase(r"\b(?:duration|how\s+long|longest|length)\b")),
    (
        "maximum",
        AnyCase(
            r"\A\W*ul\W*\Z|\b(?:max(?:imum|\.)?|upper\s+(?:limit|level|intake)|limit|ceiling|most|top(?:\s+dose)?|highest|(?:not|"
            r"no)\s+(?:more|higher|above|over|beyond)|(?:never|not)\s+(?:go\s+)?(?:more|above|over|exceed|beyond|past)|(?:not\s+to|do\s+not|don['’]t|"
            r"must\s+not|cannot)\s+exceed|capp?(?:ed)?(?:\s+at)?)\b"
        ),
    ),
    (
        "frequency",
        AnyCase(
            r"\b(?:how\s+often|frequency|interval|schedule)\b|\b(?:times|doses)\s*(?:/|a\b|per\b|each\b|every\b|in\s+a\b)"
            r"\s*(?:day|d\b|24)|\btimes\s+daily\b|\b(?:no\.?|number)\s+of\s+(?:daily\s+)?doses\b|"
            r"\A\W*(?:divided|how\s+many\s+times)\b|\A\W*[x×]\s?(?:/|per\b|a\b)\s?d(?:ay)?\W*\Z"
        ),
    ),
    ("maximum", AnyCase(r"\A\W*(?:stop(?:ping)?(?:\s+(?:at|after|point))?)\W*\Z")),
    ("total", AnyCase(r"\b(?:total|sum)\b[^()]{0,20}\b(?:day|daily|24)|\b(?:daily|day['’]s)\s+(?:total|sum)\b")),
    ("timing", AnyCase(r"\b(?:timing|when|food|take\s+it|how\s+to\s+take)\b")),
    ("side effects", AnyCase(r"\b(?:side[\s-]effects?|adverse|reactions?|watch\s+for)\b")),
    ("class", AnyCase(r"\b(?:class|type|category|family|group)\b")),
    ("route", AnyCase(r"\b(?:route|given)\b")),
    ("duration", AnyCase(r"\bcourse\b")),
    (
        "dosage",
        AnyCase(
            r"\b(?:dos(?:e|es|age|ing)|amount|how\s+much|regimen|adults?|child(?:ren)?|adolescents?|"
            r"teen(?:ager)?s|rd[ai]|(?:recommended|adequate|daily)\s+(?:daily\s+)?(?:intake|allowance|need|requirement)|maintenance|loading|bolus|start(?:ing)?|begin(?:ning)?|initial|first|usual|"
            r"target|infusion|give|oral|by\s+mouth|under\s+the\s+skin|iv|im|po|sc)\b"
        ),
    ),
    (
        "dosage",
        AnyCase(
            r"\A\W*(?:and\s+)?(?:then|thereafter|afterwards?|after\s+that|later|next|"
            r"continu\w{1,4}(?:\s+with)?|step\s+\d)\W*\Z"
        ),
    ),
    (
        "name",
        AnyCase(
            r"\b(?:drug|medicine|medication|supplement|substance|name|agent|generic|product|treatment|"
            r"ingredient|nutrient|what)\b"
        ),
    ),
    (
        "about",
        AnyCase(
            r"\b(?:form(?:ulation)?s?|patients?|populations?|situations?|settings?|releases?|stages?|phases?|"
            r"renal|kidneys?|uses?|steps?|levels?|severity|grades?|tiers?|days?|weeks?|schemes?)\b"
        ),
    ),
)


CONCENTRATION = regex(r"\d\s?[A-Za-z]{1,5}\s?/\s?(?:[Ll]|d[Ll])\b")
"""A level in the blood."""


class CellText(NamedTuple):
    """A line of a cell that is read as text: offsets, whose it is where it names nobody,
    and what its row and column say.
    """

    cell: Block
    start: int
    end: int
    substances: tuple[str, ...]
    row: str
    context: Context = NOTHING
    listed: bool = True
    """Whether an amount counts there without a frequency."""


def one_header(grid: list[list[Block]], headers: list[bool]) -> list[list[Block]]:
    """Several header rows made into one: "Adults" above "Dose" is "Adults Dose"."""
    count = 0
    while (
        count < len(headers)
        and headers[count]
        and (len(grid[count]) < 2 or len({id(cell) for cell in grid[count]}) > 1)
    ):
        count += 1  # a cell that takes a whole row heads what stands below it, not the columns
    if count < 2 or count >= len(grid):
        return grid
    width = max(len(row) for row in grid[:count])
    merged: list[Block] = []
    for column in range(width):
        cells = list(dict.fromkeys(row[column] for row in grid[:count] if column < len(row)))
        words = dict.fromkeys(cell.text for cell in cells if cell.text)
        merged.append(Block("cell", " ".join(words), cells[0].pieces if cells else ()))
    return [merged, *grid[count:]]


_PEOPLE = regex(
    r"\W*(?:(?:healthy|most|all|older|younger)\s+)?(?:adults?|children|teenagers|adolescents|infants)\W*", re.I
)
"""A label of whom, which says nothing of how much."""


def is_turned(grid: list[list[Block]], resolver: Resolver) -> bool:
    """Whether the drugs stand side by side and the first column says what each row is."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return False
    named = sum(bool(resolver.heading(cell.text)) for cell in grid[0][1:])
    down = sum(bool(row) and begins_with_name(row[0].text, resolver) for row in grid[1:])
    roles = [role_of_row(row[0].text) for row in grid[1:] if row]
    alone = named == len(grid[0]) - 1 == 1 and len(roles) > 1 and sum(map(bool, roles)) * 2 >= len(roles)
    return (named >= 2 or alone) and down == 0 and any(role in ("dosage", "maximum") for role in roles)


def begins_with_name(text: str, resolver: Resolver) -> bool:
    """Whether a text begins with the name of a known substance."""
    return any(mention.start < 3 for mention in resolver.mentions(text))


def role_of(header: str) -> str:
    """What a header says its column or row holds; empty where it does not tell."""
    return _ROLES.first(header) or ""


def role_of_row(label: str) -> str:
    """What a label says its row holds; one of whom the row is for says nothing of how much."""
    return "" if _PEOPLE.fullmatch(label) else role_of(label)


def roles_of(
    grid: list[list[Block]], resolver: Resolver, subject: tuple[str, ...], headed: bool = False
) -> tuple[list[str], int]:
    """The role of each column, and the index of the first row of the body; ``headed``: the file marks the first row
    as a header.
    """
    first = grid[0]
    looks = [role_of(cell.text) if len(cell.text) < 60 else "" for cell in first]
    looks = [
        role if role == "ignore" or not dose_words(cell.text) else "" for role, cell in zip(looks, first, strict=True)
    ]
    pieces = [headed and bool(PIECE_OF.match(cell.text)) for cell in first]
    for column, role in enumerate(looks):
        cells = [row[column].text for row in grid[1:] if column < len(row) and row[column].text]
        named = sum(bool(resolver.heading(cell)) for cell in cells)
        if (
            role == "dosage"
            and column
            and "name" not in looks
            and named * 2 > len(cells) > 0
            and not any(map(has_frequency, cells))
        ):
            looks[column] = "name"  # "Drops" above "Timolol 0.5%"
    spoken = any(role in ("dosage", "maximum", "frequency") for role in looks)
    looks = [role if role != "strength" else "ignore" if "dosage" in looks else "" for role in looks]
    is_header = (headed or spoken) and not any(
        dose_words(cell.text)
        for role, cell, piece in zip(looks, first, pieces, strict=True)
        if role != "ignore" and not piece
    )
    roles = looks if is_header else [""] * len(first)
    people_first(roles, grid)
    if (
        is_header
        and len(first) > 1
        and roles[0] not in ("name", "")
        and "name" not in roles
        and any(resolver.heading(row[0].text) for row in grid[1:] if row)
    ):
        roles[0] = "name"
    body = grid[1 if is_header else 0 :]
    if "name" not in roles:
        known = [
            sum(bool(resolver.heading(row[column].text)) for row in body if column < len(row))
            for column in range(len(first))
        ]
        best = known.index(max(known))
        if not roles[best] and (known[best] or not subject):
            roles[best] = "name"
    else:
        names_at = [column for column, role in enumerate(roles) if role == "name"]
        by_column = [
            sum(bool(resolver.heading(row[column].text)) for row in body if column < len(row))
            for column in range(len(first))
        ]
        kept = max(names_at, key=lambda column: by_column[column])
        other = ""
        if not by_column[kept] and not roles[0] and by_column[0] * 2 > len(body):
            kept, other = 0, "class"  # "What it is" beside the names says of which kind they are
        roles = [other if role == "name" and position != kept else role for position, role in enumerate(roles)]
        roles[kept] = "name"
    for role in ("timing", "route"):
        if is_header and role in roles and "frequency" not in roles and "dosage" in roles:
            place = roles.index(role)
            cells = [row[place].text for row in body if place < len(row) and row[place].text]
            if cells and all(has_frequency(cell) or _SPLIT.search(cell) for cell in cells):
                roles[place] = "frequency"  # "Timing" above "once daily", "Given" above "in 2 divided doses"
    if is_header and "dosage" not in roles:
        # "How to take it" may head a column of doses: what stands in it decides.
        for column, role in enumerate(roles):
            cells = [row[column].text for row in body if column < len(row)]
            doses = [cell for cell in cells if dose_words(cell) and (spoken or has_frequency(cell))]
            if role in ("", "timing", "frequency") and len(doses) * 2 > len(cells):
                roles[column] = "dosage"
                break
    if is_header and roles[0] == "timing" and "name" not in roles and subject:
        cells = [row[0].text for row in body if row]
        if not any(map(has_frequency, cells)):
            roles[0] = "use"  # "When" above "Attack" and "Prevention"
    if "unit" in roles and "dosage" not in roles and subject:
        place = roles.index("unit")  # "Glucose" | "Units" of an insulin
        told = [row[place].text for row in body if place < len(row) and row[place].text]
        roles[place] = "dosage" if all(cell[:1].isdigit() for cell in told) else "unit"
    if is_header:
        _levels(roles, first, body)
    if "total" in roles and ("frequency" not in roles or roles.count("dosage") != 1):
        roles = ["dosage" if role == "total" else role for role in roles]
    if is_header:
        _by_contents(roles, first, body)
        if subject and not {"dosage", "maximum", "part of day"} & set(roles):
            _amounts_alone(roles, [cell.text for cell in first], body)
    if not is_header:
        for column in range(len(first)):
            cells = [row[column].text for row in body if column < len(row)]
            if not roles[column] and sum(bool(dose_words(cell)) for cell in cells) * 2 > len(cells):
                roles[column] = "dosage"
                break
    return roles, 1 if is_header else 0


_SPLIT = regex(r"\bdivided\s+doses?\b", re.I)
_GIVES_MOST = regex(
    r"\A\W*\d[\d.,]*(?:\s?(?:–|-|to)\s?\d[\d.,]*)?\W*\Z|"
    r"\d\s?(?:m?c?g|[µμ]g|units?|IU|mEq|m[lL]|tab|cap|puff|dose|spray|drop|patch|%)",
    re.I,
)
"""A cell of the most that may be taken: a bare number, or an amount."""
_SILENT = regex(r"\s*(?:same|as\s+(?:above|adults?)|none|no\b|not\b|avoid|n/?a\b|do\s+not\b|see\b|unknown)", re.I)
"""How a cell begins that gives no dose."""


IS_FORM = regex(
    r"\W*(?:(?:plain|ordinary|melting|soluble|chewable|dispersible|slow|quick|nasal|oral|skin|rectal|eye|ear|mouth|sugar-free|film-coated)[\s-]+)?"
    r"(?:tablets?|caplets?|capsules?|wafers?|sprays?|injections?|pens?|patch(?:es)?|suppositor(?:y|ies)|liquids?|syrups?|"
    r"suspension|solution|drops|inhalers?|nebuli[sz]ers?|lozenges?|sachets?|gels?|creams?|powders?|films?)"
    r"(?:\s+(?:or|and)\s+(?:capsules?|syrup|liquid|tablets?|ointment))?\W*",
    re.I,
)
"""A header that is a form: whether its cells are doses or strengths, the rest of the table says."""
_PER_CENT = regex(r"\d\s?%")
_DOSED_CORNER = regex(r"\b(?:dos(?:e|es|ing|age)|adults?|children|how\s+(?:much|often))\b", re.I)
_UNIT_ALONE = regex(r"\W*(?:m?c?g|[µμ]g|units?|m[lL])(?:\s?/\s?(?:kg|day|dose|h(?:our)?|min))*\W*", re.I)
"""A header that is the unit of a dose ("mg/kg/day")."""


def _by_contents(roles: list[str], headers: list[Block], body: list[list[Block]]) -> None:
    """Mend roles by what stands below the headers: people under "Child, what for" are no doses,
    and what is a dose with its frequency in most cells is one under any header ("Prevention", "Other use").
    """
    forms = sum(bool(IS_FORM.fullmatch(each.text)) for each in headers)
    labels = [row[0].text for row in body if row]
    dosed = forms > 1 and (
        any(role_of(label) == "maximum" for label in labels)
        or any(map(_DOSED_CORNER.search, (headers[0].text,)))
        or any(has_frequency(cell.text) for row in body for cell in row)
    )
    for column, role in enumerate(roles):
        cells = [row[column].text for row in body if column < len(row) and any(map(str.isalnum, row[column].text))]
        if role == "dosage" and roles.count("dosage") > 1:
            doses = any(
                dose_words(unit_added(cell, headers[column].text)) or cell[:1].isdigit() or cell[:1] in "<>≤≥"
                for cell in cells
            )
            roles[column] = "dosage" if doses else "use"
        elif role == "maximum" and has_notes(headers[column].text) and any(map(dose_words, cells)):
            continue  # each cell is the one or the other
        elif role == "maximum" and cells and 2 * sum(bool(_GIVES_MOST.search(cell)) for cell in cells) < len(cells):
            roles[column] = "more"  # "Repeat / limit" above "every 3–5 min" and "once"
        elif role == "class" and 2 * sum(map(says_whom_or_what_for, cells)) > len(cells):
            roles[column] = "who"  # "Group" above "Healthy adults aged 18 to 49"
        elif role in ("", "about", "use") and (cells := [cell for cell in cells if not _SILENT.match(cell)]):
            held = [
                cell
                for cell in cells
                if dose_words(unit_added(cell, headers[column].text)) or (forms > 1 and _PER_CENT.search(cell))
            ]
            banded = IS_BAND.search(headers[column].text) or _UNIT_ALONE.fullmatch(headers[column].text)
            formed = IS_FORM.fullmatch(headers[column].text) and dosed
            told = len(held) if banded or formed else sum(map(has_frequency, held))
            roles[column] = "dosage" if told * 2 >= len(cells) else role


def _levels(roles: list[str], headers: list[Block], body: list[list[Block]]) -> None:
    """Take the role from columns that hold levels in the blood ("Target" above "10–15 mg/l") and no dose."""
    for column, role in enumerate(roles):
        cells = [row[column].text for row in body if column < len(row)]
        if role != "dosage" or not any(map(CONCENTRATION.search, cells)):
            continue
        if not any(dose_words(unit_added(cell, headers[column].text)) for cell in cells):
            roles[column] = "ignore"


def _amounts_alone(roles: list[str], headers: list[str], body: list[list[Block]]) -> None:
    """Make columns of nothing but amounts columns of doses, whatever their headers say ("Two hours before", "On the
    way"), in a table about one drug.
    """
    for column in range(1, len(roles)):
        cells = [row[column].text for row in body if column < len(row) and any(map(str.isalnum, row[column].text))]
        counted = bool(PIECE_OF.match(headers[column]))
        words = [dose_words(unit_added(cell, headers[column]) if counted else cell)[:1] for cell in cells]
        told = all(each and (each[0].strong or counted) and not each[0].start for each in words)
        if not roles[column] and cells and told:
            roles[column] = "dosage"
