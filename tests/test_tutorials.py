"""The planner's pages say what really happens: their code is run and its output compared."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "planner").glob("[!i]*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMPARED = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tutorial_does_what_it_says(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = page.read_text(encoding="utf-8")
    found = list(BLOCK.finditer(text))
    assert found, "a tutorial without code"
    known: dict[str, object] = {}
    for block in found:
        line = text.count("\n", 0, block.start(1))
        test = doctest.DocTestParser().get_doctest(
            block.group(1), known, page.stem, str(page), line
        )
        assert test.examples, f"line {line}: a block without >>>"
        said: list[str] = []
        runner = doctest.DocTestRunner(optionflags=COMPARED)
        result = runner.run(test, out=said.append, clear_globs=False)
        known.update(test.globs)
        assert result.failed == 0, "".join(said)
