"""Sphinx configuration: MyST pages, furo theme, nothing fetched from another host."""

import runpy
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1] / "src" / "anlan" / "__init__.py"

project = "Anlan"
author = "The Anlan contributors"
copyright = "The Anlan contributors"
release = runpy.run_path(str(_PACKAGE))["__version__"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"Anlan {release}"
html_show_sphinx = False
