"""``xlsuite schema``: the JSON contract as JSON Schema."""

from __future__ import annotations

import argparse
import json

from xlsuite.cli import EXIT_CLEAN

EXAMPLE = "例：xlsuite schema findings > findings.schema.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "name",
        nargs="?",
        choices=("forms", "findings"),
        metavar="名称",
        help="forms（show 的输出）或 findings（check、audit 的输出）；不写则两者都输出",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one schema, or both in one object."""
    from xlsuite.core.contract import json_schema

    document = (
        json_schema(arguments.name) if arguments.name else {name: json_schema(name) for name in ("forms", "findings")}
    )
    print(json.dumps(document, ensure_ascii=False, indent=2))
    return EXIT_CLEAN
