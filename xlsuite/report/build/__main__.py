"""``python -m xlsuite.report.build [FOLDER]``: write every template; with ``--check`` only say which differ."""

from __future__ import annotations

import sys
from pathlib import Path

from xlsuite.report.build.package import package
from xlsuite.report.outlines import load_outline, outline_ids

DEFAULT = Path(__file__).parents[3] / "templates"


def main(arguments: list[str]) -> int:
    """Write or compare the templates; returns 1 when --check finds a difference."""
    check = "--check" in arguments
    folders = [argument for argument in arguments if not argument.startswith("--")]
    folder = Path(folders[0]) if folders else DEFAULT
    folder.mkdir(parents=True, exist_ok=True)
    different = 0
    for outline_id in outline_ids():
        data = package(load_outline(outline_id))
        target = folder / f"{outline_id}.docx"
        if not check:
            target.write_bytes(data)
        elif not target.is_file() or target.read_bytes() != data:
            different += 1
            sys.stderr.write(f"{target.name} 与提纲不一致，请重新生成。\n")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
