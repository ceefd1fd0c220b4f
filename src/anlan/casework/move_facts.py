"""The facts that a move takes: its own, and those that the item of the case asks for beside."""

from collections.abc import Mapping

from anlan.casework.transitions import CODE_LISTS, FACT_LIMIT_CHARACTERS
from anlan.kernel.errors import InvalidError
from anlan.kernel.moves import Move
from anlan.kernel.texts import clean_text


def check_facts(move: Move, facts: Mapping[str, str], *also: str) -> dict[str, str]:
    """Return the facts of `move`, cleaned; raise `InvalidError` naming the one that is wrong.

    `also` are those that the item of the case asks for beside the move's own.
    """
    needs = (*move.needs, *also)
    for name in facts:
        if name not in needs:
            raise InvalidError(field=name, rule="extra_forbidden")
    most = FACT_LIMIT_CHARACTERS
    kept = {
        name: clean_text(facts.get(name, ""), field=name, limit_characters=most, required=True)
        for name in needs
    }
    for name in CODE_LISTS.keys() & kept.keys():
        if kept[name] not in CODE_LISTS[name]:
            raise InvalidError(field=name, rule="enum", expected=", ".join(CODE_LISTS[name]))
    return kept
