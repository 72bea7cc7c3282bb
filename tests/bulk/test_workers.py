"""What the workers of a run share, and what they leave behind."""

from __future__ import annotations

import gc
import pickle
from decimal import Decimal

from doseref.bulk.workers import Workers
from doseref.records import replace
from doseref.regimen.person import Patient


def test_the_collector_is_as_it_was_when_a_run_is_over() -> None:
    assert gc.isenabled()
    with Workers(1) as workers:
        assert not gc.isenabled()
        assert list(workers.each(abs, [-1, 2])) == [1, 2]
    assert gc.isenabled()


def test_a_kept_hash_goes_to_no_copy_and_no_other_process() -> None:
    known = Patient(age=Decimal(80))
    assert hash(known) == hash(known) == hash(Patient(age=Decimal(80)))
    assert known == Patient(age=Decimal(80)), "the hash is no field"
    for copy in (replace(known, age=Decimal(81)), pickle.loads(pickle.dumps(known))):
        assert not hasattr(copy, "_hashed")
    assert hash(replace(known, age=Decimal(81))) == hash(Patient(age=Decimal(81)))
