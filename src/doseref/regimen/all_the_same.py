"""What is over for others is over all the same for somebody to whom the limits do not speak."""

from __future__ import annotations

from doseref.records import replace
from doseref.regimen.bench import MOST_PERMISSIVE, Bench
from doseref.regimen.model import RANK, Total, Verdict


def exceeded(total: Total, bench: Bench) -> bool:
    """Whether a total is, or may be, over the stated maxima by the policy."""
    ranks = [each.judgement for each in total.judged if each.limit.basis == "maximum"]
    pick = min if bench.policy == MOST_PERMISSIVE else max
    return bool(ranks) and pick(ranks, key=RANK.__getitem__) != "within"


def all_the_same(verdict: Verdict, told: str) -> Verdict:
    """The verdict of a limit for others, with the words why it is one."""
    if not verdict.judges or verdict.judgement == "not-assessed":
        return verdict
    above = "; it is above those too" if verdict.judgement != "within" else ""
    rest = verdict.reason.removesuffix("; it is above those too")
    own = rest and not any(part in told for part in rest.split("; "))
    return replace(verdict, reason=f"{told}{above}{f'; {rest}' if own else ''}")
