"""Make a blank form."""

from __future__ import annotations

from pathlib import Path

from xlsuite.blank.build import write_workbook
from xlsuite.blank.content import Content, read_content
from xlsuite.core.errors import UsageError
from xlsuite.core.profile import Profile, load
from xlsuite.report.outlines import outline_fields


def new_form(target: Path, profile_id: str, year: str = "", *, force: bool = False) -> Path:
    """Write a blank workbook of a profile's form and return its path.

    Raises:
        UsageError: the file exists and ``force`` is not given, or its name or year is not usable.
        ProfileError: unknown profile.
    """
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"新建的工作簿应以 .xlsx 结尾，给的是“{target.name}”。")
    if target.exists() and not force:
        raise UsageError(f"“{target}”已经存在，没有改动它；请换一个文件名，确要覆盖时加 --force。")
    if not target.parent.is_dir():
        raise UsageError(f"文件夹“{target.parent}”不存在，请先建好。")
    if year and not (year.isdigit() and len(year) == 4):
        raise UsageError(f"年度应为四位数字，如 2026，给的是“{year}”。")
    profile = load(profile_id).at(int(year) if year else None)
    outline = outline_of(profile)
    write_workbook(target, profile_id, Content(year=year, outline=outline), outline_fields(outline))
    return target


def build_shipped(folder: Path, sources: Path) -> list[Path]:
    """Build every blank form and every example workbook of the repository's ``workbooks`` folder."""
    from xlsuite.core.profile import profile_ids

    made = []
    for profile_id in profile_ids():
        if load(profile_id).form:
            target = folder / "blank" / f"{profile_id}.xlsx"
            profile = load(profile_id).at(None)
            outline = outline_of(profile)
            write_workbook(target, profile_id, Content(outline=outline), outline_fields(outline))
            made.append(target)
    for source in sorted(sources.glob("*.toml")):
        content = read_content(source)
        target = folder / "examples" / f"{source.stem}.xlsx"
        write_workbook(target, content.profile, content, outline_fields(content.outline))
        made.append(target)
    return made


def outline_of(profile: Profile) -> str:
    """The report outline that a profile's materials sheet follows."""
    return str(profile["report.outline"])
