"""Nothing is wrong with an output that was not wrong with its original, by two independent validators."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.hosts.rich_workbook import build
from tests.hosts.test_write_rich import EDITS, FINDINGS, MARKS
from tests.hosts.test_write_writers import WRITERS, edits, ref
from xlsuite.core.finding import ERROR, Finding, Mark
from xlsuite.hosts.package.marks import clear_marks, mark
from xlsuite.hosts.package.patch import apply_edits

INLINE_HINT = "Excel_InlineStrCells"


def outputs(source: Path, folder: Path, changes, marks, findings) -> list[Path]:
    """The file edited, marked, and both."""
    edited, marked, both, cleared = (
        folder / f"{name}{source.suffix}" for name in ("edited", "marked", "both", "cleared")
    )
    apply_edits(source, edited, changes, expected_sha256=None, recompute=False)
    mark(source, marked, marks, findings)
    mark(edited, both, marks, findings)
    apply_edits(marked, cleared, changes, expected_sha256=None, recompute=False)
    clear_marks(cleared, cleared, backup=False)
    return [edited, marked, both, cleared]


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[Path]]:
    """Originals with their outputs."""
    folder = tmp_path_factory.mktemp("valid")
    rich = build(folder / "rich.xlsm")
    made = {rich: outputs(rich, folder, EDITS, MARKS, FINDINGS)}
    for name in ("xlsxwriter", "openpyxl", "excelize"):
        own = folder / name
        own.mkdir()
        source = own / "a.xlsx"
        WRITERS[name](source)
        made[source] = outputs(
            source,
            own,
            edits(),
            [Mark(ref("C3"), ERROR, "x"), Mark(ref("B3"), ERROR, "y")],
            [Finding("A", ERROR, "x", (ref("C3"),))],
        )
    return made


def audit(path: Path) -> Counter[str]:
    """What openxml-audit says about a file, but for its hint that Excel will move inline texts on its next save."""
    from openxml_audit import OpenXmlValidator

    result = OpenXmlValidator().validate(str(path))
    return Counter(re.sub(r"\d+", "N", error.description) for error in result.errors if error.id != INLINE_HINT)


@pytest.mark.slow
def test_openxml_audit_finds_nothing_new(families):
    for source, files in families.items():
        before = audit(source)
        for path in files:
            assert not audit(path) - before, path


SCRIPT = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const { default: validate } = await import(pathToFileURL(process.argv[2]).href);
const results = {};
for (const path of process.argv.slice(3)) {
  const found = await validate(new Uint8Array(readFileSync(path)), "xlsx", "Microsoft365");
  results[path] = found.map((item) => item.description ?? JSON.stringify(item));
}
console.log("RESULT " + JSON.stringify(results));
"""


def sdk() -> Path | None:
    """Microsoft's Open XML SDK as a node package, in the folder that XLSUITE_OOXML_VALIDATE names."""
    folder = os.environ.get("XLSUITE_OOXML_VALIDATE", "")
    path = Path(folder) / "node_modules/@ooxml-tools/validate/dist/npm/index.js"
    return path if folder and path.exists() and shutil.which("node") else None


@pytest.mark.slow
@pytest.mark.skipif(sdk() is None, reason="XLSUITE_OOXML_VALIDATE names no folder with @ooxml-tools/validate")
def test_the_open_xml_sdk_finds_nothing_new(families, tmp_path):
    script = tmp_path / "validate.mjs"
    script.write_text(SCRIPT)
    everything = [str(path) for source, files in families.items() for path in (source, *files)]
    command = ["node", str(script), str(sdk()), *everything]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    line = next((line for line in run.stdout.splitlines() if line.startswith("RESULT ")), None)
    assert line, run.stderr[-2000:]
    found = json.loads(line.removeprefix("RESULT "))
    for source, files in families.items():
        before = Counter(found[str(source)])
        for path in files:
            assert not Counter(found[str(path)]) - before, path
