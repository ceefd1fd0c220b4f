"""Sphinx configuration: MyST pages, furo theme, nothing fetched from another host."""

import tomllib
from pathlib import Path

_TEXT = (Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8")

project = "Anlan"
author = "The Anlan contributors"
copyright = "The Anlan contributors"
release = tomllib.loads(_TEXT)["project"]["version"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"Anlan {release}"
html_show_sphinx = False
