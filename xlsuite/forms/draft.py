"""A form while it is being read: the form itself, and what is settled only when the whole of it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, Form, FundRow, Ref, Remark, absent
from xlsuite.forms.columns import Columns
from xlsuite.forms.sheet import Row, Sheet
from xlsuite.forms.totals import Points


@dataclass(slots=True)
class Draft:
    """The form and its loose ends.

    ``evidence`` collects what speaks for a self-evaluation form; ``title_kind`` is the kind of name it bears.
    ``beside`` are fund rows given as labels with values, used when there is no funds table. ``percent`` says that the
    rate's heading carries a %; ``block_unit`` is the money unit of the funds block, ``stated_unit`` that of the sheet.
    ``noted`` is True while the lines of a note go on.
    """

    form: Form
    title_kind: str = ""
    subtitle: Cell[str] = field(default_factory=absent)
    evidence: set[str] = field(default_factory=set)
    columns: Columns | None = None
    total: Points | None = None
    beside: list[FundRow] = field(default_factory=list)
    execution_weight: Cell[Decimal] | None = None
    percent: bool = False
    block_unit: str = ""
    stated_unit: str = ""
    noted: bool = False
    texts: list[str] = field(default_factory=list)
    loose: list[tuple[Ref, str]] = field(default_factory=list)
    top: int = 0
    bottom: int = 0
    left: int = 1 << 20
    right: int = 0

    def take(self, rows: list[Row]) -> None:
        """Count rows into the form's range."""
        self.top = self.top or rows[0].number
        self.bottom = rows[-1].number
        self.left = min(self.left, min(row.items[0][0] for row in rows))
        self.right = max(self.right, max(row.items[-1][0] for row in rows))

    def remark(self, message: str, ref: Ref | None = None, text: str = "") -> None:
        """Tell something that was not understood, or not taken as printed."""
        self.form.remarks.append(Remark(message, ref, text))


def new_draft(sheet: Sheet) -> Draft:
    """A draft without any content."""
    return Draft(Form(sheet.name, ""))
