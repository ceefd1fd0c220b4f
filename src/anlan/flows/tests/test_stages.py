"""What a reporter is told of a case."""

from anlan.casework.transitions import CaseState
from anlan.flows.selectors import CASE_STAGES
from anlan.kernel.wording import LANGUAGES, catalogue


def test_every_state_of_a_case_is_a_stage_for_the_reporter() -> None:
    assert set(CASE_STAGES) == set(CaseState)


def test_every_stage_has_its_words() -> None:
    keys = {f"public.stage.{stage}" for stage in CASE_STAGES.values()}
    assert [language for language in LANGUAGES if not keys <= set(catalogue(language))] == []
