"""Every rule of every kind explains itself in the one form, from which `doseref rules` and the documentation are made."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doseref.checks import registry, runner
from doseref.errors import UsageError
from doseref.findings import Severity

KINDS: tuple[runner.RuleKind, ...] = ("regimen", "article", "dataset")


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_has_what_why_and_both_examples(kind: runner.RuleKind) -> None:
    for info in registry.rules(kind):
        assert info.kind == kind
        assert info.what.endswith("."), info.code
        assert info.why.endswith("."), info.code
        assert info.passes.strip()
        assert info.fires.strip()
        assert info.passes != info.fires, info.code


def test_codes_and_names_are_given_once() -> None:
    everything = registry.rules()
    assert len({info.code for info in everything}) == len(everything)
    assert len({(info.kind, info.name) for info in everything}) == len(everything)


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_module_is_listed(kind: runner.RuleKind) -> None:
    package = Path(registry.__file__).with_name(kind)
    files = {path.stem for path in package.glob("[rad][0-9][0-9][0-9]_*.py")}
    assert {name.rpartition(".")[2] for name in runner.module_names(kind)} == files


def test_the_code_of_a_dataset_rule_is_its_docstrings_and_its_files() -> None:
    for module, info in zip(runner.modules("dataset"), registry.rules("dataset"), strict=True):
        assert (module.RULE.code, module.RULE.name, module.RULE.severity) == (info.code, info.name, info.severity)
        assert module.__name__.rpartition(".")[2] == f"{info.code.lower()}_{info.name.replace('-', '_')}"


def test_rules_are_found_by_code_and_by_name() -> None:
    assert registry.rule("d301").name == "low-above-high"
    assert registry.rule("low-above-high").code == "D301"
    with pytest.raises(UsageError, match="there is no rule 'D999'; 'doseref rules' lists them"):
        registry.rule("D999")


FORM = """R101 over-maximum (error; info as a range)

What. One thing
or two.

Why. Because.

Passes:
    a
      b

Fires:
    c
"""


def test_a_docstring_is_taken_apart() -> None:
    info = registry.describe(FORM, "regimen", "m")
    assert (info.code, info.name, info.severity, info.severity_words) == (
        "R101",
        "over-maximum",
        Severity.ERROR,
        "error; info as a range",
    )
    assert (info.what, info.why, info.passes, info.fires) == ("One thing or two.", "Because.", "a\n  b", "c")
    assert set(info.to_json()) == {
        "code",
        "name",
        "kind",
        "severity",
        "severity_words",
        "what",
        "why",
        "passes",
        "fires",
    }


@pytest.mark.parametrize(
    ("docstring", "message"),
    [
        ("", "m: the docstring's first line is '', not like 'R101 over-maximum (error)'"),
        (
            FORM.replace("R101", "A101"),
            "m: the docstring's first line is 'A101 over-maximum (error; info as a range)', not like",
        ),
        (FORM.replace("Why. Because.", ""), "m: the docstring lacks Why."),
        (FORM.replace("What.", "Text"), "m: text before 'What.' in the docstring: 'Text One thing'"),
        (FORM.replace("    c\n", ""), "m: the docstring lacks Fires:"),
    ],
)
def test_a_docstring_of_another_form_is_refused(docstring: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        registry.describe(docstring, "regimen", "m")
    assert str(caught.value).startswith(message)


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    import subprocess

    program = "import sys; import doseref.checks.registry, doseref.checks.dataset; print([m for m in sys.modules if 'd101' in m])"
    source = str(Path(registry.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": source}
    )
    assert done.stdout == "[]\n"
