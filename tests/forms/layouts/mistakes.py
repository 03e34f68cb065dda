"""Known mistakes: what one is, which checks may name it and where, and the registry of ways to put them in.

Codes are the last two digits of the check in its family: ``SCO03`` stands for SCO-003 and its rule SCO103.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from .content import Content


@dataclass(frozen=True, slots=True)
class Defect:
    """A mistake: its kind, the checks that may name it, and the fields at any of which it may be reported.

    ``needs`` lists fields the layout must show for the mistake to be decidable: ``a|b`` one of two, ``!a`` its absence.
    ``*`` among the fields means that any place will do.
    """

    kind: str
    codes: tuple[str, ...]
    fields: tuple[str, ...]
    needs: tuple[str, ...] = ()
    hint: bool = False
    """Whether a mere hint will do: unusual rather than wrong."""


Injector = Callable[[Content, random.Random], Defect | None]
INJECTORS: dict[str, Injector] = {}
ARITHMETIC: set[str] = set()


def injector(kind: str, arithmetic: bool = False) -> Callable[[Injector], Injector]:
    """Register a way to go wrong; ``arithmetic`` ones can be proven from the numbers alone."""

    def register(function: Injector) -> Injector:
        INJECTORS[kind] = function
        if arithmetic:
            ARITHMETIC.add(kind)
        return function

    return register


def inject(kind: str) -> Injector:
    """The injector of a kind."""
    return INJECTORS[kind]


def decidable(defect: Defect, places: dict[str, tuple[str, str]]) -> bool:
    """Whether a layout shows everything the mistake needs."""
    return all(
        need[1:] not in places if need.startswith("!") else any(part in places for part in need.split("|"))
        for need in defect.needs
    )
