"""How each matter of the day will go: drawn beforehand, so that playing it needs no chance.

What no call of the day began (somebody reported it by hand, or the day before left it open) gets a
story of its own when it is first met.
"""

from dataclasses import dataclass

import numpy as np

from anlan_engine.duty_day import Call, DutyProfile, Fate, draw_fate

RETURN_SHARE = 0.15
"""Of diverted incidents, those whose desk finds that a unit is needed after all."""
REOPEN_SHARE = 0.15
"""Of residents whose case was closed, those who ask once for more."""
FALSE_ALARM_SHARE = 0.7
"""Of automatic alarms."""
DISPOSITIONS = (("RESOLVED", 0.8), ("NOTHING_FOUND", 0.12), ("HANDED_OVER", 0.08))
OF_CALL, OF_STRANGER = 1, 2


@dataclass(slots=True)
class Story:
    """How one matter goes.

    Attributes
    ----------
    number : int
        Tells stories apart and chooses words and pictures.
    fate : Fate
        How long each step takes, and which turns it takes.
    disposition : str
        With what an incident closes.
    returns : bool
        Whether a diverted incident comes back.
    reopens : bool
        Whether a resident asks to open the case again.
    followed_by : str
        The public number by which a resident follows it; empty for nobody.
    of_the_day : bool
        Whether a call of the day began it.
    """

    number: int
    fate: Fate
    disposition: str
    returns: bool
    reopens: bool
    followed_by: str = ""
    of_the_day: bool = False


class Stories:
    """The stories of one day."""

    def __init__(self, profile: DutyProfile, seed: int) -> None:
        """Draw from `seed` what the profile leaves open."""
        self._profile = profile
        self._seed = seed
        self._alarms = {kind.code for kind in profile.kinds if set(kind.channels) == {"API"}}
        self._strangers = 0

    def of_call(self, call: Call) -> Story:
        """Return the story of a call of the day."""
        rng = np.random.default_rng([self._seed, OF_CALL, call.number])
        story = self._story(call.number, call.kind, call.fate, rng)
        story.of_the_day = True
        return story

    def of_stranger(self, kind: str = "") -> Story:
        """Draw the story of something that the day did not begin; a case has no kind."""
        kind = kind or self._profile.kinds[0].code
        self._strangers += 1
        rng = np.random.default_rng([self._seed, OF_STRANGER, self._strangers])
        fate = draw_fate(self._profile, kind, rng)
        return self._story(self._strangers, kind, fate, rng)

    def _story(self, number: int, kind: str, fate: Fate, rng: np.random.Generator) -> Story:
        """Always draw the same numbers, so that one share can change without the others."""
        ended, returned, reopened = rng.random(3).tolist()
        return Story(
            number=number,
            fate=fate,
            disposition=self._disposition(kind, ended),
            returns=returned < RETURN_SHARE,
            reopens=reopened < REOPEN_SHARE,
        )

    def _disposition(self, kind: str, drawn: float) -> str:
        if kind in self._alarms:
            return "FALSE_ALARM" if drawn < FALSE_ALARM_SHARE else "RESOLVED"
        for disposition, share in DISPOSITIONS:
            drawn -= share
            if drawn < 0:
                return disposition
        return DISPOSITIONS[0][0]
