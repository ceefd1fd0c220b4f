"""Adds units at places drawn from a seed.

`python -m benchmarks.more_units COUNT`
"""

import sys

import django

django.setup()

from anlan.kernel.access import system_actor  # noqa: E402
from anlan.kernel.scope import scoped  # noqa: E402
from anlan.orgs.models import Organisation  # noqa: E402
from anlan.orgs.services.staff import add_unit  # noqa: E402
from anlan.places.city_pack import city  # noqa: E402
from benchmarks.places import drawn_places  # noqa: E402 - settings come first

ADDER = system_actor("benchmark", "unit.write")
KINDS = (("FIRE_ENGINE", ["FIRE_ENGINE"]), ("LADDER", ["LADDER"]), ("AMBULANCE", ["AMBULANCE"]))

if __name__ == "__main__":
    with scoped(ADDER):
        station = Organisation.objects.get(code="FIRE_EROTTAJA")
        for number, place in enumerate(drawn_places(city().graph, int(sys.argv[1]))):
            kind, capabilities = KINDS[number % len(KINDS)]
            add_unit(
                call_sign=f"B{number:04}",
                kind=kind,
                capabilities=capabilities,
                organisation=station,
                station=(float(place[0]), float(place[1])),
                actor=ADDER,
            )
