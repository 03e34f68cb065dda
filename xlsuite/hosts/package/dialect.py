"""Parts brought into the one spelling the scanners know: UTF-8, element names without prefix."""

from __future__ import annotations

import re

from xlsuite.hosts.package.container import damaged

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z_][A-Za-z0-9_.-]*):")


def utf8(data: bytes) -> bytes:
    """The part in UTF-8 without byte order mark, whatever encoding it declares."""
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _recoded(data, "utf-16")
    if data[:4] in (b"<\0?\0", b"\0<\0?"):
        return _recoded(data, "utf-16-le" if data[1] == 0 else "utf-16-be")
    declared = _ENCODING.match(data[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        name = declared[1].decode().lower()
        return _recoded(data, "gb18030" if name in ("gb2312", "gbk") else name)
    return data


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        return _DECLARATION.sub("", data.decode(encoding).lstrip("\ufeff"), count=1).encode()
    except (UnicodeError, LookupError) as error:
        raise damaged("文件内的文字编码不对") from error


def unprefixed(data: bytes) -> bytes:
    """A part whose root element has a prefix, without that prefix everywhere.

    Only tags can hold ``<`` once comments and CDATA are excluded, which the scanners do. Where the prefix is bound anew
    further down they see ``xmlns`` and leave the part to the event reader.
    """
    root = _ROOT.match(data)
    if root is None:
        return data
    return data.replace(b"<" + root[1] + b":", b"<").replace(b"</" + root[1] + b":", b"</")
