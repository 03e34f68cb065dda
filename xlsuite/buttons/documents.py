"""Buttons that make or read a Word file: 生成报告, 审核报告."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xlsuite.app.check import forms_in
from xlsuite.buttons.session import Session, button
from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import Severity

_SHOWN = 8
_REPORTS = (("自评报告", "*.docx"), ("文本", "*.txt"))


@button("生成报告")
def report(session: Session) -> None:
    """Write the narrative report from the workbook as it stands, and open it."""
    from xlsuite.app.report import write_report

    session.host.require_usable()
    session.progress("正在生成报告……")
    book = session.host.snapshot()
    forms = forms_in(book)
    active = session.book.sheets.active.name
    sheet = active if len(forms) > 1 and any(form.sheet == active for form in forms) else ""
    if len(forms) > 1 and not sheet:
        names = "、".join(f"“{form.sheet}”" for form in forms)
        raise UnsafeWrite(f"工作簿里有 {len(forms)} 张自评表（{names}），请先点开要写报告的那一张，再点“生成报告”。")
    target = _target(session)
    made = write_report(session.path, target, sheet=sheet, book=book)
    session.open(made.path)
    session.say(_written(made.path, made.missing, sum(one.severity is Severity.ERROR for one in made.findings)))


def _target(session: Session) -> Path:
    target = session.path.with_name(f"{session.path.stem}_自评报告.docx")
    if not target.exists():
        return target
    if session.ask(f"“{target.name}”已经有了，要用新的替换它吗？\n\n选“否”则另存为一份带时间的新报告，原来的不动。"):
        return target
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return target.with_name(f"{target.stem}_{moment}.docx")


def _written(path: Path, missing: list[str], errors: int) -> str:
    said = [f"报告已生成：{path.name}（和表格在同一个文件夹）。"]
    if missing:
        listed = "、".join(missing[:_SHOWN]) + ("等" if len(missing) > _SHOWN else "")
        said.append(
            f"有 {len(missing)} 处要由您补写，报告里标为“【待补充】”：{listed}。也可以填在“报告素材”表里，再生成一次。"
        )
    if errors:
        said.append(f"注意：表里还有 {errors} 处错误，报告照表上的数字写，请先点“校验”改正后再生成。")
    return "\n\n".join(said)


@button("审核报告")
def audit(session: Session) -> None:
    """Hold a report against the workbook and itself, and open a copy with comments."""
    from xlsuite.app.audit import annotate_file, audit_file

    session.host.require_usable()
    chosen = _report_of(session)
    if chosen is None:
        session.say("没有选择报告，什么也没有做。")
        return
    session.progress("正在审核报告……")
    result = audit_file(chosen, session.path, book=session.host.snapshot())
    findings = result.outcome.findings
    if not findings:
        session.say(f"“{chosen.name}”审核完成，没有发现问题。")
        return
    copy = annotate_file(result, chosen.with_name(f"{chosen.stem}_审核.docx"))
    session.open(copy)
    counts = [(level, sum(one.severity is level for one in findings)) for level in Severity]
    listed = "，".join(f"{level.label} {number} 条" for level, number in counts if number)
    first = "\n".join(f"· {finding.message}" for finding in findings[:_SHOWN])
    session.say(f"“{chosen.name}”审核完成：{listed}。\n\n{first}\n\n带批注的副本：{copy.name}；原报告没有改动。")


def _report_of(session: Session) -> Path | None:
    """The workbook's own report when it lies beside it, else what the user picks."""
    own = session.path.with_name(f"{session.path.stem}_自评报告.docx")
    if own.exists() and session.ask(f"要审核“{own.name}”吗？\n\n选“否”可以另选一份报告。"):
        return own
    return session.choose("选择要审核的报告", _REPORTS)
