"""Fail when the line coverage of the pure packages falls below the gate."""

from __future__ import annotations

import json
import sys
from pathlib import Path

PACKAGES = ("core", "forms", "scoring", "rules", "prose")
GATE = 95.0


def main(report: str) -> int:
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    failed = False
    for package in PACKAGES:
        chosen = [entry["summary"] for name, entry in files.items() if f"xlsuite/{package}/" in name.replace("\\", "/")]
        lines = sum(entry["num_statements"] for entry in chosen)
        covered = sum(entry["covered_lines"] for entry in chosen)
        share = 100.0 * covered / lines if lines else 0.0
        print(f"coverage of {package}: {share:.1f}% (gate {GATE:.0f}%)")
        failed |= share < GATE
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
