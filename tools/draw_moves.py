"""Draw tables of moves into the documentation: `python tools/draw_moves.py`.

States stand below each other; an arc on the right leads on, one on the left leads back. A test
fails while a committed drawing is not what its table says.
"""

import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from anlan.casework.transitions import CASE_MOVES, PART_MOVES, TASK_MOVES  # noqa: E402 - the source folder comes first
from anlan.kernel.moves import MoveTable  # noqa: E402

DRAWINGS: Mapping[str, MoveTable] = {
    "case_moves.svg": CASE_MOVES,
    "joint_part_moves.svg": PART_MOVES,
    "joint_task_moves.svg": TASK_MOVES,
}
FOLDER = ROOT / "docs" / "pictures"
ROW, WIDE, HIGH, MIDDLE, WIDTH = 84, 132, 34, 470, 940
STYLE = (
    "text{font:13px sans-serif;fill:#1b2733}.s{fill:#eef4fb;stroke:#2b5d8c}.s0{stroke-width:3}"
    ".m{fill:none;stroke:#5b6b7a}.g{fill:#8a5a00;font-size:11px}"
)


def ordered(table: MoveTable) -> list[str]:
    """Return the states as they are first reached, nearest first."""
    found = [table.initial]
    for state in found:
        for move in table.moves.values():
            if state in move.sources and move.after(state) not in found:
                found.append(move.after(state))
    return found


def arcs(table: MoveTable) -> Mapping[tuple[str, str], list[str]]:
    """Return the moves between two states, each with its guards, by the pair of states."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in table.moves.values():
        guards = "".join(f" [{guard.name}]" for guard in move.guards)
        for state in sorted(move.sources):
            found.setdefault((state, move.after(state)), []).append(move.name + guards)
    return found


def _arc(start: int, end: int, names: list[str]) -> Iterator[str]:
    right = end >= start
    side = 1 if right else -1
    x = MIDDLE + side * WIDE / 2
    y0, y1 = start * ROW + HIGH, end * ROW + HIGH
    if start == end:
        y0, y1 = y0 - 9, y1 + 9
    reach = x + side * (34 + 44 * abs(end - start))
    yield (
        f'<path class="m" marker-end="url(#a)" d="M{x:g} {y0} C{reach:g} {y0} {reach:g} {y1}'
        f' {x:g} {y1}"/>'
    )
    at = x + side * (0.75 * (34 + 44 * abs(end - start)) + 6)
    anchor = "start" if right else "end"
    for row, name in enumerate(names):
        y = (y0 + y1) / 2 + 4 + 15 * (row - (len(names) - 1) / 2)
        yield f'<text class="g" x="{at:g}" y="{y:g}" text-anchor="{anchor}">{escape(name)}</text>'


def drawn(table: MoveTable) -> str:
    """Return a table as an SVG picture."""
    states = ordered(table)
    high = ROW * len(states)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        ' orient="auto"><path d="M0 0L8 4L0 8z" fill="#5b6b7a"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{high}" fill="#ffffff"/>',
    ]
    for (source, target), names in arcs(table).items():
        lines += _arc(states.index(source), states.index(target), names)
    for row, state in enumerate(states):
        y = row * ROW + HIGH
        first = " s0" if state == table.initial else ""
        lines.append(
            f'<rect class="s{first}" x="{MIDDLE - WIDE / 2:g}" y="{y - HIGH / 2:g}" width="{WIDE}"'
            f' height="{HIGH}" rx="6"/><text x="{MIDDLE}" y="{y + 4}" text-anchor="middle">'
            f"{escape(state)}</text>"
        )
    return "\n".join([*lines, "</svg>", ""])


def main() -> int:
    """Write every drawing."""
    for name, table in DRAWINGS.items():
        (FOLDER / name).write_text(drawn(table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
