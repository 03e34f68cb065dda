"""Buttons that change the workbook: 校验, 重新计分, 清除标记, 恢复上次, 写回原表."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlsuite.app.check import check_book, forms_in
from xlsuite.app.recalc import corrections
from xlsuite.app.results import FileResult
from xlsuite.buttons.record import forget, keep, kept
from xlsuite.buttons.session import Session, button
from xlsuite.buttons.timing import note_time
from xlsuite.core.errors import UnknownForm
from xlsuite.core.finding import Edit, Severity
from xlsuite.forms.edits import marks as marks_of

_SHOWN = 12
"""Changes that a message box lists before it only counts them."""


@button("校验")
def check(session: Session) -> None:
    """Check the forms, mark what is wrong and list it on the sheet 校验结果."""
    session.host.require_usable()
    session.progress("正在校验……")
    book = session.host.snapshot()
    note_time("read")
    result = check_book(book, session.book.fullname)
    if result.error:
        raise UnknownForm(result.error)
    findings = result.findings
    note_time("checked")
    session.host.mark(marks_of(findings), findings)
    note_time("marked")
    session.say(_checked(result))


def _checked(result: FileResult) -> str:
    findings = result.findings
    open_points = [finding for finding in findings if not finding.explained]
    undecided = sum(len(form.outcome.undecided) for form in result.forms)
    tail = f"\n\n另有 {undecided} 处因为没有填齐，暂时不能判断。" if undecided else ""
    if not findings:
        return f"校验完成，没有发现问题。{tail}"
    counts = [(level, sum(one.severity is level for one in findings)) for level in Severity]
    listed = "，".join(f"{level.label} {number} 条" for level, number in counts if number)
    explained = len(findings) - len(open_points)
    noted = f"（其中 {explained} 条您已写明说明）" if explained else ""
    return (
        f"校验完成：{listed}{noted}。\n\n有问题的格子已加底色和批注；“校验结果”表列出了全部问题，点“位置”可以跳过去。"
        f"改完后请再点一次“校验”。{_scores(result)}{tail}"
    )


def _scores(result: FileResult) -> str:
    """Printed total beside the recomputed one, where both are known and differ."""
    lines = []
    for form in result.forms:
        printed, expected = form.form.total.score.value, form.scorecard.total.exact
        if printed is not None and expected is not None and printed != expected:
            lines.append(f"\n\n{form.form.sheet}：表中总分 {_plain(printed)}，重新计算为 {_plain(expected)}。")
    return "".join(lines)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


@button("重新计分")
def recalc(session: Session) -> None:
    """Show what the computed cells should say, and write it when the user agrees."""
    session.host.require_usable()
    session.progress("正在重新计分……")
    edits = corrections(forms_in(session.host.snapshot()))
    if not edits:
        session.say("执行率、得分、总分和等次都对，不用改。")
        return
    if not session.ask(f"下面 {len(edits)} 处算得不对，要改正吗？\n\n{_listed(edits)}\n\n其他格子不会改动。"):
        session.say("没有改动。")
        return
    session.host.apply(edits)
    keep(session.path, edits)
    session.say(f"已改正 {len(edits)} 处。\n\n要退回原来的数字，请点“恢复上次”；请再点一次“校验”更新标记。")


def _listed(edits: list[Edit]) -> str:
    several = len({edit.ref.sheet for edit in edits}) > 1
    lines = []
    for edit in edits[:_SHOWN]:
        place = f"{edit.ref.sheet} {edit.ref.a1}" if several else edit.ref.a1
        lines.append(f"{place}：{_shown(edit.old)} → {_shown(edit.new)}　{edit.why}")
    if len(edits) > _SHOWN:
        lines.append(f"……还有 {len(edits) - _SHOWN} 处")
    return "\n".join(lines)


def _shown(value: object) -> str:
    if value in (None, ""):
        return "（空）"
    return _plain(value) if isinstance(value, Decimal) else str(value)


@button("恢复上次")
def restore(session: Session) -> None:
    """Put back what the last 重新计分 changed."""
    session.host.require_usable()
    edits = kept(session.path)
    if not edits:
        session.say("没有可以恢复的内容：“恢复上次”退回的是最近一次“重新计分”所做的改动。")
        return
    back = [Edit(edit.ref, edit.new, edit.old, f"恢复：{edit.why}") for edit in edits]
    if not session.ask(f"要把最近一次“重新计分”改过的 {len(back)} 处退回原来的内容吗？\n\n{_places(back)}"):
        session.say("没有改动。")
        return
    session.host.apply(back)
    forget(session.path)
    session.say(f"已退回 {len(back)} 处。")


def _places(edits: Iterable[Edit]) -> str:
    return "\n".join(f"{edit.ref.a1}：{_shown(edit.old)} → {_shown(edit.new)}" for edit in list(edits)[:_SHOWN])


@button("清除标记")
def clear(session: Session) -> None:
    """Take fills, notes and the sheet 校验结果 out again."""
    session.host.require_usable()
    if _has_explanations(session) and not session.ask(
        "“校验结果”表里写有说明，清除标记会一并删掉这些说明。确定要清除吗？"
    ):
        session.say("没有改动。")
        return
    session.progress("正在清除标记……")
    remarks = session.host.clear()
    session.say("\n".join(remarks) or "标记已清除，格子的底色和批注都恢复为校验之前的样子。")


def _has_explanations(session: Session) -> bool:
    from xlsuite.hosts.package.listing import read_explanations

    return bool(read_explanations(session.host.snapshot()))


@button("写回原表")
def write_back(session: Session) -> None:
    """Carry changed entries into the workbook's file without letting the program rewrite the file."""
    from xlsuite.buttons.carrying import changes, write

    session.host.require_usable()
    session.progress("正在比较……")
    edits, remarks = changes(session.path, session.host.snapshot())
    said = "".join(f"\n{remark}" for remark in remarks)
    if not edits:
        session.say(f"打开的内容和文件里的一样，没有要写回的。{said}")
        return
    question = (
        f"要把改过的 {len(edits)} 个格子写进原文件吗？\n\n{_places(edits)}\n\n"
        f"只改这些格子，原文件的格式、按钮、批注等一概不动；写之前会在旁边留一份备份。{said}"
    )
    if not session.ask(question):
        session.say("没有写入。")
        return
    backup = write(session.path, edits)
    settled = getattr(session.book.impl, "settled", None)
    if settled is not None:
        settled()
    session.say(
        f"已写回 {len(edits)} 个格子到“{session.path.name}”"
        + (f"，原文件备份为“{backup.name}”" if backup else "")
        + "。\n\n请关闭这个窗口（不要再保存），需要时重新打开文件。"
    )
