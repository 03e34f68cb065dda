"""Old workbooks that are encrypted without anybody having chosen a password.

Protecting the structure of an .xls makes Excel encrypt the whole file with a password of its own, the same everywhere;
every program opens such a file without asking. [MS-OFFCRYPTO] 2.3.5 and 2.3.6, [MS-XLS] 2.2.10.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

from xlsuite.hosts import limits

PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_BLOCK = 1024
_PLAIN = frozenset({0x0809, 0x002F, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196})
"""Records whose body is never encrypted."""
_SHEET_PLACE = 0x0085
_RC4, _FIRST, _CRYPTO_API = 1, (1, 1), 2

KeyOf = Callable[[int], bytes]
"""The key of a block of the stream by its number."""


def opened(stream: bytes, file_pass: bytes, clock: limits.Clock) -> bytes | None:
    """The stream decrypted with the known password; None when it has a password of its own.

    ``file_pass`` is the body of the stream's FILEPASS record.
    """
    key_of = _key_of(file_pass)
    return None if key_of is None else _decrypted(stream, key_of, clock)


def _key_of(file_pass: bytes) -> KeyOf | None:
    """How the keys are made, when the known password passes the file's own test; else None."""
    try:
        kind, major, minor = struct.unpack_from("<3H", file_pass)
        if kind == _RC4 and (major, minor) == _FIRST:
            return _first_kind(file_pass[6:22], file_pass[22:54])
        if kind == _RC4 and minor == _CRYPTO_API:
            return _crypto_api(file_pass[6:])
    except struct.error:
        return None
    return None


def _first_kind(salt: bytes, test: bytes) -> KeyOf | None:
    start = hashlib.md5(PASSWORD, usedforsecurity=False).digest()[:5]
    middle = hashlib.md5((start + salt) * 16, usedforsecurity=False).digest()[:5]

    def key_of(block: int) -> bytes:
        return hashlib.md5(middle + struct.pack("<L", block), usedforsecurity=False).digest()

    plain = _mixed(test, _keystream(key_of(0), len(test)))
    passed = hashlib.md5(plain[:16], usedforsecurity=False).digest() == plain[16:32]
    return key_of if passed else None


def _crypto_api(body: bytes) -> KeyOf | None:
    (header_size,) = struct.unpack_from("<L", body, 4)
    (bits,) = struct.unpack_from("<L", body, 8 + 16)
    verifier = 8 + header_size
    salt, test = body[verifier + 4 : verifier + 20], body[verifier + 20 : verifier + 36]
    digest = body[verifier + 40 : verifier + 60]
    start = hashlib.sha1(salt + PASSWORD, usedforsecurity=False).digest()
    size = min(max((bits or 40) // 8, 5), 16)

    def key_of(block: int) -> bytes:
        key = hashlib.sha1(start + struct.pack("<L", block), usedforsecurity=False).digest()[:size]
        return key.ljust(16, b"\0") if size == 5 else key

    plain = _mixed(test + digest, _keystream(key_of(0), 36))
    passed = hashlib.sha1(plain[:16], usedforsecurity=False).digest() == plain[16:]
    return key_of if passed else None


def _decrypted(stream: bytes, key_of: KeyOf, clock: limits.Clock) -> bytes:
    """Bodies of records are encrypted, headers are not, but the key stream runs on over both."""
    keys = bytearray()
    for block in range(-(-len(stream) // _BLOCK)):
        keys += _keystream(key_of(block), _BLOCK)
        clock.check()
    out, at = bytearray(stream), 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        start = at + 4 + (4 if kind == _SHEET_PLACE else 0)
        at += 4 + length
        if kind not in _PLAIN:
            out[start:at] = _mixed(stream[start:at], keys[start:at])
    return bytes(out)


def _mixed(data: bytes, keys: bytes | bytearray) -> bytes:
    size = min(len(data), len(keys))
    mixed = int.from_bytes(data[:size], "little") ^ int.from_bytes(keys[:size], "little")
    return mixed.to_bytes(size, "little")


def _keystream(key: bytes, count: int) -> bytes:
    """The first bytes of RC4's key stream."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray(count)
    i = j = 0
    for at in range(count):
        i = (i + 1) & 255
        first = state[i]
        j = (j + first) & 255
        second = state[j]
        state[i], state[j] = second, first
        out[at] = state[(first + second) & 255]
    return bytes(out)
