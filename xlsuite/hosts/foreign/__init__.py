"""Workbooks that are no .xlsx package: old Excel and WPS, binary and OpenDocument workbooks, and what systems export
as "Excel": web pages, XML 2003, archived web pages, and plain separated text."""

from __future__ import annotations

from xlsuite.core.errors import ProtectedFile, UnreadableFile
from xlsuite.forms.grid import Book
from xlsuite.hosts import limits
from xlsuite.hosts.foreign import sniff
from xlsuite.hosts.package.container import Container

_BARE_STREAMS = (
    *(b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"),
    *(b"\x09\x08\x04\x00", b"\x09\x08\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00"),
)
"""First records of old workbooks without a container around them, as many small export scripts write."""
_PASSWORD = "文件带有打开密码，无法读取，请先用 Excel 或 WPS 打开并取消密码、保存后再试。"


def read_other_package(container: Container, part: str, label: str, clock: limits.Clock) -> Book:
    """A zip package that is no .xlsx: .xlsb, .ods, or not a workbook at all."""
    if part.endswith(".bin") and part in container:
        from xlsuite.hosts.package.binary import read_binary_package

        return read_binary_package(container, part, label, clock)
    if "content.xml" in container:
        kind = container.read("mimetype").decode("ascii", "replace") if "mimetype" in container else ""
        if "spreadsheet" in kind or not kind:
            from xlsuite.hosts.foreign.opendocument import read_opendocument

            return read_opendocument(container, label, clock)
        raise sniff.no_workbook("OpenDocument 文档（不是表格）")
    what = sniff.zip_kind(container.members)
    if what == "压缩包" and "[Content_Types].xml" in container:
        raise UnreadableFile("文件里缺少工作簿的主部件，可能已损坏或没有传完整，请重新获取后再试。")
    raise sniff.no_workbook(what)


def read_foreign(data: bytes, label: str, clock: limits.Clock) -> Book:
    """A file that is no zip package."""
    from xlsuite.hosts.foreign.compound import SIGNATURE

    if data[:8] == SIGNATURE:
        return _read_compound(data, label, clock)
    if data[:4] == b"PK\5\6":
        raise sniff.no_workbook("空的压缩包")
    if data[:4] in _BARE_STREAMS:
        from xlsuite.hosts.foreign.biff import read_biff

        return read_biff(data, label, clock)
    sniff.refuse_known(data)
    from xlsuite.hosts.foreign.textual import read_textual

    return read_textual(data, label, clock)


def _read_compound(data: bytes, label: str, clock: limits.Clock) -> Book:
    from xlsuite.hosts.foreign.compound import CompoundFile

    file = CompoundFile(data)
    if "EncryptedPackage" in file:
        raise ProtectedFile(_PASSWORD)
    for name in ("Workbook", "Book"):
        if name in file:
            from xlsuite.hosts.foreign.biff import read_biff

            return read_biff(file.read(name), label, clock)
    for name, what in (
        ("WordDocument", "Word 文档（.doc 或 .wps）"),
        ("PowerPoint Document", "PowerPoint 演示文稿"),
        ("Current User", "PowerPoint 演示文稿"),
        ("VisioDocument", "Visio 图"),
        ("__properties_version1.0", "Outlook 邮件"),
    ):
        if name in file:
            raise sniff.no_workbook(what)
    raise sniff.no_workbook("其他 Office 文件")
