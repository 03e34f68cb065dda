"""The theme part: its East-Asian fonts are ours, so that nothing falls back to a Japanese default."""

from __future__ import annotations

from xlsuite.report.build.layout import BODY, LATIN, TITLE
from xlsuite.report.build.xml import HEAD

_COLOURS = {
    "dk1": '<a:sysClr val="windowText" lastClr="000000"/>',
    "lt1": '<a:sysClr val="window" lastClr="FFFFFF"/>',
    **{
        name: f'<a:srgbClr val="{value}"/>'
        for name, value in (
            ("dk2", "44546A"), ("lt2", "E7E6E6"), ("accent1", "4472C4"), ("accent2", "ED7D31"), ("accent3", "A5A5A5"),
            ("accent4", "FFC000"), ("accent5", "5B9BD5"), ("accent6", "70AD47"), ("hlink", "0563C1"), ("folHlink", "954F72"),
        )
    },
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml() -> str:
    """The part word/theme/theme1.xml."""
    colours = "".join(f"<a:{name}>{value}</a:{name}>" for name, value in _COLOURS.items())
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{LATIN}"/><a:ea typeface="{font}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{font}"/></a:{kind}>'
        for kind, font in (("majorFont", TITLE), ("minorFont", BODY))
    )
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="公文"><a:themeElements>'
        f'<a:clrScheme name="公文">{colours}</a:clrScheme><a:fontScheme name="公文">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="公文"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
