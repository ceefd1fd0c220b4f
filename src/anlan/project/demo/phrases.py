"""What staff and residents of the demonstration write, as text under `data/demo`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from anlan.kernel.text_files import read_toml

KEYS = {"zh-CN": "texts_zh", "en": "texts_en"}


class Phrases:
    """Texts of each step in one language."""

    def __init__(self, file: Path, language: str) -> None:
        """Read `file` for a language, zh-CN or en."""
        self._texts: Mapping[str, Sequence[str]] = {
            entry["step"]: entry[KEYS[language]] for entry in read_toml(file)["phrases"]
        }

    def of(self, step: str, number: int) -> str:
        """Return a text of a step; the same number always gets the same one."""
        texts = self._texts[step]
        return texts[number % len(texts)]
