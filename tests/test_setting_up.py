"""The script `./anlan`: each step once, again only when its inputs change, never half."""

import sys
import threading
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "anlan"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, at work in an empty checkout."""
    loader = SourceFileLoader("anlan_script", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, loader.name, module)  # its dataclass looks itself up there
    loader.exec_module(module)
    places = {
        "ROOT": tmp_path,
        "BOOT": tmp_path / ".boot",
        "LOG": tmp_path / ".boot" / "log",
        "VENV": tmp_path / ".venv",
        "STAMPS": tmp_path / ".venv" / "stamps",
    }
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".boot").mkdir()
    return module


def step_of(
    script: ModuleType, made: list[str], make: Callable[[], None] | None = None
) -> ModuleType:
    """Return a step that turns `sources/` into `output`."""
    sources, output = script.ROOT / "sources", script.ROOT / "output"
    sources.mkdir(exist_ok=True)
    (sources / "first.txt").write_text("first")

    def note() -> None:
        made.append("made")
        output.touch()

    step: ModuleType = script.Step("step", "make it", [sources], output, make or note)
    return step


def test_a_step_is_done_once(script: ModuleType) -> None:
    made: list[str] = []
    step = step_of(script, made)
    script.set_up([step])
    script.set_up([step])
    assert made == ["made"]


def test_a_step_is_done_again_when_an_input_changes(script: ModuleType) -> None:
    made: list[str] = []
    step = step_of(script, made)
    changes: list[Callable[[], object]] = [
        lambda: (script.ROOT / "sources" / "first.txt").write_text("other"),
        lambda: (script.ROOT / "sources" / "second.txt").write_text("new"),
        lambda: (script.ROOT / "sources" / "second.txt").rename(script.ROOT / "sources" / "third"),
        lambda: (script.ROOT / "output").unlink(),
    ]
    script.set_up([step])
    for change in changes:
        change()
        script.set_up([step])
    assert len(made) == 1 + len(changes)


def test_what_is_made_from_the_sources_is_no_input(script: ModuleType) -> None:
    made: list[str] = []
    step = step_of(script, made)
    script.set_up([step])
    for folder in ("node_modules", "__pycache__"):
        (script.ROOT / "sources" / folder).mkdir()
        (script.ROOT / "sources" / folder / "file").write_text("generated")
    script.set_up([step])
    assert made == ["made"]


def test_a_failed_step_is_tried_again(script: ModuleType) -> None:
    made: list[str] = []

    def fail() -> None:
        made.append("tried")
        (script.ROOT / "output").touch()
        reason = "no network"
        raise script.SetupError(reason)

    step = step_of(script, made, fail)
    for _ in range(2):
        with pytest.raises(script.SetupError):
            script.set_up([step])
    assert made == ["tried", "tried"]


def test_of_two_set_ups_at_once_one_works_and_one_waits(script: ModuleType) -> None:
    made: list[str] = []
    inside, goes_on = threading.Event(), threading.Event()

    def make_slowly() -> None:
        made.append("made")
        inside.set()
        goes_on.wait()
        (script.ROOT / "output").touch()

    step = step_of(script, made, make_slowly)
    both = [threading.Thread(target=script.set_up, args=([step],)) for _ in range(2)]
    both[0].start()
    inside.wait()
    both[1].start()
    goes_on.set()
    for thread in both:
        thread.join()
    assert made == ["made"]


def test_a_failing_command_is_explained_by_the_end_of_its_output(script: ModuleType) -> None:
    print_much = "import sys; print(*range(100), sep='\\n'); print('the reason'); sys.exit(3)"
    with pytest.raises(script.SetupError) as caught:
        script.run(sys.executable, "-c", print_much)
    lines = str(caught.value).splitlines()
    assert lines[-2] == "the reason"
    assert lines[1] == "76"
    assert "\n0\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("no version", False),
    ],
)
def test_only_a_node_that_builds_the_console_is_taken(
    script: ModuleType, version: str, good: bool
) -> None:
    node = script.ROOT / "node"
    node.write_text(f"#!/bin/sh\necho {version}\n")
    node.chmod(0o755)
    assert script.new_enough(str(node)) is good
