"""A dosage instruction as it is found in running text, before anything of it is put together."""

from __future__ import annotations

from decimal import Decimal

from doseref.records import record


@record
class RawDose:
    """A dosage instruction found in a block: its substances and its offsets."""

    substances: tuple[str, ...]
    start: int
    end: int
    scope: str | None
    sentence: tuple[int, int]
    near: str = ""
    """The name as it stands in the text with what is next to it ("Morphine SR: ", "oral prednisone "):
    route and release form.
    """
    around: str = ""
    """The words of its sentence that can limit it."""
    listed: bool = False
    """An amount without a frequency, by a route or below a heading of doses."""
    introduced: str = ""
    """The sentence before it that named the substance, where its own names none."""
    shared: str = ""
    """How often, where it stands behind the bracket of several doses: "(tramadol 50 mg or oxycodone 5 mg) every 4
    hours".
    """
    label: str = ""
    """What its sentence begins with and a colon, where that says for whom or what ("Herpes zoster: …")."""
    prefix: str = ""
    """What a maximum is read with that was taken out of its clause ("max ")."""
    company: str = ""
    """What its sentence begins with, where that is another drug that is taken as well ("with amlodipine")."""
    given: bool = False
    """Whether the words in front of it say by which way it is given at once ("into a vein at …")."""
    topic: str = ""
    """The disease that the sentences before it speak of, where its own names none."""
    release: str = ""
    """The release form that the sentences before it turned to."""
    spacing: Decimal | None = None
    """Hours that must lie between two doses: then it is no dose."""
    lead: str = ""
    """What one tablet holds, where a dose before it says so ("500 mg tablet: ")."""
    later: bool = False
    """The second of two doses of one sentence: what is taken later, or where the first is not enough."""
