"""Varied self-evaluation workbooks in the style of published forms, each with its truth.

``compose`` makes the content (what is said), ``FAMILIES`` render it (how a region prints it), ``writers`` save it in
the formats people send, ``defects`` put known mistakes in. None of it uses the product, so agreement means something.
"""

from . import (
    families_city,
    families_company,
    families_national,
    families_odd,
    families_other,
    families_platform,
    families_regional,
    families_wording,
)
from .family import FAMILIES, Family, make

__all__ = [
    "FAMILIES",
    "Family",
    "families_city",
    "families_company",
    "families_national",
    "families_odd",
    "families_other",
    "families_platform",
    "families_regional",
    "families_wording",
    "make",
]
