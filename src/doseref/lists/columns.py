"""The columns of a medication list, as people and pharmacy systems head them: which says what of an item.

A column that nobody here knows is never passed over: the file is refused with the column named, unless the caller says
(``--map COLUMN=ROLE``) what it holds. What is known and says nothing of the dose (prescriber, refills) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from doseref.errors import InputError, UsageError
from doseref.items.mangled import is_date, told
from doseref.lists import day_columns
from doseref.lists.heads import ROLE_OF, ROLES, whose_heads
from doseref.lists.strength_cells import differs, of_dose, says, with_unit
from doseref.lists.unit_heads import fact_with_its_unit, plain, read_head, unit_of_mapped, with_its_unit
from doseref.records import record, replace
from doseref.regimen.facts import FACTS, UNCLEAR, facts_of
from doseref.regimen.model import SAYS_WHO, Given
from doseref.streams import printable
from doseref.units import lookup

_UNCLEAR = {"name": "the person or the drug", "id": "the person or the item"}
"""Heads that may be one thing or another: refused where it matters."""

DOSING = ("dose", "dose unit", "route", "form", "frequency", "prn", "max", "max per day", "duration")
"""The roles that say a part of what a sig says."""

_TAKEN = frozenset(
    "active|current|ongoing|taking|continue|continued|yes|y|true|1|new|draft|dispensed|filled|ordered|signed|verified|"
    "prescribed|intended|unchanged|changed|modified|resumed|home med".split("|")
)
_NOT_ENDED = frozenset(("", "no", "n", "false", "0", "none", "ongoing"))  # what a column of ends says of none
_NOT_TAKEN = frozenset(
    "stopped|stop|discontinued|discontinue|dc|d/c|dc'd|d/c'd|completed|complete|inactive|cancelled|canceled|"
    "ended|expired|"
    "not taking|not-taking|never taken|no|n|false|0|entered in error|entered-in-error|on "
    "hold|on-hold|held|hold|suspended|"
    "ceased|finished|removed|voided|declined".split("|")
)


@record
class Columns:
    """Which cell of a row holds what: role → the places (from 0) of its columns, and the width of the header.

    ``units`` are the roles whose head says a unit: role, head, what a bare number of it says ("{} mg"); ``hours`` are
    the places of clock times, each with what it says ("at 08:00").
    """

    places: Mapping[str, tuple[int, ...]]
    heads: tuple[str, ...]
    units: tuple[tuple[str, str, str], ...] = ()
    hours: tuple[tuple[int, str], ...] = ()

    @property
    def width(self) -> int:
        """Columns of the header."""
        return len(self.heads)


def read_mapping(words: Iterable[str]) -> dict[str, str]:
    """``column=role`` of the command line as head → role; raises :class:`UsageError` for what is none."""
    found: dict[str, str] = {}
    for word in words:
        head, sign, role = word.rpartition("=")
        role = plain(role)
        if not sign or not head.strip() or role not in ROLES:
            raise UsageError(f"--map {word!r}: write COLUMN=ROLE; a role is one of {', '.join(ROLES)}")
        found[plain(head)] = role
    return found


def is_header(cells: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Whether a row is the head of a medication list: it names the drug or the item,
    and most of its cells are heads.
    """
    heads = [(plain(cell), day_columns.clock(cell)) for cell in cells if cell.strip()]
    roles = [mapping.get(head) or ROLE_OF.get(head) or hour or None for head, hour in heads]
    if not {"item", "drug"} & set(roles):
        return False  # nearly every row of a table
    known = sum(role is not None for role in roles)
    if 2 * known < len(heads):
        in_parts = whose_heads([head for head, _ in heads], mapping)
        known += sum(head in in_parts and head not in ROLE_OF for head, _ in heads)
    if 2 * known < len(heads):
        known += sum(read_head(cell, ROLE_OF) is not None for cell in cells if plain(cell) not in ROLE_OF)
    return 2 * known >= len(heads)


def map_option(head: str, role: str) -> str:
    """How the role of a column is said on the command line."""
    return f"--map '{head}={role}'"


def read_columns(
    cells: Sequence[str],
    mapping: Mapping[str, str],
    path: str,
    line: int = 1,
    said: Callable[[str, str], str] = map_option,
) -> Columns:
    """The columns of a header row; raises :class:`InputError` naming what is missing, doubled, unclear or not known.

    ``said`` words how a column (head, role) is given its role where an error asks for it.
    """
    heads = [cell.strip() for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    unknown, places, units, hours = [], dict[str, tuple[int, ...]](), [], []
    in_parts = whose_heads([plain(head) for head in heads], mapping)
    for index, head in enumerate(heads):
        word = plain(head)
        role, unit = mapping.get(word) or ROLE_OF.get(word) or in_parts.get(word), ""
        if word in mapping:
            unit = unit_of_mapped(head, mapping[word])
        elif role is None:
            role, unit = read_head(head, ROLE_OF) or (None, "")
        if role is not None and unit:
            units.append((role, head, unit))
        if role is None and word in _UNCLEAR:
            continue
        if role is None and day_columns.clock(head):
            hours.append((index, day_columns.clock(head)))
            continue
        if role is None and word:
            unknown.append(head)
        elif role is not None:
            places[role] = (*places.get(role, ()), index)
    _one_each(places, heads, path, line, said)
    if "drug" not in places and "item" in places and "sig" in places:
        places["drug"] = places.pop("item")  # "Item, Directions": what is taken, and how
    if not {"item", "drug"} & set(places):
        named = f"{'its first row names the columns' if line else 'found'} {', '.join(heads)}"
        raise InputError(
            f"needs a column 'item', or 'drug' and 'sig'; {named if heads else 'there is nothing in it'}"
            + next(
                (f"; if '{head}' is the drug, say {said(head, 'drug')}" for head in heads if plain(head) == "name"), ""
            ),
            path=path,
            line=line,
        )
    unclear = [head for head in heads if plain(head) in _UNCLEAR and plain(head) not in mapping]
    if unclear and "patient" not in places:
        raise InputError(
            f"the column '{unclear[0]}' may be {_UNCLEAR[plain(unclear[0])]}: head it 'patient' or 'drug', "
            f"or say {said(unclear[0], 'patient')}",
            path=path,
            line=line,
        )
    if unknown:
        raise InputError(_not_known(unknown, said), path=path, line=line)
    return Columns(places, tuple(heads), tuple(units), tuple(hours))


def _not_known(heads: Sequence[str], said: Callable[[str, str], str]) -> str:
    """What is told of columns that nobody here knows, with what to do about them."""
    named, several = ", ".join(map(repr, heads)), len(heads) > 1
    return (
        f"the column{'s' if several else ''} {named} {'are' if several else 'is'} not known, and what is in "
        f"{'them' if several else 'it'} may change a dose: say what {'each' if several else 'it'} holds with "
        f"{' '.join(said(head, 'ROLE') for head in heads)}, where ROLE is drug, sig, dose, frequency, note … or ignore, which leaves it out"
    )


def _one_each(
    places: Mapping[str, tuple[int, ...]],
    heads: Sequence[str],
    path: str,
    line: int,
    said: Callable[[str, str], str],
) -> None:
    """Only the person, notes and what is ignored may have several columns."""
    for role, found in places.items():
        if len(found) > 1 and role not in ("patient", "ignore", "note", "reason"):
            named = " and ".join(repr(heads[index]) for index in found)
            raise InputError(
                f"has two columns for the {role}: {named}; leave one out with {said(heads[found[-1]], 'ignore')}",
                path=path,
                line=line,
            )


NO_DRUG = "the row names no drug"
"""Why a row with something in it is no item."""


def patient_of(cells: Sequence[str], columns: Columns) -> str | None:
    """The person of a row; ``None`` where its cells are empty."""
    found = [cells[index].strip() for index in columns.places.get("patient", ()) if index < len(cells)]
    return " / ".join(word for word in found if word) or None


def read_row(cells: Sequence[str], columns: Columns, place: str) -> tuple[str | None, Given] | None:
    """The person and the item of one row; ``None`` for a row without a drug and without directions."""

    def cell(role: str) -> str:
        places = columns.places.get(role)
        if not places:
            return ""  # most roles have no column
        found = [cells[index].strip() for index in places if index < len(cells)]
        return " / ".join(word for word in found if word)

    patient = patient_of(cells, columns)
    hours = [(said, cells[index].strip()) for index, said in columns.hours if index < len(cells)]
    given = _given(cell, columns.units, day_columns.directions(cell, hours), place)
    filled = [index for index, word in enumerate(cells) if word.strip()]
    if given is None and not filled:
        return None
    facts = facts_in_cells({role: cell(role) for role in FACTS}, columns.units)
    if given is None:
        words = " | ".join(cells[index].strip() for index in filled)
        told = {place for role in (*FACTS, "patient", "ignore") for place in columns.places.get(role, ())}
        if facts and told.issuperset(filled):
            return patient, Given(words, place=place, left_out=SAYS_WHO, facts=facts)
        return patient, Given(words, place=place, refused=NO_DRUG, facts=facts)
    if filled and filled[-1] >= columns.width:
        return patient, _refused(given, f"the row has more cells ({filled[-1] + 1}) than the header ({columns.width})")
    if len(cells) < columns.width:
        return patient, _refused(given, f"the row has {len(cells)} cells where the header has {columns.width}")
    return patient, replace(given, facts=facts) if facts else given


def facts_in_cells(cells: Mapping[str, str], units: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str], ...]:
    """The facts of the person in cells by role, bare numbers in the units that their heads say; one in another unit than
    its head is told as unclear.
    """
    known = dict(facts_of(cells))
    for role, head, said in units:
        if role in known and (cell := fact_with_its_unit(known[role], said)) is not None:
            known[role] = cell
        elif role in known:
            why = f"the {role} is '{known.pop(role)}' in the column '{head}': which unit is meant?"
            known[UNCLEAR] = f"{known[UNCLEAR]}; {why}" if UNCLEAR in known else why
    return tuple(known.items())


def read_object(
    item: Mapping[str, object], mapping: Mapping[str, str], path: str, place: str
) -> tuple[str | None, Given]:
    """The person and the item of one JSON object, whose keys are heads; raises :class:`InputError`."""
    heads = [str(key) for key in item]
    columns = read_columns(heads, mapping, place or path, 0)
    read = read_row([_word(value) for value in item.values()], columns, place)
    if read is None:
        raise InputError("an item without a drug", path=place or path)
    return read


def _word(value: object) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else printable(str(value))


def _refused(given: Given, why: str) -> Given:
    return Given(given.text, place=given.place, refused=why)


def _given(
    cell: Callable[[str], str], units: tuple[tuple[str, str, str], ...], day: tuple[str, str], place: str
) -> Given | None:
    """The item of the cells of a row; ``day`` is what its columns for the times of a day
    say together, and why they cannot be read."""
    get = {role: cell(role) for role in ROLES}
    said, why = day
    if said:
        named = get["drug"] or get["item"]
        if get["sig"]:
            why = "the row has directions and columns for the times of a day: keep one"
        if why:
            return Given(" | ".join(filter(None, (named, get["sig"], said))), place=place, refused=why)
        get["sig"] = said
        if not get["drug"]:
            get["drug"], get["item"] = named, ""
    other_unit = _with_units(get, units) if units else ""
    if get["strength"] and get["dose unit"] and not get["dose"]:
        get["strength"], get["dose unit"] = with_unit(get["strength"], get["dose unit"])
    parts = tuple((role, get[role]) for role in DOSING if get[role])
    text, drug, sig = get["item"], get["drug"], get["sig"]
    if text and (drug or sig):
        words = f"{text} | {drug} {sig}".strip()
        return Given(words, place=place, refused="the row has an item and a drug: fill one of the two")
    if drug or text:
        named = drug or text
        wrong = other_unit or _not_clear(get, named)
        beside = of_dose(get["strength"], get["dose"], get["dose unit"])
        if beside is None:
            dose = f"{get['dose']} {get['dose unit']}".strip()
            wrong = wrong or (
                f"its strength is given as '{get['strength']}' without a unit, which does not go into a dose of {dose}: "
                "write the strength with its unit"
            )
        else:
            get["strength"] = beside
        if get["strength"] and not says(named, get["strength"]):
            named = f"{named} {get['strength']}"
        if drug and get["form"] and get["form"].lower() not in named.lower():
            named = f"{named} {get['form']}"
        if drug and (sig or parts or get["strength"]):
            given = Given(f"{named} {sig}".strip(), named, sig, place=place, columns=parts)
        else:
            given = Given(named, place=place, columns=parts)
        given = replace(given, refused=wrong)
    elif sig or parts:
        words = " ".join((sig, *(word for _, word in parts))).strip()
        return Given(words, place=place, refused=NO_DRUG)
    else:
        return None
    return _with_status(given, get)


def _with_units(get: dict[str, str], units: tuple[tuple[str, str, str], ...]) -> str:
    """Give the bare numbers of a row the units that their heads say; why that cannot be done, empty where it can."""
    for role, head, said in units:
        if role in FACTS:
            continue  # they are no part of the item
        cell = with_its_unit(role, get[role], said)
        if cell is None:
            return f"its {role} is '{get[role]}' in the column '{head}': which unit is meant?"
        if role == "dose" and cell and get["dose unit"]:
            if lookup(get["dose unit"]) != lookup(said.removeprefix("{} ")):
                return f"its dose is in the column '{head}' and its unit is '{get['dose unit']}': which is meant?"
            get["dose unit"] = ""
        get[role] = cell
    return ""


def _not_clear(get: Mapping[str, str], named: str) -> str:
    """Why the cells of a row cannot be read together; empty where they can."""
    for role in ("strength", *DOSING):
        if get[role] and is_date(get[role]):
            return told(get[role], f"the {role}")
    if get["strength"] and differs(named, get["strength"]):
        return f"the drug is named '{named}' and its strength is given as '{get['strength']}': which is right?"
    if plain(get["ended"]) not in _NOT_ENDED and not get["status"]:
        return f"it has an end ({get['ended']}): leave the row out, or say in a column 'status' whether it is taken"
    return ""


def _with_status(given: Given, get: Mapping[str, str]) -> Given:
    """The item with what the row says of its being taken, of its supply and beside it."""
    state = re.sub(r"\s+", " ", get["status"]).strip().lower()
    if state in _NOT_TAKEN or state.startswith(("stopped", "discontinued", "entered-in-error", "not taking")):
        given = replace(given, left_out=f"its status is {get['status']}")
    elif state and state not in _TAKEN:
        given = replace(given, refused=f"its status '{get['status']}' is not known: active or stopped?")
    return replace(
        given,
        quantity=get["quantity"],
        days_supply=get["days supply"],
        note=get["note"],
        reason=get["reason"],
        taken=get["taken"],
    )
