"""Where templates come from: those that ship, and a user's own .docx by path or beside the workbook."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from xlsuite.core.errors import TemplateError, UsageError
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.report.archive import DocxArchive
from xlsuite.report.build.layout import LINE
from xlsuite.report.outlines import outline_ids

OUTLINE = "report.outline"
LINE_SPACING = "report.line_spacing"
_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "_shipped" / "templates", _PACKAGE.parent / "templates")
_BESIDE = ("{stem}-模板.docx", "{stem}模板.docx", "报告模板.docx", "自评报告模板.docx")
_STYLES = "word/styles.xml"
_TWIPS_PER_POINT = 20


def template_ids() -> list[str]:
    """Ids of the templates that ship."""
    return outline_ids()


def outline_of(profile: Profile, form: Form | None = None) -> str:
    """The outline a profile prescribes; a transfer-payment form takes the transfer outline."""
    if form is not None and form.kind == "transfer":
        return "cn-transfer"
    setting = profile.settings.get(OUTLINE)
    wanted = str(setting.value) if setting is not None else "generic"
    return wanted if wanted in outline_ids() else "generic"


def line_spacing(profile: Profile) -> int:
    """Fixed line spacing in points that a profile wants for official documents."""
    setting = profile.settings.get(LINE_SPACING)
    return int(setting.value) if setting is not None else LINE // _TWIPS_PER_POINT


def template_beside(workbook: Path) -> Path | None:
    """A user's template that lies beside a workbook: <name>-模板.docx, <name>模板.docx or 报告模板.docx."""
    for pattern in _BESIDE:
        found = workbook.with_name(pattern.format(stem=workbook.stem))
        if found.is_file():
            return found
    return None


@lru_cache(maxsize=32)
def shipped(outline_id: str, points: int) -> bytes:
    """A template that ships, with the fixed line spacing of its text set to ``points``.

    Raises:
        UsageError: no such template.
        TemplateError: the installation lacks its file.
    """
    if outline_id not in outline_ids():
        known = "、".join(outline_ids())
        raise UsageError(f"没有名为“{outline_id}”的报告模板，可用的有：{known}；也可以写自己的 .docx 文件的路径。")
    for folder in _FOLDERS:
        path = folder / f"{outline_id}.docx"
        if path.is_file():
            return _spaced(path.read_bytes(), points)
    raise TemplateError(f"安装不完整，缺少报告模板 {outline_id}.docx，请重新安装。")


def _spaced(data: bytes, points: int) -> bytes:
    if points * _TWIPS_PER_POINT == LINE:
        return data
    archive = DocxArchive(data, [_STYLES])
    former = f'w:line="{LINE}" w:lineRule="exact"'.encode()
    wanted = f'w:line="{points * _TWIPS_PER_POINT}" w:lineRule="exact"'.encode()
    return archive.write({_STYLES: archive.read(_STYLES).replace(former, wanted)})


def template_bytes(template: str | Path | None, form: Form, profile: Profile, beside: Path | None = None) -> bytes:
    """The template to use: a shipped id, a path (also relative to the workbook ``beside``), or what the profile says.

    Raises:
        UsageError: neither a shipped id nor a file.
        TemplateError: the file cannot be read.
    """
    points = line_spacing(profile)
    if template is None:
        own = template_beside(beside) if beside is not None else None
        return _own(own) if own is not None else shipped(outline_of(profile, form), points)
    if str(template) in outline_ids():
        return shipped(str(template), points)
    path = Path(template)
    places = [path] if beside is None or path.is_absolute() else [path, beside.parent / path]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        known = "、".join(outline_ids())
        raise UsageError(f"找不到报告模板“{template}”：它既不是自带模板（{known}），也不是存在的 .docx 文件。")
    return _own(found)


def _own(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise TemplateError(f"读不了模板“{path.name}”，可能正被其他程序占用或没有权限，请关闭它后再试。") from None
