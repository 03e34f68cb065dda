"""Rewriting the zip file: every untouched member keeps its bytes, and what cannot be kept is refused."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.hosts.packaging import SHEET_PART, minimal, sheet, zipped
from xlsuite.core.errors import ProtectedFile, UnreadableFile, UnsafeWrite, XlsuiteError
from xlsuite.hosts.package.archive import Changes, Stored, open_for_writing, rewritten, stored, verify
from xlsuite.hosts.package.container import Container

PARTS = minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))


def with_descriptors(parts: dict[str, bytes]) -> bytes:
    """As streaming writers make it: sizes follow the data."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece) -> int:
            self.data += piece
            return len(piece)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return bytes(stream.data)


def with_extras(parts: dict[str, bytes]) -> bytes:
    """Extra fields, comments, stored members and attributes, as various tools add them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.comment = "说明".encode()
        for number, (name, content) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (1999, 12, 31, 23, 59, 58))
            info.extra = struct.pack("<2H4s", 0x5455, 4, b"abcd")
            info.comment = b"member"
            info.external_attr = 0o644 << 16
            package.writestr(info, content, zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def shuffled(parts: dict[str, bytes]) -> bytes:
    """A central directory in another order than the members lie in."""
    data = zipped(parts)
    container = Container(data)
    entries = [data[m.entry : m.entry_stop] for m in container.members.values()][::-1]
    return data[: container.directory.start] + b"".join(entries) + data[container.directory.stop :]


KINDS = {
    "plain": zipped(PARTS),
    "stored": zipped(PARTS, method=zipfile.ZIP_STORED),
    "descriptors": with_descriptors(PARTS),
    "extras": with_extras(PARTS),
    "shuffled": shuffled(PARTS),
    "trailing": zipped(PARTS) + b"left behind by a mail program",
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS.keys())
def test_no_change_gives_the_same_bytes(data):
    assert rewritten(open_for_writing(data), Changes()) == data


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS.keys())
def test_one_replaced_part_leaves_all_other_records_alone(data):
    container = open_for_writing(data)
    changes = Changes(replaced={SHEET_PART: b"<new/>" * 50})
    output = rewritten(container, changes)
    verify(container, output, changes)
    after = Container(output)
    assert after.read(SHEET_PART) == b"<new/>" * 50
    assert list(after.members) == list(container.members)
    for name, member in container.members.items():
        if name != SHEET_PART:
            assert after.record(after.members[name]) == container.record(member)
            old, new = (
                data[member.entry : member.entry_stop],
                output[after.members[name].entry : after.members[name].entry_stop],
            )
            assert old[:42] + old[46:] == new[:42] + new[46:]
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert package.testzip() is None


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS.keys())
def test_adding_replacing_and_putting_back_gives_the_same_bytes(data):
    container = open_for_writing(data)
    former = {SHEET_PART: stored(container, container.members[SHEET_PART])}
    marked = rewritten(
        container, Changes(replaced={SHEET_PART: b"<x/>"}, added={"新部件.xml": b"<y/>", "a/b.bin": b"\0"})
    )
    assert Container(marked).read("新部件.xml") == b"<y/>"
    back = rewritten(open_for_writing(marked), Changes(dropped={"新部件.xml", "a/b.bin"}, restored=former))
    assert back == data


def test_time_stamp_and_extra_fields_of_a_replaced_part_stay():
    data = with_extras(PARTS)
    output = rewritten(open_for_writing(data), Changes(replaced={SHEET_PART: b"<x/>"}))
    with zipfile.ZipFile(io.BytesIO(data)) as a, zipfile.ZipFile(io.BytesIO(output)) as b:
        old, new = a.getinfo(SHEET_PART), b.getinfo(SHEET_PART)
        kept = ("date_time", "extra", "comment", "external_attr", "compress_type", "create_system")
        assert {key: getattr(old, key) for key in kept} == {key: getattr(new, key) for key in kept}
        assert a.comment == b.comment


def test_large_file_sizes_of_a_replaced_part_go_with_its_old_content():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in PARTS.items():
            with package.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(content)
    container = open_for_writing(stream.getvalue())
    output = rewritten(container, Changes(replaced={SHEET_PART: b"<x/>"}))
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert package.read(SHEET_PART) == b"<x/>"
        assert package.testzip() is None


def test_verification_notices_a_wrong_result():
    container = open_for_writing(KINDS["plain"])
    wrong = rewritten(container, Changes(replaced={SHEET_PART: b"<x/>", "xl/styles.xml": b"<oops/>"}))
    with pytest.raises(UnsafeWrite):
        verify(container, wrong, Changes(replaced={SHEET_PART: b"<x/>"}))
    with pytest.raises(UnsafeWrite, match="自检没有通过"):
        verify(container, wrong, Changes(replaced={SHEET_PART: b"<y/>", "xl/styles.xml": b"<oops/>"}))


def encrypted_flag() -> bytes:
    data = bytearray(zipped(PARTS))
    container = Container(bytes(data))
    member = container.members[SHEET_PART]
    for at in (member.header + 6, member.entry + 8):
        data[at] |= 1
    return bytes(data)


def zip64_end() -> bytes:
    data = zipped(PARTS)
    container = Container(data)
    at, size = container.directory.stop, container.directory.stop - container.directory.start
    count = len(container.members)
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, container.directory.start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    return (
        data[:at] + end + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    )


REFUSED = {
    "encrypted workbook or .xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ProtectedFile),
    "encrypted member": (encrypted_flag(), ProtectedFile),
    "signed": (zipped(PARTS | {"_xmlsignatures/sig1.xml": b"<Signature/>"}), ProtectedFile),
    "zip64": (zip64_end(), UnsafeWrite),
    "cut short": (zipped(PARTS)[:-40], UnreadableFile),
    "not a zip": (b"name,score\n1,2\n", UnreadableFile),
    "empty": (b"", UnreadableFile),
    "gap before the end": (zipped(PARTS).replace(b"PK\5\6", b"....PK\5\6"), UnsafeWrite),
}


@pytest.mark.parametrize(("data", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_unsafe_packages_are_refused_with_one_chinese_sentence(data, error):
    with pytest.raises(XlsuiteError) as caught:
        open_for_writing(data)
    assert isinstance(caught.value, error)
    message = str(caught.value)
    assert message.endswith("。")
    assert message.count("。") == 1
    assert any("\u4e00" <= char <= "\u9fff" for char in message)


def test_two_members_of_one_name_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a.xml", b"<a/>")
    with pytest.raises(XlsuiteError):
        open_for_writing(stream.getvalue())


def test_a_stored_member_can_be_compared():
    container = open_for_writing(KINDS["plain"])
    member = container.members[SHEET_PART]
    assert stored(container, member) == Stored(
        container.record(member), container.data[member.entry : member.entry_stop]
    )
