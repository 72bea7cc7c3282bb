"""The regimen rules, one a file, in the order of their codes."""

REGIMEN: tuple[str, ...] = (
    "r101_over_maximum",
    "r102_may_exceed_maximum",
    "r103_sources_disagree",
    "r104_above_usual_range",
    "r105_single_dose",
    "r106_too_frequent",
    "r107_wrong_period",
    "r108_too_long",
    "r201_duplicate_ingredient",
    "r202_duplicate_class",
    "r301_shared_side_effects",
    "r302_opioid_load",
    "r401_unknown_name",
    "r402_ambiguous_name",
    "r403_unreadable_dosage",
    "r404_unit_mismatch",
    "r405_no_limit_known",
    "r406_route_mismatch",
    "r407_error_prone_notation",
    "r408_withdrawn_product",
)
