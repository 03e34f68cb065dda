"""Values of a template that are more than text: a picture, a running number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG to stand in the text. ``width`` and ``height`` in millimetres; ``description`` is its alternative text."""

    png: bytes
    width: float
    height: float
    description: str


class Counter:
    """Counts each time it is printed: 1, 2, 3, …"""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0

    def step(self) -> str:
        """The next number."""
        self.value += 1
        return str(self.value)
