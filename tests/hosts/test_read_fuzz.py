"""Mutated files: the outcome is a book or a sentence, soon, and never a mistake of ours."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hosts.reading import compound, form_workbook, unzipped, zipped
from tests.hosts.test_read_foreign import OPEN_DOCUMENT, PAGE, XML_2003, biff8, binary_package
from xlsuite.core.errors import XlsuiteError
from xlsuite.forms.grid import Book
from xlsuite.hosts.base import read_book

SECONDS = 5
EXAMPLES = int(os.environ.get("XLSUITE_FUZZ_EXAMPLES", "400"))
"""A longer run: XLSUITE_FUZZ_EXAMPLES=20000 pytest tests/hosts/test_read_fuzz.py"""

budget = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

WHOLE: dict[str, Callable[[], bytes]] = {
    "package": form_workbook,
    "binary package": binary_package,
    "old workbook": lambda: compound({"Workbook": biff8()}),
    "page": lambda: PAGE.format(charset="utf-8").encode(),
    "XML 2003": lambda: XML_2003.format(encoding="UTF-8").encode(),
    "flat document": lambda: OPEN_DOCUMENT.format(root="office:document").encode(),
}
PARTS = (
    *("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"),
    *("xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/comments1.xml"),
)
PIECES = (
    *(b"<", b">", b"&", b'"', b"'", b"/", b"\0", b"\xff", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"&#x0;"),
    *(
        b"</c>",
        b"<c>",
        b'<c r="A1">',
        b"<v>",
        b"</v>",
        b"<f>",
        b"<is><t>",
        b"</sheetData>",
        b"<row/>",
        b't="s"',
        b't="b"',
    ),
    *(
        b"99999999999",
        b"-1",
        b"1e999",
        b"NaN",
        b"\xef\xbb\xbf",
        b"x:",
        b"xmlns:x='y'",
        b"A1:XFD1048576",
        b"<table>",
        b"_xD800_",
    ),
)


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes flipped, cut, doubled, or replaced by pieces that mean something to a parser."""
    out = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(out) - 1, 0)))
        kind = draw(st.sampled_from(("flip", "cut", "double", "insert", "replace", "drop")))
        size = draw(st.integers(1, 40))
        if kind == "flip" and out:
            out[at] ^= draw(st.integers(1, 255))
        elif kind == "cut":
            del out[at:]
        elif kind == "drop":
            del out[at : at + size]
        elif kind == "double":
            out[at:at] = out[at : at + size]
        else:
            piece = draw(st.sampled_from(PIECES))
            out[at : at + (len(piece) if kind == "replace" else 0)] = piece
    return bytes(out)


def outcome(data: bytes) -> Book | XlsuiteError:
    """What reading comes to. Anything unexpected inside fails the test, though a clerk would get a sentence."""
    started = time.process_time()
    result: Book | XlsuiteError
    try:
        result = read_book(data, "a.xlsx")
    except XlsuiteError as error:
        result = error
    if isinstance(result, XlsuiteError) and "意外" in str(result):
        raise AssertionError("a mistake of ours") from result.__cause__
    assert time.process_time() - started < SECONDS
    return result


@pytest.mark.parametrize("kind", WHOLE)
def test_whole_files(kind: str) -> None:
    original = WHOLE[kind]()

    @budget
    @given(mutated(original))
    def check(data: bytes) -> None:
        outcome(data)

    assert isinstance(outcome(original), Book)
    check()


@pytest.mark.parametrize("part", PARTS)
def test_parts_inside_a_sound_package(part: str) -> None:
    packed = unzipped(form_workbook())

    @budget
    @given(mutated(packed[part]))
    def check(content: bytes) -> None:
        outcome(zipped(packed | {part: content}, zipfile.ZIP_STORED))

    check()


def test_streams_inside_a_sound_compound_file() -> None:
    @budget
    @given(mutated(biff8()))
    def check(stream: bytes) -> None:
        outcome(compound({"Workbook": stream[:40_000]}))

    check()


def test_parts_inside_a_sound_binary_package() -> None:
    packed = unzipped(binary_package())

    @budget
    @given(st.sampled_from([name for name in packed if name.endswith(".bin")]), st.data())
    def check(name: str, data: st.DataObject) -> None:
        outcome(zipped(packed | {name: data.draw(mutated(packed[name]))}, zipfile.ZIP_STORED))

    check()


@budget
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    outcome(data or b" ")


@budget
@given(st.text(max_size=300), st.sampled_from(("utf-8", "utf-16", "gb18030")))
def test_any_text(text: str, encoding: str) -> None:
    outcome(text.encode(encoding, "replace") or b" ")


def test_every_cut_of_a_package() -> None:
    """A file that was not copied to its end is told as such at every length."""
    data = form_workbook()
    for size in range(4, len(data) - 1, 97):
        assert isinstance(outcome(data[:size]), XlsuiteError)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
