"""``xlsuite schema``: the JSON contract as JSON Schema."""

from __future__ import annotations

import argparse
import json
from typing import Any

from xlsuite.cli import EXIT_CLEAN

NAMES = ("forms", "findings", "profile")
EXAMPLE = "例：xlsuite schema findings > findings.schema.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "name",
        nargs="?",
        choices=NAMES,
        metavar="名称",
        help="forms（show 的输出）、findings（check、audit 的输出）或 profile（口径文件）；不写则全部输出",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one schema, or all in one object."""
    document = _schema(arguments.name) if arguments.name else {name: _schema(name) for name in NAMES}
    print(json.dumps(document, ensure_ascii=False, indent=2))
    return EXIT_CLEAN


def _schema(name: str) -> dict[str, Any]:
    if name == "profile":
        from xlsuite.core.profile_schema import profile_schema

        return profile_schema()
    from xlsuite.core.contract import json_schema

    return json_schema(name)
