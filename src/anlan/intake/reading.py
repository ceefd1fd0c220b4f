"""What a line of speech says: kind, urgency, places, answers; each with the words it stands on.

Deterministic and made of text alone: the keywords of the kinds, the words heard for the key
questions, the names of the city. Nothing is learnt, and nothing here decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import Literal

from anlan.intake.kinds import Kind, kinds
from anlan.intake.protocols import YES, Answer, Outcome, Protocol, outcome_of, protocol_for
from anlan.places.errors import CityMissingError
from anlan.places.place_names import places_in
from anlan_engine.city.finding import Match, Point

LINE_LIMIT_CHARACTERS = 2_000
OTHERS_LIMIT = 3
LETTERS_A_CHARACTER = 3
"""A Chinese character says about as much as this many Latin letters."""

CLEARLY = 2.0
"""A kind whose words weigh so many times those of the next one is clear."""

Confidence = Literal["CLEAR", "LIKELY", "UNSURE"]

_LATIN = re.compile(r"[^\u3400-\u9fff]+")
_CLAUSE = re.compile(r"[.,;:!?，。；：！？、\n]|\bbut\b|但是?|不过|可是")
_NOT_EN = re.compile(
    r"\b(?:no|not|without|never|nobody|isn['’]t|aren['’]t|wasn['’]t|don['’]t|doesn['’]t)"
    r"(?:\s+[\w'’]+){0,2}\s+$",
    re.IGNORECASE,
)
_NOT_ZH = re.compile(
    r"(?:没有|没|无|未|不是|并非|不)(?:人|任何|发生|看到|看见|听到|明显|再|在|什么){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the line: from `start` up to `end`, counted in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KindRead:
    """A kind that the words point to."""

    code: str
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """An answer to a key question that the words give."""

    question: str
    answer: Answer
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """A place that the words name, and how sure that is."""

    place: Match
    words: Span
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a line says.

    `kind` is what its words point to, None where they point nowhere; `others` come next; `negated`
    are words that count for nothing because the line says not. `protocol`, `heard` and `outcome`
    belong to the kind asked about: the chosen one, else `kind`. `priority` is proposed for it.
    """

    kind: KindRead | None
    confidence: Confidence
    others: tuple[KindRead, ...]
    negated: tuple[Span, ...]
    places: tuple[PlaceRead, ...]
    protocol: Protocol | None
    heard: tuple[AnswerRead, ...]
    outcome: Outcome | None
    priority: int | None


def read_line(
    line: str, *, day: date, chosen: str | None = None,
    answers: Mapping[str, Answer] | None = None, near: Point | None = None,
) -> Reading:  # fmt: skip
    """Read a line, at most its first `LINE_LIMIT_CHARACTERS`.

    Parameters
    ----------
    line : str
        What the caller said, Chinese, English or both.
    day : date
        The protocols in force on it are used.
    chosen : str, optional
        The kind chosen by hand; questions and urgency follow it, not the words.
    answers : mapping, optional
        Answers given by hand; they stand before what was heard.
    near : (float, float), optional
        Degrees; of places that fit alike the nearer ones come first.
    """
    line = line[:LINE_LIMIT_CHARACTERS]
    ranked, negated = _kinds_in(line)
    kind = kinds().get(chosen) if chosen else (ranked[0][0] if ranked else None)
    protocol = protocol_for(kind.code, day) if kind else None
    heard = tuple(_heard(line, protocol)) if protocol else ()
    given = {one.question: one.answer for one in heard} | dict(answers or {})
    outcome = outcome_of(protocol, given) if protocol else None
    return Reading(
        kind=_told(ranked[0]) if ranked else None,
        confidence=_confidence([weight for _, weight, _ in ranked]),
        others=tuple(_told(one) for one in ranked[1 : OTHERS_LIMIT + 1]),
        negated=negated,
        places=_places_in(line, near),
        protocol=protocol,
        heard=heard,
        outcome=outcome,
        priority=_priority(kind, outcome),
    )


def _priority(kind: Kind | None, outcome: Outcome | None) -> int | None:
    if kind is None:
        return None
    raised = outcome.priority if outcome else None
    return kind.priority if raised is None else min(kind.priority, raised)


_Weighed = tuple[Kind, int, tuple[Span, ...]]


def _kinds_in(line: str) -> tuple[list[_Weighed], tuple[Span, ...]]:
    """The kinds whose words weigh most, of equals the more urgent first; and the words negated."""
    lower, ranked = line.lower(), []
    negated: dict[Span, None] = {}
    for kind in kinds().values():
        said = []
        for word in _words_of(kind.code):
            for span in _spans(word, lower, line):
                if _is_negated(lower, span):
                    negated[span] = None
                else:
                    said.append(span)
                    break
        if said:
            ranked.append((kind, sum(_weight(span.text) for span in said), tuple(said)))
    ranked.sort(key=lambda one: (-one[1], one[0].priority))
    return ranked, tuple(negated)


@cache
def _words_of(code: str) -> tuple[str, ...]:
    kind = kinds()[code]
    words = (kind.name_zh, kind.name_en, *kind.keywords_zh, *kind.keywords_en)
    return tuple(dict.fromkeys(word.lower() for word in words if word))


@lru_cache(maxsize=4_096)
def _whole(word: str) -> re.Pattern[str]:
    """Latin words count only as whole words; Chinese has no spaces, so its words count anywhere."""
    if _LATIN.fullmatch(word):
        return re.compile(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])")
    return re.compile(re.escape(word))


def _spans(word: str, lower: str, line: str) -> Iterator[Span]:
    if word not in lower:
        return
    for found in _whole(word).finditer(lower):
        yield Span(line[found.start() : found.end()], found.start(), found.end())


def _is_negated(lower: str, span: Span) -> bool:
    """Whether the clause says not just before the words: "no fire", "没有着火"."""
    before = _CLAUSE.split(lower[: span.start])[-1]
    return bool(_NOT_EN.search(before) or _NOT_ZH.search(before.rstrip()))


def _weight(word: str) -> int:
    return len(word) if _LATIN.fullmatch(word) else len(word) * LETTERS_A_CHARACTER


def _told(weighed: _Weighed) -> KindRead:
    kind, _, words = weighed
    return KindRead(kind.code, words)


def _confidence(weights: Sequence[int]) -> Confidence:
    if not weights or (len(weights) > 1 and weights[0] == weights[1]):
        return "UNSURE"
    return "CLEAR" if len(weights) == 1 or weights[0] >= CLEARLY * weights[1] else "LIKELY"


def _heard(line: str, protocol: Protocol) -> Iterator[AnswerRead]:
    """The answers that the words give; one that is negated gives none, not the opposite."""
    lower = line.lower()
    for question in protocol.questions:
        ways: Iterable[tuple[str, Iterable[str]]] = [
            (YES, chain(question.heard_zh, question.heard_en)),
            *((one.code, chain(one.heard_zh, one.heard_en)) for one in question.choices),
        ]
        for answer, words in ways:
            spans = chain.from_iterable(_spans(word.lower(), lower, line) for word in words)
            said = tuple(span for span in spans if not _is_negated(lower, span))
            if said:
                yield AnswerRead(question.code, answer, said)
                break


def _places_in(line: str, near: Point | None) -> tuple[PlaceRead, ...]:
    try:
        spotted = places_in(line, near)
    except CityMissingError:  # a call is taken all the same
        return ()
    return tuple(
        PlaceRead(
            one.place,
            Span(line[one.start : one.end], one.start, one.end),
            _place_confidence(one.place),
        )
        for one in spotted
    )


def _place_confidence(place: Match) -> Confidence:
    if place.fit != "EXACT":
        return "UNSURE"
    return "CLEAR" if place.kind in {"ADDRESS", "CROSSING"} else "LIKELY"
