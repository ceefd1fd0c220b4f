"""Simulate many postures at once: on all cores of a machine, or of a Ray cluster."""

import importlib
import importlib.util
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.posture import Posture
from anlan_engine.simulate.study import Outcome, Study, outcome, replicate

F64 = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]

BLOCK = 8
"""Postures that one task plays on the same calls: drawing them is shared, and so is the wait."""

RAY = "ray"


def sweep(
    postures: Sequence[Posture],
    study: Study,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    cluster: bool = False,
) -> list[Outcome]:
    """Simulate many postures on the same calls.

    The outcomes are equal, to the last bit, to those of `simulate` for each posture, however many
    cores or machines take part.

    Parameters
    ----------
    postures : sequence of Posture
        On the same places.
    study : Study
    workers : int, optional
        Processes on this machine; 1 stays in this one. Default: all cores. Programs that start
        processes guard their main part by `if __name__ == "__main__":`.
    progress : callable, optional
        Called with (done, of) after each task, in this process.
    cluster : bool
        Use Ray (the extra `ray`): the cluster that `RAY_ADDRESS` names, else this machine.

    Returns
    -------
    list of Outcome
        In the order of the postures.

    Raises
    ------
    SimulationError
        RAY_ABSENT; OUT_OF_RANGE for workers; as `simulate`.
    """
    count = workers if workers is not None else os.cpu_count() or 1
    if count < 1:
        raise SimulationError(
            code="OUT_OF_RANGE", field="workers", low=1, high="any", index=0, value=count
        )
    tasks = [
        (first, replication)
        for replication in range(study.replications)
        for first in range(0, len(postures), BLOCK)
    ]
    samples: dict[tuple[int, int], F64] = {}
    played = _played(postures, study, tasks, count, cluster=cluster)
    for done, ((first, replication), rows) in enumerate(played, 1):
        samples |= {(first + row, replication): sample for row, sample in enumerate(rows)}
        if progress is not None:
            progress(done, len(tasks))
    return [
        outcome(posture, study, np.array([samples[row, r] for r in range(study.replications)]))
        for row, posture in enumerate(postures)
    ]


Task = tuple[int, int]
Rows = list[F64]


def _played(
    postures: Sequence[Posture], study: Study, tasks: list[Task], workers: int, *, cluster: bool
) -> Iterator[tuple[Task, Rows]]:
    if cluster:
        return _on_ray(postures, study, tasks)
    if workers == 1:
        return ((task, play_task(postures, study, task)) for task in tasks)
    return _on_cores(postures, study, tasks, workers)


def play_task(postures: Sequence[Posture], study: Study, task: Task) -> Rows:
    """Play one block of postures in one replication."""
    first, replication = task
    return replicate(postures[first : first + BLOCK], study, replication)


_received: list[tuple[Sequence[Posture], Study]] = []
"""In a worker process: what it was given at its start, so that no task carries it again."""


def _receive(postures: Sequence[Posture], study: Study) -> None:
    _received[:] = [(postures, study)]


def _play_received(task: Task) -> Rows:
    postures, study = _received[0]
    return play_task(postures, study, task)


def _on_cores(
    postures: Sequence[Posture], study: Study, tasks: list[Task], workers: int
) -> Iterator[tuple[Task, Rows]]:
    # Fresh processes: forking one that holds threads (a server, a thread pool) may hang.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, fresh, _receive, (postures, study)) as pool:
        yield from zip(tasks, pool.map(_play_received, tasks), strict=True)


def _on_ray(
    postures: Sequence[Posture], study: Study, tasks: list[Task]
) -> Iterator[tuple[Task, Rows]]:
    if importlib.util.find_spec(RAY) is None:
        raise SimulationError(code="RAY_ABSENT")
    ray: Any = importlib.import_module(RAY)
    if not ray.is_initialized():
        ray.init(log_to_driver=False)
    shared = ray.put(tuple(postures)), ray.put(study)
    remote = ray.remote(play_task)
    answers = [remote.remote(*shared, task) for task in tasks]
    for task, answer in zip(tasks, answers, strict=True):
        yield task, ray.get(answer)
