"""Comparing what people typed: width, blanks and invisible characters never matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
_PLACEHOLDER = re.compile(r"^(?:[-—–―─━ー_/\\|*.·…~〜。、]*|\(?空白?\)?)$")


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Text for comparison: NFKC (full-width becomes half-width), every blank and invisible character removed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def is_placeholder(text: str) -> bool:
    """Whether an entry says nothing: empty, 空, or only marks such as — / … *."""
    return not text or bool(_PLACEHOLDER.match(squeeze(text)))
