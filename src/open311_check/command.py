"""`open311-check URL`: examine a server and say, rule by rule, what was seen.

Exit codes: 0, nothing that is required is broken; 1, something is; 2, the command line is wrong;
3, the server could not be reached.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click
import httpx

from open311_check.examination import TIMEOUT_S, Examination, Given
from open311_check.outcomes import NotKeptError
from open311_check.rules import Finding
from open311_check.running import RULES, as_json, examine, failed, lines, summary

BROKEN, UNREACHABLE = 1, 3
AGENT = "open311-check/1 (GeoReport v2 conformance)"


@click.command(name="open311-check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("url", required=False)
@click.option("--jurisdiction", default="", metavar="ID", help="jurisdiction_id to ask for.")
@click.option("--key", default="", envvar="OPEN311_KEY", help="api_key for requests that are sent.")
@click.option("--write", is_flag=True, help="Send requests too: they are real.")
@click.option(
    "--place", nargs=2, type=float, metavar="LON LAT", help="A place in the city to send them for."
)
@click.option("--discovery", default="", metavar="URL", help="The discovery file, if elsewhere.")
@click.option("--bulk", default="", metavar="URL", help="A file of the bulk profile in CSV.")
@click.option(
    "--json", "report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write the report as JSON as well.",
)  # fmt: skip
@click.option("--verbose", is_flag=True, help="Show what was asked for every rule.")
@click.option("--rules", is_flag=True, help="List the rules and end.")
def open311_check(  # noqa: PLR0913 - one for each option
    url: str | None, jurisdiction: str, key: str, write: bool, place: tuple[float, float] | None,  # noqa: FBT001 - click passes by name
    discovery: str, bulk: str, report: Path | None, verbose: bool, rules: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Examine the GeoReport v2 server whose services.xml stands below URL."""
    if rules:
        for rule in RULES:
            click.echo(f"{rule.id:<9}{rule.level:<8}{rule.says} [{rule.section}]")
        return
    if not url:
        raise click.MissingParameter(param_type="argument", param_hint="URL")
    given = Given(url.rstrip("/"), jurisdiction, key, write, discovery, bulk, place)
    at = datetime.fromtimestamp(time.time(), UTC)
    with httpx.Client(
        timeout=TIMEOUT_S, follow_redirects=True, headers={"User-Agent": AGENT}
    ) as client:
        findings = _looked(Examination(given, client, at), at_length=verbose)
    click.echo(summary(findings))
    if report is not None:
        report.write_text(as_json(given.endpoint, at.isoformat(), findings), encoding="utf-8")
    sys.exit(BROKEN if failed(findings) else 0)


def _looked(seen: Examination, *, at_length: bool) -> list[Finding]:
    """Examine and print; leave with another code if there is no server."""
    try:
        seen.get("services")
    except NotKeptError as error:
        click.echo(f"open311-check: {error}", err=True)
        sys.exit(UNREACHABLE)
    findings = []
    for finding in examine(seen):
        findings.append(finding)
        for line in lines(finding, at_length=at_length):
            click.echo(line)
    return findings
