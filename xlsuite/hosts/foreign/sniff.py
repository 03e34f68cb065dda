"""What a file is, told from its first bytes, for the sentence a clerk gets when it is no workbook."""

from __future__ import annotations

from collections.abc import Iterable

from xlsuite.core.errors import ProtectedFile, UnreadableFile

_CHOOSE = "请选择自评表的 Excel 工作簿（.xlsx、.xls、.et 等）。"

_MAGIC = (
    (b"%PDF", "PDF 文档"),
    (b"ID;P", "SYLK 数据交换文件（请用 Excel 或 WPS 打开后另存为 .xlsx）"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"II*\0", "图片（TIFF）"),
    (b"MM\0*", "图片（TIFF）"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
    (b"\0\1\0\0Standard", "Access 数据库"),
    (b"ITSF", "帮助文档（CHM）"),
    (b"ID3", "音频文件"),
    (b"RIFF", "音视频文件"),
    (b"\0\0\0\x18ftyp", "视频文件"),
    (b"\0\0\0\x20ftyp", "视频文件"),
)
_CLOAKED = (
    (b"%TSD-Header", "天锐绿盾等加密软件"),
    (b"E-SafeNet", "亿赛通等加密软件"),
    (b"<DRMENCRYPT", "文档加密软件"),
)


def no_workbook(what: str) -> UnreadableFile:
    """The error for a file that is something else; ``what`` names it in Chinese."""
    gap = " " if what[0].isascii() else ""
    return UnreadableFile(f"这不是表格文件，而是{gap}{what}，" + _CHOOSE)


def refuse_known(data: bytes) -> None:
    """Raise the fitting error when the first bytes belong to a known kind of file that holds no sheet."""
    for mark, software in _CLOAKED:
        if mark in data[:64]:
            raise ProtectedFile(f"文件被{software}加密，只有在装有该软件的电脑上才能打开，请先解密后再试。")
    for mark, name in _MAGIC:
        if data.startswith(mark):
            raise no_workbook(name)
    if not data[:4096].strip(b"\0"):
        raise UnreadableFile("文件内容全是空字节，多半是复制或下载时损坏了，请重新获取后再试。")


def zip_kind(names: Iterable[str]) -> str:
    """What a zip package without a workbook is."""
    listed = [name.lower() for name in names]
    for prefix, what in (("word/", "Word 文档"), ("ppt/", "PowerPoint 演示文稿"), ("visio/", "Visio 图")):
        if any(name.startswith(prefix) for name in listed):
            return what
    if "ofd.xml" in listed:
        return "OFD 版式文件"
    if any(name.endswith(".iwa") or name == "index.zip" for name in listed):
        return "苹果 Numbers 或 Pages 文件（请在其中导出为 Excel 格式）"
    inside = [name for name in listed if name.endswith((".xlsx", ".xls", ".xlsm", ".et", ".csv", ".ods"))]
    if inside:
        return f"压缩包（里面有 {len(inside)} 个表格文件，请先解压）"
    return "压缩包"
