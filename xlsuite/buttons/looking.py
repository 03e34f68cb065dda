"""Buttons that only show something: 下一处, 填写说明, 帮助."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsuite import __version__
from xlsuite.addin.places import home
from xlsuite.buttons.session import Session, button
from xlsuite.core.form import Ref

_GUIDE = "填写说明"


@button("下一处")
def jump(session: Session) -> None:
    """Select the next cell with a finding, in the order of the listing, from the top again after the last."""
    places = session.host.listed()
    if not places:
        session.say("还没有校验结果；请先点“校验”。如果校验没有发现问题，就没有可跳的地方。")
        return
    session.host.show(_after(places, _current(session.book)))


def _current(book: Any) -> Ref | None:
    selection = book.app.selection
    return Ref(selection.sheet.name, selection.row, selection.column) if selection is not None else None


def _after(places: list[Ref], current: Ref | None) -> Ref:
    if current not in places:
        return places[0]
    return places[(places.index(current) + 1) % len(places)]


@button("填写说明")
def guide(session: Session) -> None:
    """Show how to fill the form: the workbook's own sheet, or the essentials in a message."""
    for sheet in session.book.sheets:
        if sheet.name == _GUIDE:
            session.host.program.bring(sheet)
            return
    session.say(
        "金额：按表头写明的单位填数字；没有的资金来源留空。\n"
        "执行率：全年执行数 ÷ 全年预算数（调整后预算），不是除以年初预算数。\n"
        "指标值：带符号和单位，如 ≥95%、≤160万元；实际完成值填测得的结果。\n"
        "得分：在 0 和分值之间；没得满分的，写明偏差原因和改进措施。\n"
        "填完后点“校验”，有问题的格子会加底色和批注。"
    )


@button("帮助")
def about(session: Session) -> None:
    """Say what each button does."""
    session.say(
        "校验：检查全表，问题用底色、批注和“校验结果”表标出\n"
        "下一处：跳到下一个有问题的格子\n"
        "重新计分：先列出算错的执行率、得分、总分和等次，您同意后再改\n"
        "恢复上次：退回最近一次“重新计分”的改动\n"
        "清除标记：去掉底色、批注和“校验结果”表，恢复原样\n"
        "生成报告：按表里的内容写成 Word 自评报告\n"
        "审核报告：核对报告和表是否一致，带批注另存一份\n"
        "写回原表（LibreOffice）：只把改过的格子写进原文件\n"
        f"填写说明：怎么填\n\n版本 {__version__}；设置和出错记录在 {_short_home(home())}。"
        "\n按钮没有反应时，请让维护人员运行 xlsuite doctor。"
    )


def _short_home(folder: Path) -> str:
    try:
        return f"~/{folder.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return str(folder)
