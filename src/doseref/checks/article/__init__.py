"""Rules about articles: what contradicts what, and what could not be read."""

ARTICLE: tuple[str, ...] = (
    "a101_conflicting_maximum",
    "a102_conflicting_dose",
    "a103_conflicting_frequency",
    "a104_conflicting_daily_total",
    "a105_conflicting_target",
    "a106_conflicting_duration",
    "a107_conflicting_route",
    "a108_conflicting_timing",
    "a109_conflicting_class",
    "a201_exceeds_own_maximum",
    "a202_contradicts_reference",
    "a203_missing_maximum",
    "a204_contradicts_itself",
    "a301_unknown_substance",
    "a302_unreadable_dosage",
    "a303_error_prone_notation",
)
"""The rule modules, by code."""
