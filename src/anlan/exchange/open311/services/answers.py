"""Answers to the further questions of a service, checked by their datatype."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite

from anlan.exchange.open311.errors import BadArgumentError
from anlan.exchange.open311.offers import Question
from anlan.kernel.texts import clean_text

ANSWER_LIMIT_CHARACTERS = 500
VALUES_LIMIT = 20


def answered(question: Question, told: Sequence[str], name: str) -> str:
    """Return an answer in words; raise `BadArgumentError` where it is none of the datatype."""
    several = question.datatype == "multivaluelist"
    if len(told) > (VALUES_LIMIT if several else 1):
        raise BadArgumentError(field=name, rule="one_value")
    if question.values:
        return _chosen(question, told, name)
    answer = clean_text(told[0], field=name, limit_characters=ANSWER_LIMIT_CHARACTERS)
    if question.datatype == "number" and not _is_number(answer):
        raise BadArgumentError(field=name, rule="number")
    if question.datatype == "datetime" and not _is_moment(answer):
        raise BadArgumentError(field=name, rule="w3c_time")
    if question.datatype != "text" and "\n" in answer:
        raise BadArgumentError(field=name, rule="one_line")
    return answer


def _chosen(question: Question, told: Sequence[str], name: str) -> str:
    names = {key: f"{words['zh-CN']} / {words['en']}" for key, words in question.values}
    for key in told:
        if key not in names:
            raise BadArgumentError(field=name, rule="listed_value")
    return "; ".join(names[key] for key in dict.fromkeys(told))


def _is_number(answer: str) -> bool:
    try:
        return isfinite(float(answer))
    except ValueError:
        return False


def _is_moment(answer: str) -> bool:
    try:
        datetime.fromisoformat(answer)
    except ValueError:
        return False
    return True
