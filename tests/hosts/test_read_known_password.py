"""Old workbooks encrypted with the password every program knows open without asking; others do not."""

from __future__ import annotations

import hashlib
import io
import struct
from typing import Any

import pytest

from tests.hosts.reading import compound, read, record
from tests.hosts.test_read_foreign import biff8
from xlsuite.core.errors import ProtectedFile
from xlsuite.hosts.foreign import known_password
from xlsuite.hosts.foreign.known_password import _keystream

SALT = bytes(range(16))
SECRET = bytes(range(100, 116))
PLAIN = {0x0809, 0x002F}


def test_key_stream() -> None:
    """The published test vector of RC4 for the key "Key" and the text "Plaintext"."""
    mixed = bytes(a ^ b for a, b in zip(b"Plaintext", _keystream(b"Key", 9), strict=True))
    assert mixed.hex().upper() == "BBF316E8D940AF0AD3"


def _mix(data: bytes, key: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(data, _keystream(key, len(data)), strict=True))


def _first_kind(password: str) -> tuple[bytes, Any]:
    start = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    middle = hashlib.md5((start + SALT) * 16).digest()[:5]

    def key_of(block: int) -> bytes:
        return hashlib.md5(middle + struct.pack("<L", block)).digest()

    test = _mix(SECRET + hashlib.md5(SECRET).digest(), key_of(0))
    return struct.pack("<3H", 1, 1, 1) + SALT + test, key_of


def _crypto_api(password: str, bits: int) -> tuple[bytes, Any]:
    start = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()

    def key_of(block: int) -> bytes:
        key = hashlib.sha1(start + struct.pack("<L", block)).digest()[: bits // 8]
        return key + bytes(11) if bits == 40 else key

    test = _mix(SECRET + hashlib.sha1(SECRET).digest(), key_of(0))
    provider = "Microsoft Base Cryptographic Provider v1.0\0".encode("utf-16-le")
    header = struct.pack("<8L", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + provider
    body = struct.pack("<5H", 1, 4, 2, 4, 0) + struct.pack("<L", len(header)) + header
    return body + struct.pack("<L", 16) + SALT + test[:16] + struct.pack("<L", 20) + test[16:], key_of


def _encrypted(file_pass: bytes, key_of: Any) -> bytes:
    plain = biff8()
    shift = len(record(0x002F, file_pass))
    plain = bytearray(plain[:20] + record(0x002F, file_pass) + plain[20:])
    at = 0
    while at < len(plain):
        kind, length = struct.unpack_from("<2H", plain, at)
        if kind == 0x0085:
            place = struct.unpack_from("<L", plain, at + 4)[0] + shift
            struct.pack_into("<L", plain, at + 4, place)
        at += 4 + length
    plain += bytes(-len(plain) % 512 + (4096 if len(plain) < 4096 else 0))
    keys = b"".join(_keystream(key_of(block), 1024) for block in range(len(plain) // 1024 + 1))
    out, at = bytearray(plain), 0
    while at + 4 <= len(plain):
        kind, length = struct.unpack_from("<2H", plain, at)
        for place in range(at + 4 + 4 * (kind == 0x0085), at + 4 + length):
            if kind not in PLAIN:
                out[place] ^= keys[place]
        at += 4 + length
    return compound({"Workbook": bytes(out)})


KINDS = {
    "first": lambda password: _first_kind(password),
    "40 bits": lambda password: _crypto_api(password, 40),
    "128 bits": lambda password: _crypto_api(password, 128),
}


@pytest.mark.parametrize("kind", KINDS)
def test_known_password(kind: str) -> None:
    data = _encrypted(*KINDS[kind]("VelvetSweatshop"))
    assert read(data).sheets == read(compound({"Workbook": biff8()})).sheets


@pytest.mark.parametrize("kind", KINDS)
def test_another_password(kind: str) -> None:
    with pytest.raises(ProtectedFile, match="带有打开密码或工作簿保护密码"):
        read(_encrypted(*KINDS[kind]("secret")))


@pytest.mark.parametrize("kind", KINDS)
def test_our_encrypted_samples_are_what_others_understand(kind: str) -> None:
    msoffcrypto: Any = pytest.importorskip("msoffcrypto")
    file = msoffcrypto.OfficeFile(io.BytesIO(_encrypted(*KINDS[kind]("VelvetSweatshop"))))
    file.load_key(password="VelvetSweatshop")  # raises when the password does not pass the test


@pytest.mark.parametrize("body", [b"", b"\0\0\1\2\3\4", b"\1\0\1\0\1\0", b"\1\0\4\0\2\0" + bytes(8), b"\7\0" * 40])
def test_other_kinds_are_protected(body: bytes) -> None:
    assert known_password._key_of(body) is None
