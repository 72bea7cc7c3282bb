"""The rules about the dataset itself: one a file, all listed here."""

from __future__ import annotations

DATASET: tuple[str, ...] = (
    "d101_header", "d102_row_width", "d103_cell", "d104_order", "d105_form", "d106_duplicate_key", "d107_characters",
    "d108_files", "d109_null_word", "d110_quoting", "d111_package",
    "d201_unknown_reference", "d202_unknown_word", "d203_name_collision", "d204_lookalike_order", "d205_class_circle",
    "d206_unlisted_phrase", "d207_unused_phrase",
    "d301_low_above_high", "d302_above_own_maximum", "d303_unit_dimension", "d304_daily_arithmetic", "d305_implausible_jump",
    "d306_unit_slip", "d307_numbering", "d308_continuation", "d309_computable", "d310_limit_figures", "d311_half_figure",
    "d312_product_rows", "d313_product_strength", "d314_limit_slip", "d315_limit_days",
    "d316_caution_sense",
    "d401_figures_disagree", "d402_not_in_article", "d403_needless_exception", "d404_unread_text", "d405_statement_missing",
    "d501_no_source", "d502_overdue_review", "d503_unverified_maximum",
    "d601_dose_changed", "d602_entry_changed",
)  # fmt: skip
"""The rule modules of this package, in the order in which they run."""
