"""A line as it is read: what a system adds taken off, what it shortens written out."""

from __future__ import annotations

from doseref.items.class_before import without_heading_before, without_insulin_before
from doseref.items.cut_names import cut_written_out
from doseref.items.export_rows import as_line
from doseref.items.in_front import with_supply_last, without_quantity_in_front
from doseref.items.instead_of import instead_of
from doseref.items.introduced import behind_kind_of_issue
from doseref.items.label_warnings import without_warnings
from doseref.items.named_again import without_name_again
from doseref.items.not_taken import as_replaced
from doseref.items.plural_strength import strength_in_plural
from doseref.items.run_together import apart
from doseref.items.short_vitamins import vitamin_d_written_out
from doseref.items.written_out import written_out
from doseref.names import Names


def plain_line(text: str, names: Names) -> str:
    """``text`` without the warnings and the quantity of a pharmacy's label and the fields of an export's supply, and with
    its short forms written out.
    """
    issued = without_name_again(behind_kind_of_issue(text, names))
    printed = without_quantity_in_front(with_supply_last(without_warnings(apart(strength_in_plural(issued, names)))))
    line = without_insulin_before(written_out(instead_of(as_replaced(as_line(printed, names), names), names)), names)
    return cut_written_out(vitamin_d_written_out(without_heading_before(line, names)), names)
