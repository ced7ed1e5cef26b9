"""Completes the bill of materials that cyclonedx-py makes of an environment: `python -m supply.sbom FOLDER WHEEL`.

FOLDER is the environment, with `installed.json` (cyclonedx-py's answer) and `report.json` (pip's) in it. To each package
come the digest of the file that was installed, which has to be one of the lock's, and its licence as one expression; to the
whole the wheel's own digest and what of others is inside it. Neither time nor chance is in it: the same locks and sources
give the same bytes. Needs cyclonedx-bom's environment, to hold what it writes against CycloneDX's schema.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from supply.installed import licence_of
from supply.locks import REQUIREMENTS, Pin, read_lock
from supply.materials import PACKAGE, Material, materials


def main() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    folder, wheel = map(Path, sys.argv[1:])
    bill = json.loads((folder / "installed.json").read_text(encoding="utf-8"))
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (site,) = folder.glob("lib/python*/site-packages")
    installed: dict[str, Distribution] = {canonicalize_name(d.name): d for d in distributions(path=[str(site)])}
    written = complete(bill, report, installed=installed, lock=read_lock(REQUIREMENTS / "run.txt"), wheel=wheel)
    text = json.dumps(written, indent=2, ensure_ascii=False, sort_keys=True)
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"not CycloneDX: {wrong!r}")
    print(text)


def complete(
    bill: dict[str, Any],
    report: dict[str, Any],
    *,
    installed: dict[str, Distribution],
    lock: dict[str, Pin],
    wheel: Path,
) -> dict[str, Any]:
    """The bill with digests, licences and the package's own parts. Raises ValueError where it and the lock differ."""
    digests = {
        canonicalize_name(item["metadata"]["name"]): item["download_info"]["archive_info"]["hashes"]["sha256"]
        for item in report["install"]
    }
    packages = {canonicalize_name(c["name"]): c for c in bill["components"]}
    for found in (packages, digests):
        if differing := found.keys() ^ lock.keys():
            raise ValueError(f"not what is locked: {', '.join(sorted(differing))}")
    for name, component in packages.items():
        if component["version"] != lock[name].version or digests[name] not in lock[name].digests:
            raise ValueError(f"another file of {name} than the lock's")
        component["hashes"] = _sha256(digests[name])
        component["licenses"] = _licence(licence_of(installed[name]) or _unknown(name))
    root = bill["metadata"]["component"]
    root["hashes"] = _sha256(hashlib.sha256(wheel.read_bytes()).hexdigest())
    root["purl"] = f"pkg:pypi/{root['name']}@{root['version']}"
    inside = [_component(material) for material in materials()]
    bill["components"] += inside
    for row in bill["dependencies"]:
        if row["ref"] == root["bom-ref"]:
            row["dependsOn"] = sorted([*row.get("dependsOn", ()), *(c["bom-ref"] for c in inside)])
    bill["dependencies"] += [{"ref": c["bom-ref"]} for c in inside]
    return bill


def _component(material: Material) -> dict[str, Any]:
    (path,) = material.files
    made: dict[str, Any] = {
        "bom-ref": f"inside:{material.name}",
        "type": material.kind,
        "name": material.name,
        "version": material.version,
        "description": f"{material.what} (onrecord/{path})",
        "supplier": {"name": material.holder},
        "licenses": _licence(material.licence),
        "hashes": _sha256(hashlib.sha256((PACKAGE / path).read_bytes()).hexdigest()),
        "properties": [{"name": "onrecord:source", "value": material.source}],
    }
    return made | ({"purl": material.purl} if material.purl else {})


def _sha256(digest: str) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest}]


def _licence(expression: str) -> list[dict[str, Any]]:
    return [{"expression": expression, "acknowledgement": "concluded"}]


def _unknown(name: str) -> str:
    raise ValueError(f"{name} does not say under which licence it is")


if __name__ == "__main__":
    main()
