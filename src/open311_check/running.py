"""Every rule in turn, and the report of what came of them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from open311_check import (
    rules_of_discovery,
    rules_of_encoding,
    rules_of_errors,
    rules_of_extensions,
    rules_of_filters,
    rules_of_requests,
    rules_of_services,
    rules_of_submitting,
)
from open311_check.examination import Examination
from open311_check.outcomes import Level, NotApplicableError, NotKeptError, SkippedError, Verdict
from open311_check.rules import Finding, Rule

RULES: tuple[Rule, ...] = (
    *rules_of_encoding.RULES,
    *rules_of_discovery.RULES,
    *(rule for rules in rules_of_services.RULES for rule in rules),
    *(rule for rules in rules_of_requests.RULES for rule in rules),
    *rules_of_filters.RULES,
    *(rule for rules in rules_of_errors.RULES for rule in rules),
    *(rule for rules in rules_of_submitting.RULES for rule in rules),
    *(rule for rules in rules_of_extensions.RULES for rule in rules),
)
VERDICTS = {
    NotKeptError: Verdict.FAILED,
    NotApplicableError: Verdict.NOT_APPLICABLE,
    SkippedError: Verdict.SKIPPED,
}


def examine(seen: Examination, rules: Iterable[Rule] = RULES) -> Iterator[Finding]:
    """Look at each rule and yield what came of it."""
    for rule in rules:
        seen.asked.clear()
        try:
            rule.check(seen)
        except tuple(VERDICTS) as ended:
            verdict, words = VERDICTS[type(ended)], str(ended)
        else:
            verdict, words = Verdict.PASSED, ""
        yield Finding(rule, verdict, words, tuple(seen.asked))


def failed(findings: Iterable[Finding]) -> bool:
    """Return whether a rule is broken that the specification requires."""
    return any(one.verdict == Verdict.FAILED and one.rule.level == Level.MUST for one in findings)


def lines(finding: Finding, *, at_length: bool) -> Iterator[str]:
    """Yield a finding as lines for a person; evidence where a rule is broken or all is wanted."""
    rule = finding.rule
    advised = " (advised)" if rule.level == Level.SHOULD else ""
    yield f"{finding.verdict.upper():<15}{rule.id:<9}{rule.says}{advised}"
    yield f"{'':<24}{rule.section}"
    if finding.seen:
        yield f"{'':<24}→ {finding.seen}"
    if at_length or finding.verdict == Verdict.FAILED:
        for one in finding.asked:
            yield f"{'':<24}  {one}"


def summary(findings: Iterable[Finding]) -> str:
    """Return how many rules came to which verdict."""
    counted = Counter(finding.verdict for finding in findings)
    parts = [f"{counted[verdict]} {verdict}" for verdict in Verdict if counted[verdict]]
    return f"{sum(counted.values())} rules: {', '.join(parts)}"


def as_json(endpoint: str, at: str, findings: Iterable[Finding]) -> str:
    """Return the report as JSON: each rule with its verdict and evidence."""
    rows = [
        {
            "id": one.rule.id,
            "section": one.rule.section,
            "says": one.rule.says,
            "level": one.rule.level,
            "verdict": one.verdict,
            "seen": one.seen,
            "asked": list(one.asked),
        }
        for one in findings
    ]
    report = {"endpoint": endpoint, "examined_at": at, "rules": rows}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
