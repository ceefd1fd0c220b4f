"""What in a free text looks like personal data: telephones, identity and card numbers, e-mail.

By form and check digit alone: it knows no names, and what somebody means it cannot tell. So it is
a hint to who writes, and a mask where nobody reads before it is kept. Numbering plans are those of
libphonenumber, check digits those of python-stdnum (GB 11643 and Finnish personal identity codes)
and of Luhn (ISO/IEC 7812-1).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from django.conf import settings
from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn
from stdnum.cn import ric
from stdnum.fi import hetu

Kind = Literal["EMAIL", "IDENTITY", "CARD", "TELEPHONE", "DWELLING"]
LEFT_OUT = "…"
TEXT_LIMIT_CHARACTERS = 4_000
TRIES_LIMIT = 200  # of libphonenumber, on one text
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms, one to one
_MAY_HOLD = re.compile(r"[0-9@]")
_MAY_RING = re.compile(r"\d(?:[^\w]{0,3}\d){6}")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)
_IDENTITY_CN = re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])")
_IDENTITY_FI = re.compile(r"(?<![0-9A-Za-z])\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![\d.])[3-6]\d{3}(?:[ -]?\d{2,4}){3,5}(?![\d.]?\d)")
_CUED = re.compile(
    r"(?:电话|手机|号码|致电|联系|tel|phone|call|ring|puh|numero)\W{0,3}"
    r"(?P<found>\d(?:[ -]?\d){5,11})(?![\d.]?\d)",
    re.IGNORECASE,
)
_DWELLING = re.compile(
    r"(?<=[路街巷弄道里村区苑园院])\d{1,5}号(?:院|楼)?(?:\d{1,3}[栋幢楼])?(?:\d{1,2}单元)?(?:\d{2,5}[室户号])?"
    r"|\d{1,3}(?:栋|幢|号楼)(?:\d{1,2}单元)?\d{2,5}[室户]?"
    r"|\d{1,2}单元\d{2,5}[室户]?"
    r"|\b[A-ZÅÄÖ][a-zåäö]{2,30}(?:katu|tie|kuja|polku|kaari|väylä|ranta)"
    r" \d{1,4}(?: ?[A-Za-z] ?\d{1,3})?\b"
    r"|\b\d{1,5} (?:(?!block\b)[A-Za-z0-9.']{1,20} ){1,3}?(?i:st|street|ave|avenue|rd|road"
    r"|blvd|drive|dr|lane|ln|court|ct|circle|cir|terrace|ter|place|pl|plaza|plz|way)\b"
    r"(?i:\.?,? (?:apt|unit|flat|#) ?\w{1,5}\b)?"
    r"|(?i:\b(?:apt|flat|apartment)\.? ?\d{1,5}[a-z]?\b)"
)
MASKED: frozenset[Kind] = frozenset({"EMAIL", "IDENTITY", "CARD", "TELEPHONE"})
"""What is left out of a text: not where somebody lives, for a matter has a place."""


class Found(NamedTuple):
    """One piece of a text, from `start` up to `end` in characters, and what it looks like."""

    kind: Kind
    start: int
    end: int


def personal_data_in(text: str, regions: Sequence[str] | None = None) -> list[Found]:
    """Return what looks like personal data, in its order; no two pieces overlap.

    Looks at the first `TEXT_LIMIT_CHARACTERS`. `regions` are the countries whose telephone numbers
    are written without a country's code: those of the installation unless given.
    """
    plain = text[:TEXT_LIMIT_CHARACTERS].translate(_WIDE)
    if not _MAY_HOLD.search(plain):
        return []
    taken: list[Found] = []
    for found in _candidates(plain, regions or settings.TELEPHONE_REGIONS):
        if all(found.end <= one.start or one.end <= found.start for one in taken):
            taken.append(found)
    return sorted(taken, key=lambda one: one.start)


def without_personal_data(text: str) -> tuple[str, list[Kind]]:
    """Return a text with what is `MASKED` left out, and all the kinds that were found in it."""
    parts, at, found = [], 0, personal_data_in(text)
    for one in found:
        if one.kind in MASKED:
            parts += [text[at : one.start], LEFT_OUT]
            at = one.end
    return "".join([*parts, text[at:]]), [one.kind for one in found]


def _candidates(plain: str, regions: Sequence[str]) -> Iterator[Found]:
    """Yield what may be personal data, the surest forms first: they count where two overlap."""
    yield from _matches("EMAIL", _EMAIL, plain)
    yield from _matches("IDENTITY", _IDENTITY_CN, plain, _is_identity)
    yield from _matches("IDENTITY", _IDENTITY_FI, plain, hetu.is_valid)
    yield from _matches("CARD", _CARD, plain, _is_card)
    for region in regions if _MAY_RING.search(plain) else ():
        for match in PhoneNumberMatcher(plain, region, Leniency.VALID, TRIES_LIMIT):
            yield Found("TELEPHONE", match.start, match.end)
    for cued in _CUED.finditer(plain):
        yield Found("TELEPHONE", *cued.span("found"))
    yield from _matches("DWELLING", _DWELLING, plain)


def _matches(
    kind: Kind, form: re.Pattern[str], plain: str, holds: Callable[[str], bool] | None = None
) -> Iterator[Found]:
    for match in form.finditer(plain):
        if holds is None or holds(match.group().upper()):
            yield Found(kind, *match.span())


def _is_identity(text: str) -> bool:
    """Check digit and date of birth; not the list of places, which is renamed every year."""
    number = ric.compact(text)
    try:
        ric.get_birth_date(number)
    except ric.InvalidComponent:
        return False
    return bool(number[-1] == ric.calc_check_digit(number))


def _is_card(text: str) -> bool:
    return bool(luhn.is_valid(re.sub(r"[ -]", "", text)))
