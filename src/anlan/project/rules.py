"""Every folder of rules that the rooms read: `anlan check rules` looks at all of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from anlan.casework.catalogue import lint as catalogue_lint
from anlan.casework.catalogue.texts import CATALOGUE, CLOCK_CLASSES, DEPARTMENTS
from anlan.casework.duplicate_rules import CASE_DUPLICATES
from anlan.casework.evaluation.rules import EVALUATIONS
from anlan.casework.glass_rules import BROKEN_GLASS
from anlan.casework.routing.tables import ROUTING_TABLES
from anlan.casework.service_clock.rules import SERVICE_CALENDARS, SERVICE_CLOCKS
from anlan.dispatch.agencies.routing_rules import FILES as AGENCY_ROUTING
from anlan.dispatch.choice_rules import CHOICE_RULES
from anlan.dispatch.clock_rules import CLOCK_RULES
from anlan.dispatch.desk_policy import DESK_POLICY
from anlan.dispatch.escalation_rules import ESCALATION
from anlan.dispatch.run_cards import RUN_CARDS, findings
from anlan.exchange.eido_types import EIDO_TYPES
from anlan.flows.duplicate_rules import DUPLICATE_RULES
from anlan.intake.call_backs import call_backs
from anlan.intake.kinds import kinds
from anlan.intake.protocols import protocols
from anlan.kernel.policies import FOLDER as POLICY_FOLDER
from anlan.kernel.policies import POLICIES
from anlan.kernel.retention import RETENTION
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.text_files import data_folder, read_toml
from anlan.orgs.identity.demands import SIGN_IN_DEMANDS
from anlan.places.models import SITE_KINDS
from anlan.project.rule_links import Known, known_in, routing_findings, unknown_names

RULE_FOLDERS: tuple[RuleFolder[Any], ...] = (
    CLOCK_RULES,
    SERVICE_CALENDARS,
    SERVICE_CLOCKS,
    DESK_POLICY,
    ESCALATION,
    DUPLICATE_RULES,
    CASE_DUPLICATES,
    protocols,
    call_backs,
    RUN_CARDS,
    CHOICE_RULES,
    EIDO_TYPES,
    AGENCY_ROUTING,
    CATALOGUE,
    CLOCK_CLASSES,
    DEPARTMENTS,
    ROUTING_TABLES,
    EVALUATIONS,
    RETENTION,
    SIGN_IN_DEMANDS,
    BROKEN_GLASS,
)


def run_card_findings(day: date) -> Iterator[str]:
    """Yield what is wrong with the run cards, for the kinds and units of the texts, from a day."""
    demonstration = read_toml(data_folder() / "organisations" / "helsinki.toml")
    yield from findings(
        [kind.code for kind in kinds().values() if kind.needs_unit],
        [unit["capabilities"] for unit in demonstration["units"]],
        day,
    )


def known_of_texts() -> Known:
    """Return what the texts of the city hold: kinds, capabilities, units, sites, agencies."""
    return known_in(
        read_toml(data_folder() / "organisations" / "helsinki.toml"),
        read_toml(data_folder() / "kinds.toml"),
        SITE_KINDS,
    )


def link_findings(day: date) -> Iterator[str]:
    """Yield what rules name that is not there, and what is wrong with the routing to agencies."""
    known = known_of_texts()
    yield from unknown_names(known, day)
    yield from routing_findings(known, day)


def catalogue_findings(day: date) -> Iterator[str]:
    """Yield what is wrong with the catalogue from a day on, for the kinds of report."""
    wanted = {kind.item_code for kind in kinds().values() if kind.item_code}
    yield from catalogue_lint.findings(day, wanted)


def policy_findings() -> Iterator[str]:
    """Yield the cases of `cases.toml` that the policies in force answer otherwise."""
    held = POLICIES.in_force()
    for case in read_toml(data_folder() / POLICY_FOLDER / "cases.toml")["case"]:
        asks, purpose = case.get("asks"), case.get("purpose", "")
        named = asks or f"{case['field']} for {purpose or 'no purpose'}"
        may = {
            role
            for role in held.names["Role"]
            if (asks or case["field"])
            in (held.permissions(role) if asks else held.fields(role, purpose))
        }
        if may != set(case["roles"]):
            yield f"policies: {named}: {sorted(may)}, not {sorted(case['roles'])}"
