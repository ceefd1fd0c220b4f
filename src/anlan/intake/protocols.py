"""Key questions of each kind as versioned text, and what their answers change.

A protocol only ever raises: an answer makes a report more urgent, adds a capability or an alarm
level. What it comes to is a proposal; whoever takes the call decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.intake.errors import BadAnswerError
from anlan.intake.kinds import kinds
from anlan.kernel.rule_files import RuleFile, RuleFolder
from anlan.kernel.texts import clean_text

FOLDER = "protocols"
ANSWER_MAX_CHARACTERS = 500
QUESTIONS_LIMIT = 12
YES, NO = "YES", "NO"

Answer = str | int
Words = tuple[str, ...]
QUESTION_CODE = r"^[A-Z][A-Z0-9_]{0,31}$"
Code = Field(pattern=QUESTION_CODE)


class _Part(BaseModel):
    """A table inside a protocol file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Part):
    """One answer to choose; `heard` are words of a caller that say it."""

    code: str = Code
    name_zh: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    heard_zh: Words = ()
    heard_en: Words = ()


class Question(_Part):
    """A key question. `heard` are words that say yes; `least` to `most` bound a number."""

    code: str = Code
    answer: Literal["YES_NO", "CHOICE", "NUMBER", "TEXT"]
    text_zh: str = Field(min_length=1)
    text_en: str = Field(min_length=1)
    heard_zh: Words = ()
    heard_en: Words = ()
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 1_000_000

    @property
    def codes(self) -> tuple[str, ...]:
        """The answers that may be chosen; none for a number or a text."""
        if self.answer == "YES_NO":
            return (YES, NO)
        return tuple(choice.code for choice in self.choices)

    @model_validator(mode="after")
    def _fits_its_answer(self) -> Self:
        if (self.answer == "CHOICE") != bool(self.choices):
            message = "choices: exactly where the answer is CHOICE"
            raise ValueError(message)
        if self.answer != "YES_NO" and (self.heard_zh or self.heard_en):
            message = "heard: only where the answer is YES_NO, else with each choice"
            raise ValueError(message)
        return self


class Condition(_Part):
    """An answer that something hangs on: equal to `is`, or a number of `at_least` or more."""

    question: str
    equals: str | None = Field(None, alias="is")
    at_least: int | None = None

    def holds(self, answer: Answer | None) -> bool:
        """Return whether the answer given is the one meant."""
        if self.at_least is not None:
            return isinstance(answer, int) and answer >= self.at_least
        return answer is not None and answer == self.equals

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if (self.equals is None) == (self.at_least is None):
            message = "is or at_least: exactly one of them"
            raise ValueError(message)
        return self


class RaisingRule(Condition):
    """What an answer raises: the urgency (1 the highest), capabilities, the alarm level."""

    priority: int | None = Field(None, ge=1, le=4)
    needs: tuple[str, ...] = ()
    alarm_level: int | None = Field(None, ge=1, le=9)


class Advice(_Part):
    """What the caller is told until help is there: always, or after one answer."""

    text_zh: str = Field(min_length=1)
    text_en: str = Field(min_length=1)
    question: str | None = None
    equals: str | None = Field(None, alias="is")
    at_least: int | None = None

    @property
    def condition(self) -> Condition | None:
        """The answer it hangs on; None where it is always told."""
        if self.question is None:
            return None
        given = {"question": self.question, "is": self.equals, "at_least": self.at_least}
        return Condition.model_validate(given)


class Protocol(RuleFile):
    """The key questions for some kinds of report, what the answers raise, what is advised."""

    kinds: tuple[str, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1, max_length=QUESTIONS_LIMIT)
    rules: tuple[RaisingRule, ...] = ()
    advice: tuple[Advice, ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        asked = {question.code: question for question in self.questions}
        if len(asked) != len(self.questions):
            message = "questions: each code once"
            raise ValueError(message)
        conditions = [*self.rules, *(one.condition for one in self.advice if one.condition)]
        for one in conditions:
            _check_answerable(one, asked)
        unknown = sorted(set(self.kinds) - set(kinds()))
        if unknown:
            message = f"kinds: unknown {', '.join(unknown)}"
            raise ValueError(message)
        return self


def _check_answerable(condition: Condition, asked: Mapping[str, Question]) -> None:
    question = asked.get(condition.question)
    if question is None:
        message = f"{condition.question}: no such question"
        raise ValueError(message)
    if condition.at_least is not None and question.answer != "NUMBER":
        message = f"{condition.question}: at_least needs a number"
        raise ValueError(message)
    if condition.equals is not None and condition.equals not in question.codes:
        message = f"{condition.question}: {condition.equals} is none of its answers"
        raise ValueError(message)


protocols = RuleFolder(FOLDER, Protocol)


def protocol_for(kind: str, day: date) -> Protocol | None:
    """Return the protocol in force for a kind on a day; of several, the first by id."""
    in_force = protocols.in_force(day)
    return next((in_force[name] for name in sorted(in_force) if kind in in_force[name].kinds), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers come to.

    `priority` is None and `alarm_level` 0 where no answer raises them. `because` names the rules
    that hold, as (question, answer).
    """

    priority: int | None
    needs: tuple[str, ...]
    alarm_level: int
    advice: tuple[Advice, ...]
    because: tuple[tuple[str, Answer], ...]


def outcome_of(protocol: Protocol, answers: Mapping[str, Answer]) -> Outcome:
    """Return what answers, by question, come to under a protocol."""
    holding = [rule for rule in protocol.rules if rule.holds(answers.get(rule.question))]
    priorities = [rule.priority for rule in holding if rule.priority is not None]
    return Outcome(
        priority=min(priorities, default=None),
        needs=tuple(dict.fromkeys(need for rule in holding for need in rule.needs)),
        alarm_level=max((rule.alarm_level or 0 for rule in holding), default=0),
        advice=tuple(one for one in protocol.advice if _told(one, answers)),
        because=tuple(dict.fromkeys((rule.question, answers[rule.question]) for rule in holding)),
    )


def _told(advice: Advice, answers: Mapping[str, Answer]) -> bool:
    condition = advice.condition
    return condition is None or condition.holds(answers.get(condition.question))


@dataclass(frozen=True, slots=True)
class InWords:
    """An answer as people read it; `raises` says that it makes the report more than it was."""

    text_zh: str
    text_en: str
    answer_zh: str
    answer_en: str
    raises: bool


def in_words(protocol: Protocol | None, code: str, answer: Answer) -> InWords:
    """Return a question and its answer in the words of the version by which it was asked.

    A version whose file has gone leaves the codes.
    """
    asked = (one for one in protocol.questions if one.code == code) if protocol else iter(())
    question = next(asked, None)
    if protocol is None or question is None:
        return InWords(code, code, str(answer), str(answer), raises=False)
    names = {YES: ("是", "Yes"), NO: ("否", "No")} if question.answer == "YES_NO" else {}
    names |= {choice.code: (choice.name_zh, choice.name_en) for choice in question.choices}
    answer_zh, answer_en = names.get(str(answer), (str(answer), str(answer)))
    raises = any(rule.question == code and rule.holds(answer) for rule in protocol.rules)
    return InWords(question.text_zh, question.text_en, answer_zh, answer_en, raises)


def checked_answers(protocol: Protocol, given: Sequence[tuple[str, Answer]]) -> dict[str, Answer]:
    """Return answers as they may be kept, the last one of each question.

    Raises `BadAnswerError` naming the question and what its answer must be.
    """
    asked = {question.code: question for question in protocol.questions}
    kept: dict[str, Answer] = {}
    for number, (code, answer) in enumerate(given):
        if code not in asked:
            raise BadAnswerError(
                field=f"answers.{number}.question", rule="known_question", question=code
            )
        kept[code] = _checked(asked[code], answer, f"answers.{number}.answer")
    return kept


def _checked(question: Question, answer: Answer, field: str) -> Answer:
    facts = {"question": question.code}
    if question.answer == "NUMBER":
        if isinstance(answer, bool) or not isinstance(answer, int):
            raise BadAnswerError(field=field, rule="a_whole_number", **facts)
        if not question.least <= answer <= question.most:
            raise BadAnswerError(
                field=field,
                rule="a_number_within",
                least=question.least,
                most=question.most,
                **facts,
            )
        return answer
    if question.answer == "TEXT" and isinstance(answer, str):
        return clean_text(
            answer, field=field, limit_characters=ANSWER_MAX_CHARACTERS, required=True
        )
    if answer not in question.codes:
        raise BadAnswerError(field=field, rule="one_of_its_answers", **facts)
    return answer


def kinds_without_protocol(day: date) -> list[str]:
    """Return the kinds that need a unit and have no protocol in force, or more than one."""
    told: list[str] = [kind for one in protocols.in_force(day).values() for kind in one.kinds]
    return [code for code, kind in kinds().items() if kind.needs_unit and told.count(code) != 1]
