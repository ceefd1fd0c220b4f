"""Refuse what the other checkers cannot see: crowded files, vague names, clocks in pure rooms."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LINES_PER_FILE = 400
LINES_PER_FUNCTION = 60
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "base", "manager", "core", "lib"}
NAMED_BY_DJANGO = {"src/anlan/kernel/riding/base.py"}  # where it looks for a database backend
PURE_NAMES = {"transitions", "errors"}
BARE_TODO = re.compile(r"#\s*(TODO|FIXME|XXX)\b(?!\(#\d+\))")
IMPURE = re.compile(r"\b(timezone\.now|datetime\.now|clock\.now|objects\.)")


def long_functions(tree: ast.AST) -> Iterator[str]:
    """Name each function that is too long to be read at a glance."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_PER_FUNCTION:
                yield f"{node.name}() has {length} lines; the limit is {LINES_PER_FUNCTION}"


def problems(path: Path) -> Iterator[str]:
    """Yield what is wrong with one Python file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) > LINES_PER_FILE:
        yield f"{len(lines)} lines; split it, the limit is {LINES_PER_FILE}"
    if path.stem in VAGUE_NAMES and path.as_posix() not in NAMED_BY_DJANGO:
        yield f"'{path.stem}' says nothing; name the file for what it holds"
    for number, line in enumerate(lines, 1):
        if BARE_TODO.search(line):
            yield f"line {number}: a TODO names its issue, as TODO(#12)"
    yield from long_functions(ast.parse(text))
    if path.stem in PURE_NAMES and IMPURE.search(text):
        yield "reads the clock or the database; that belongs in services"


def main(roots: list[str]) -> int:
    """Check every Python file below `roots`; print what is wrong and return 1, or 0."""
    files = [
        file
        for root in roots
        for file in sorted(Path(root).rglob("*.py"))
        if "migrations" not in file.parts and "node_modules" not in file.parts
    ]
    found = [f"{file}: {problem}" for file in files for problem in problems(file)]
    print("\n".join(found) or f"tidy: {len(files)} files")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["src", "tests", "tools", "benchmarks"]))
