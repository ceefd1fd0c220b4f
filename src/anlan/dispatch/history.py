"""An incident rebuilt from its steps alone: its state, its rounds with their stamps, its jobs.

Steps are only ever added, rows are changed by every move. That both tell the same is what makes
the history worth reading: it is checked for every incident (`anlan check history`), shown on the
incident's review, and what a replay draws comes from here. Plain Python: no row is read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from anlan.dispatch.told_times import counted_at
from anlan.dispatch.transitions import OPEN_ASSIGNMENT_STATES, phase_of


class Step(Protocol):
    """What the history knows of one move."""

    @property
    def move(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def made_by(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def told_at(self) -> datetime | None: ...
    @property
    def facts(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Round:
    """The stamps of one round. A later one begins with the reopening: nobody rang for it."""

    number: int
    rang_at: datetime | None
    answered_at: datetime | None
    received_at: datetime
    dispatched_at: datetime | None = None
    arrived_at: datetime | None = None
    closed_at: datetime | None = None
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One unit's job at the incident, with the stamps that count."""

    id: str
    unit_id: str
    call_sign: str
    unit_kind: str
    round: int
    state: str
    assigned_at: datetime
    en_route_at: datetime | None = None
    on_scene_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    cleared_by: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """All of an incident that moves change. `parent` is the number of what it hangs on."""

    state: str
    priority: int
    needs: tuple[str, ...]
    alarm_level: int
    escalation_level: int
    report_count: int
    parent: str
    rounds: tuple[Round, ...]
    jobs: Mapping[str, Job] = field(default_factory=dict)

    @property
    def phase(self) -> str:
        """How far the incident had come."""
        present = self.rounds[-1].number
        return phase_of(self.state, [j.state for j in self.jobs.values() if j.round == present])


class BrokenHistoryError(ValueError):
    """The steps cannot be those of one incident; says which step and why."""


def unfold(steps: Iterable[Step]) -> Iterator[Life]:
    """Yield the incident as it stood after each of its steps, which come in their order.

    Raises `BrokenHistoryError` where a step tells of what was never there.
    """
    life: Life | None = None
    for step in steps:
        try:
            life = _opened(step) if life is None else _after(life, step)
        except (KeyError, ValueError, TypeError) as error:
            message = f"{step.move} at {step.made_at.isoformat()}: {error!r}"
            raise BrokenHistoryError(message) from error
        yield life


def rebuild(steps: Iterable[Step]) -> Life:
    """Return the incident as it stands after all of its steps; raises as `unfold` does."""
    life = None
    for life in unfold(steps):  # noqa: B007 - the last one is wanted
        pass
    if life is None:
        message = "no step at all"
        raise BrokenHistoryError(message)
    return life


def differences(stored: Life, rebuilt: Life) -> list[str]:
    """Return what two pictures of an incident do not agree on, each as one line; none if equal."""
    return [
        f"{one.name}: stored {getattr(stored, one.name)!r}, rebuilt {getattr(rebuilt, one.name)!r}"
        for one in fields(Life)
        if getattr(stored, one.name) != getattr(rebuilt, one.name)
    ]


def _opened(step: Step) -> Life:
    if step.move != "open":
        message = f"begins with {step.move}"
        raise ValueError(message)
    told = step.facts["stamps"]
    stamps = {
        name: datetime.fromisoformat(told[name]) if name in told else None
        for name in ("rang_at", "answered_at")
    }
    received_at = datetime.fromisoformat(told["received_at"])
    return Life(
        state=step.target,
        priority=step.facts["priority"],
        needs=tuple(step.facts["needs"]),
        alarm_level=1,
        escalation_level=0,
        report_count=1,
        parent="",
        rounds=(Round(1, stamps["rang_at"], stamps["answered_at"], received_at),),
    )


def _after(life: Life, step: Step) -> Life:
    change = _CHANGES.get(step.move)
    return change(life, step) if change else life


def _round(life: Life, **stamps: Any) -> Life:
    return replace(life, rounds=(*life.rounds[:-1], replace(life.rounds[-1], **stamps)))


def _earliest(life: Life, name: str, at: datetime) -> Life:
    before: datetime | None = getattr(life.rounds[-1], name)
    return _round(life, **{name: at}) if before is None or at < before else life


def _counted(life: Life, step: Step) -> Life:
    return replace(life, report_count=step.facts["report_count"])


def _linked(life: Life, step: Step) -> Life:
    """The step of a parent names its child; that of a child its parent, and its own new state."""
    if "parent" in step.facts:
        life = replace(life, state=step.target, parent=step.facts["parent"])
    return _counted(life, step) if "report_count" in step.facts else life


def _unlinked(life: Life, step: Step) -> Life:
    if "child" in step.facts:
        return _counted(life, step)
    return replace(life, state=step.target, parent="")


def _assigned(life: Life, step: Step) -> Life:
    made = {
        job["id"]: Job(
            id=job["id"],
            unit_id=job["unit_id"],
            call_sign=call_sign,
            unit_kind=job["kind"],
            round=life.rounds[-1].number,
            state="ASSIGNED",
            assigned_at=step.made_at,
        )
        for call_sign, job in zip(step.facts["units"], step.facts["jobs"], strict=True)
    }
    return _earliest(replace(life, jobs={**life.jobs, **made}), "dispatched_at", step.made_at)


_JOB_STAMPS = {"en_route": "en_route_at", "on_scene": "on_scene_at"}


def _job_moved(life: Life, step: Step) -> Life:
    acted_at = counted_at(step.told_at, step.made_at)
    change: dict[str, Any] = {"state": step.target}
    if step.move in _JOB_STAMPS:
        change[_JOB_STAMPS[step.move]] = acted_at
    if step.move == "clear":
        change |= {"outcome": step.facts["outcome"], "cleared_by": step.made_by}
    if step.target not in OPEN_ASSIGNMENT_STATES:
        change["ended_at"] = acted_at
    job = replace(life.jobs[step.facts["assignment_id"]], **change)
    moved = replace(life, jobs={**life.jobs, job.id: job})
    return _earliest(moved, "arrived_at", acted_at) if step.move == "on_scene" else moved


def _raised(life: Life, step: Step) -> Life:
    needs = (*life.needs, *step.facts.get("needs", ()))
    return replace(life, needs=needs, priority=step.facts.get("priority", life.priority))


def _closed(life: Life, step: Step) -> Life:
    ended = _round(life, closed_at=step.made_at, disposition=step.facts["disposition"])
    return replace(ended, state=step.target)


def _reopened(life: Life, step: Step) -> Life:
    again = Round(life.rounds[-1].number + 1, None, None, step.made_at)
    return replace(life, state=step.target, escalation_level=0, rounds=(*life.rounds, again))


def _left_or_came(life: Life, step: Step) -> Life:
    return replace(life, state=step.target)


_CHANGES: Mapping[str, Callable[[Life, Step], Life]] = MappingProxyType(
    {
        "attach": _counted,
        "detach": _counted,
        "link": _linked,
        "place_under": _linked,
        "unlink": _unlinked,
        "take_out": _unlinked,
        "assign": _assigned,
        "en_route": _job_moved,
        "on_scene": _job_moved,
        "clear": _job_moved,
        "cancel": _job_moved,
        "preempt": _job_moved,
        "reprioritise": _raised,
        "raise": _raised,
        "raise_alarm": lambda life, step: replace(life, alarm_level=step.facts["alarm_level"]),
        "escalate": lambda life, step: replace(life, escalation_level=step.facts["level"]),
        "divert": _left_or_came,
        "return": _left_or_came,
        "close": _closed,
        "reopen": _reopened,
    }
)
