"""Maintenance of the repository itself: ``python -m xlsuite.dev workbooks``."""

from __future__ import annotations

import sys
from pathlib import Path

from xlsuite.app.new import build_shipped

ROOT = Path(__file__).parent.parent


def main(task: str) -> int:
    """Run one maintenance task and print what it made."""
    if task == "workbooks":
        for path in build_shipped(ROOT / "workbooks", ROOT / "workbooks" / "sources"):
            print(path.relative_to(ROOT))
        return 0
    print(f"unknown task: {task}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
