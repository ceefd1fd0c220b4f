"""Fuzz one reader, or all of them: `python -m tests.fuzz.run NAME --seconds 600`.

Coverage-guided by Atheris (libFuzzer). Each target runs in a process of its own, which is forked
after everything was imported and instrumented once. What breaks a reader is kept in `--keep`, and
what was found interesting in `--corpus`, so that a later run goes on from there.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ["ANLAN_HOME"] = tempfile.mkdtemp(prefix="anlan-fuzz-home-")
os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.project.settings"

import atheris
import django
import structlog

INSTRUMENTED = (
    "anlan.exchange", "anlan.kernel.photos", "anlan.kernel.voice_notes", "anlan.kernel.rule_files",
    "anlan.kernel.texts", "anlan.places.polygons", "anlan_engine.city.pack", "html.parser",
    "_markupbase", "tomllib", "zoneinfo", "PIL.JpegImagePlugin", "PIL.PngImagePlugin",
    "PIL.WebPImagePlugin", "PIL.TiffImagePlugin", "PIL.Image", "PIL.ImageOps", "csv", "json",
)  # fmt: skip
SEED = 20261122
HANG_S = 10
MEMORY_LIMIT_MB = 2048
INPUT_LIMIT_BYTES = 16 * 1024

with atheris.instrument_imports(include=list(INSTRUMENTED), enable_loader_override=False):
    django.setup()
    from tests.fuzz.targets import TARGETS, attempt

structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), processors=[])  # thousands


def fuzz(name: str, asked: argparse.Namespace) -> int:
    """Fuzz one target in a process of its own; return that process's exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    corpus = Path(asked.corpus or tempfile.mkdtemp(prefix="anlan-corpus-")) / name
    seeds = Path(tempfile.mkdtemp(prefix="anlan-seeds-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(TARGETS[name].seeds()):
        (seeds / str(number)).write_bytes(content)
    Path(asked.keep).mkdir(parents=True, exist_ok=True)
    bound = f"-max_total_time={asked.seconds}" if asked.seconds else f"-runs={asked.executions}"
    options = [
        bound, f"-seed={SEED}", f"-timeout={HANG_S}", f"-rss_limit_mb={MEMORY_LIMIT_MB}",
        f"-max_len={INPUT_LIMIT_BYTES}", f"-artifact_prefix={asked.keep}/{name}-",
        "-print_final_stats=1", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus), str(seeds)], lambda d: attempt(name, d))
    atheris.Fuzz()
    os._exit(0)


def main(arguments: Sequence[str]) -> int:
    """Fuzz what was asked for; return how many targets found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, help="how long each may run")
    parser.add_argument(
        "--executions", type=int, default=2_000, help="how often, without --seconds"
    )
    parser.add_argument("--keep", default="test-results/fuzz", help="where findings are kept")
    parser.add_argument("--corpus", help="where interesting inputs are kept for a later run")
    asked = parser.parse_args(arguments)
    unknown = set(asked.names) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    broken = [name for name in asked.names or TARGETS if fuzz(name, asked)]
    sys.stdout.write(f"found: {', '.join(broken)}\n" if broken else "nothing found\n")
    return len(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
