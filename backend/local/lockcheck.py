"""Lock files: everything pinned with a hash, and no registry address in them."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def faults_of_python(file: Path) -> list[str]:
    """What is wrong in a hashed requirements file."""
    text = file.read_text(encoding="utf-8")
    faults = [f"{file.name}: holds an address: {found}" for found in re.findall(r"https?://\S+", text)]
    entries = re.split(r"\n(?=[a-z0-9])", text)
    pinned = [entry for entry in entries if re.match(r"[A-Za-z0-9]", entry)]
    faults += [f"{file.name}: no hash: {entry.split()[0]}" for entry in pinned if "--hash=sha256:" not in entry]
    return faults


def faults_of_node(file: Path) -> list[str]:
    """What is wrong in package-lock.json."""
    packages = json.loads(file.read_text(encoding="utf-8"))["packages"]
    faults = [f"package-lock.json: holds an address: {name}" for name, entry in packages.items() if "resolved" in entry]
    unhashed = [name for name, entry in packages.items() if name and "integrity" not in entry and not entry.get("link")]
    return faults + [f"package-lock.json: no hash: {name}" for name in unhashed]


def main() -> int:
    """Print every fault; the exit code says whether there was one."""
    faults = [fault for file in sorted(ROOT.glob("requirements*.txt")) for fault in faults_of_python(file)]
    faults += faults_of_node(ROOT / "package-lock.json")
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
