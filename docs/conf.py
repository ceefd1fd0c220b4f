"""Sphinx configuration: MyST pages, furo theme, nothing fetched from another host."""

import tomllib
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]

project = "Anlan"
author = "The Anlan contributors"
copyright = "The Anlan contributors"  # noqa: A001 - Sphinx's own name
release = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"Anlan {release}"
html_show_sphinx = False
