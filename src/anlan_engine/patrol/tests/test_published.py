"""Published team orienteering instances: every plan holds, and the gap is told."""

import numpy as np
import pytest
from benchmarks.engine.chao import best_known, chao
from tests.shared_data import shared

from anlan_engine.patrol import check_plan, plan_patrols

EASY = ("p1.2.r", "p1.4.k", "p3.2.f", "p3.3.h", "p3.4.m", "p5.2.h", "p5.4.k", "p7.2.c", "p7.4.f")
HARD = ("p7.2.o", "p7.3.t", "p7.4.k")


@pytest.mark.parametrize("name", EASY)
def test_small_instances_reach_the_best_value_known(name: str) -> None:
    shared("g2_top_chao", f"{name}.txt")
    problem = chao(name)
    plan = plan_patrols(problem, limit_s=120, iterations=6_000)
    assert check_plan(problem, plan) == ()
    assert plan.value == best_known()[name]


def test_large_instances_come_near_it(capsys: pytest.CaptureFixture[str]) -> None:
    for name in HARD:
        shared("g2_top_chao", f"{name}.txt")
    best, gaps = best_known(), []
    for name in HARD:
        problem = chao(name)
        plan = plan_patrols(problem, limit_s=120, iterations=4_000)
        assert check_plan(problem, plan) == ()
        gaps.append(1.0 - plan.value / best[name])
    with capsys.disabled():
        print(f" mean gap {100 * np.mean(gaps):.2f} % of {', '.join(HARD)}")
    assert min(gaps) >= -1e-9
    assert np.mean(gaps) <= 0.03
