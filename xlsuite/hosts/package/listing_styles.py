"""The cell formats of the sheet 校验结果."""

from __future__ import annotations

from dataclasses import dataclass

from xlsuite.core.finding import Severity
from xlsuite.hosts.package.look import fill_markup, solid_fill
from xlsuite.hosts.package.styles_patch import StylesPatch

_FACE = '<name val="宋体"/><charset val="134"/>'
_LINE = '<{0} style="thin"><color rgb="FFB7B7B7"/></{0}>'
_DARK = "1F4E79"


@dataclass(frozen=True, slots=True)
class ListingStyles:
    """Style numbers by role."""

    title: str
    text: str
    hidden: str
    heading: str
    plain: str
    body: str
    link: str
    entry: str
    severity: dict[Severity, str]


def listing_styles(styles: StylesPatch) -> ListingStyles:
    """Append the formats to a styles part."""
    normal = styles.add("fonts", f'<font><sz val="11"/>{_FACE}</font>')
    bold = styles.add("fonts", f'<font><b/><sz val="11"/>{_FACE}</font>')
    large = styles.add("fonts", f'<font><b/><sz val="16"/>{_FACE}</font>')
    white = styles.add("fonts", f'<font><b/><sz val="11"/><color rgb="FFFFFFFF"/>{_FACE}</font>')
    blue = styles.add("fonts", f'<font><u/><sz val="11"/><color rgb="FF0563C1"/>{_FACE}</font>')
    sides = "".join(_LINE.format(side) for side in ("left", "right", "top", "bottom"))
    border = styles.add("borders", f"<border>{sides}<diagonal/></border>")
    dark = styles.add("fills", solid_fill(_DARK))

    def made(font: int, fill: int, edge: int, alignment: str, *, locked: bool = True) -> str:
        return styles.new_format(_format((font, fill, edge), alignment, locked=locked))

    centre = 'horizontal="center" vertical="center" wrapText="1"'
    wrapped = 'horizontal="left" vertical="center" wrapText="1"'
    return ListingStyles(
        title=made(large, 0, 0, 'horizontal="center" vertical="center"'),
        text=made(normal, 0, 0, wrapped),
        hidden=made(normal, 0, 0, 'vertical="center"'),
        heading=made(white, dark, border, centre),
        plain=made(normal, 0, border, centre),
        body=made(normal, 0, border, wrapped),
        link=made(blue, 0, border, centre),
        entry=made(normal, 0, border, wrapped, locked=False),
        severity={level: made(bold, styles.add("fills", fill_markup(level)), border, centre) for level in Severity},
    )


def _format(parts: tuple[int, int, int], alignment: str, *, locked: bool) -> str:
    """A cell format of a font, a fill and a border."""
    font, fill, edge = parts
    switches = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"'
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{edge}" xfId="0" {switches}>'
        f'<alignment {alignment}/><protection locked="{int(locked)}"/></xf>'
    )
