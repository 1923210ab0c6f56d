"""Lists the licence of every installed package, and fails where one would bind the city: GPL, AGPL, or none stated."""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions

# Binding, if combined. LGPL and MPL bind only changes to the package itself, which we do not make.
BINDING = ("GPL", "GENERAL PUBLIC LICENSE", "SSPL", "BUSL")
LESSER = ("LGPL", "LESSER")


def licence_of(package: Distribution) -> str:
    """What the metadata say: the SPDX expression, else the classifiers, else the first line of the free text."""
    said = package.metadata
    if said["License-Expression"]:
        return str(said["License-Expression"])
    classified = [
        line.rsplit(" :: ", 1)[-1] for line in said.get_all("Classifier") or () if line.startswith("License ::")
    ]
    if classified:
        return " AND ".join(classified)
    return str(said["License"] or "").strip().partition("\n")[0]


def binds(licence: str) -> bool:
    """True where one of the alternatives cannot be avoided; an `OR` leaves the choice."""
    return all(
        any(word in choice and not any(lesser in choice for lesser in LESSER) for word in BINDING)
        for choice in licence.upper().split(" OR ")
    )


def main() -> int:
    """Prints the table; 1 where a licence binds or is missing."""
    found = sorted({(package.metadata["Name"], package.version, licence_of(package)) for package in distributions()})
    bad = [name for name, _, licence in found if name != "tracker" and (not licence or binds(licence))]
    for name, version, licence in found:
        print(f"{name:28} {version:16} {licence or 'NOT STATED'}{'   <== look here' if name in bad else ''}")
    print(f"{len(found)} packages, {len(bad)} to look at")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
