"""Every case beside every rule."""

import pytest

from copydesk.packs import rule_ids
from copydesk.testing import Case, load_cases, verify

PACKS = ("copydesk_rules",)
CASES = [case for rule_id in rule_ids(PACKS) for case in load_cases(rule_id, PACKS)]


def _param(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError)] if case.kind == "miss" else []
    return pytest.param(case, id=str(case), marks=marks)


@pytest.mark.parametrize("case", [_param(c) for c in CASES])
def test_case(case: Case) -> None:
    """The rule does what its case says."""
    verify(case)


@pytest.mark.parametrize("rule_id", rule_ids(PACKS))
def test_every_rule_shows_both_sides(rule_id: str) -> None:
    """A rule proves what it flags and what it leaves alone."""
    kinds = {case.kind for case in load_cases(rule_id, PACKS)}
    assert {"flag", "leave"} <= kinds
