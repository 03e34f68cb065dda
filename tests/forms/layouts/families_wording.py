"""Families with free wording and shared cells: synonyms for labels, merged weights and reasons, repeated headings."""

from __future__ import annotations

import random
import tomllib
from decimal import Decimal
from pathlib import Path

from .compose import Wish
from .draft import Draft
from .families_national import head
from .families_regional import names
from .family import Task, family
from .schemes import COST, FOLDED, NATIONAL
from .shapes import NATIONAL_FUNDS, NATIONAL_TABLE, Column, Funds, Goals, Table, columns
from .sheet import Sheet

WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))


def word(rng: random.Random, key: str) -> str:
    """One of the ways to say it."""
    return rng.choice(WORDS[key])


@family("free-wording", "published and knowledge: every label in one of the wordings that bureaus use")
def free_wording(task: Task) -> list[Sheet]:
    rng = task.rng
    sheet = task.sheet(rng.choice(("Sheet1", "附件", "自评表", "1", "项目1")))
    draft = task.draft(sheet, 9)
    draft.title(word(rng, "title"), together=rng.random() < 0.4)
    names(draft, word(rng, "department"), word(rng, "unit"))
    money = tuple(
        Column(key, word(rng, name))
        for key, name in (
            ("initial", "initial"),
            ("budget", "budget"),
            ("executed", "executed"),
            ("weight", "money_weight"),
            ("rate", "rate"),
            ("score", "money_score"),
        )
    )
    kinds = (("total", "money_total"), ("fiscal", "fiscal"), ("carryover", "carryover"), ("other", "other"))
    draft.funds(Funds(money, {kind: word(rng, name) for kind, name in kinds}))
    draft.goals(Goals(word(rng, "goal"), word(rng, "expected"), word(rng, "reached")))
    keys = ["level1", "level2", "level3", "target", "actual", "weight", "score", "reason"]
    if rng.random() < 0.5:
        keys = ["level1", "level2", "level3", "weight", "target", "actual", "score", "reason"]
    table = tuple(Column(key, word(rng, key)) for key in keys)
    draft.table(Table(table, levels=rng.choice(("merged", "merged", "flat", "blank"))))
    at = {key: number for number, key in enumerate(keys, 2)}
    draft.total(word(rng, "total"), at["weight"], at["score"])
    return [sheet]


@family(
    "shared-weights",
    "knowledge: one weight and one score merged over a level 2",
    Wish(FOLDED, deductions=False),
)
def shared_weights(task: Task) -> list[Sheet]:
    # Shared scores cannot be split by a reader, so nothing is lost here.
    sheet = task.sheet()
    draft = task.draft(sheet, 9)
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    _share(draft, 7, 8)
    draft.total("总分", 7, 8)
    return [sheet]


def _share(draft: Draft, weight: int, score: int) -> None:
    """Merge the weights and the scores of every level 2; its first row then stands for all."""
    truth, sheet = draft.sheet.truths[-1], draft.sheet
    groups: dict[str, list[int]] = {}
    for index in range(len(draft.content.lines)):
        groups.setdefault(truth.fields[f"indicators[{index}].level2"].cell, []).append(index)
    for members in groups.values():
        first = int("".join(filter(str.isdigit, truth.fields[f"indicators[{members[0]}].level3"].cell)))
        for column, slot in ((weight, "weight"), (score, "score")):
            values = [getattr(draft.content.lines[index], slot) for index in members]
            whole = None if None in values else sum(values, Decimal(0))
            for step, index in enumerate(members):
                sheet.entries.pop((first + step, column), None)
                truth.fields.pop(f"indicators[{index}].{slot}", None)
                truth.places.pop(f"indicators[{index}].{slot}", None)
            told = f"indicators[{members[0]}].{slot}" if len(members) == 1 else ""
            sheet.put(first, column, whole, span=(len(members), 1), style="number", told=told)
    draft.score_cells = ()


@family("shared-reason", "knowledge: one reason merged over a level 1", Wish(COST))
def shared_reason(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 9)
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    _merge_reasons(draft, 9)
    draft.total("总分", 7, 8)
    return [sheet]


def _merge_reasons(draft: Draft, column: int) -> None:
    """Write the reasons of a level 1 into one cell beside all its rows."""
    truth, sheet, lines = draft.sheet.truths[-1], draft.sheet, draft.content.lines
    groups: dict[str, list[int]] = {}
    for index in range(len(lines)):
        groups.setdefault(truth.fields[f"indicators[{index}].level1"].cell, []).append(index)
    for members in groups.values():
        rows = [
            int("".join(filter(str.isdigit, truth.fields[f"indicators[{index}].level3"].cell))) for index in members
        ]
        said = list(dict.fromkeys(lines[index].reason for index in members if lines[index].reason))
        for row, index in zip(rows, members, strict=True):
            sheet.entries.pop((row, column), None)
            truth.fields.pop(f"indicators[{index}].reason", None)
            truth.places.pop(f"indicators[{index}].reason", None)
        sheet.put(rows[0], column, "\n".join(said) or None, span=(len(rows), 1), style="text")


@family("repeated-heading", "knowledge: printed over two pages, heading repeated")
def repeated_heading(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 8)
    draft.title()
    names(draft)
    draft.funds(
        Funds(
            columns("initial=年初预算数 budget=全年预算数 executed=全年执行数 weight=分值 rate=执行率 score=得分"),
            label_span=1,
        )
    )
    draft.goals(Goals())
    heading = draft.row
    draft.table(Table(NATIONAL_TABLE, caption="", levels="flat"))
    draft.total("总分", 6, 7)
    _repeat(sheet, heading, task.rng.randint(heading + 4, heading + 7))
    return [sheet]


def _repeat(sheet: Sheet, heading: int, before: int) -> None:
    """Insert the heading row once more and move everything below down by one, truth included."""
    moved = {(row + (row >= before), column): entry for (row, column), entry in sheet.entries.items()}
    for (row, column), entry in list(sheet.entries.items()):
        if row == heading:
            moved[before, column] = entry
    sheet.entries = moved
    truth = sheet.truths[-1]
    for told in truth.fields.values():
        told.cell = _lower(told.cell, before)
    truth.places = {path: (name, _lower(cell, before)) for path, (name, cell) in truth.places.items()}
    truth.tolerated = {row + (row >= before) for row in truth.tolerated}


def _lower(cell: str, before: int) -> str:
    column, row = cell.rstrip("0123456789"), int("".join(filter(str.isdigit, cell)))
    return f"{column}{row + (row >= before)}"


@family(
    "transposed-money",
    "invented: kinds of money across, amounts downwards",
    Wish(NATIONAL, kinds=("fiscal", "other")),
)
def transposed(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 9)
    head(draft)
    _money_across(draft)
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    return [sheet]


def _money_across(draft: Draft) -> None:
    content, hand = draft.content, draft.hand
    draft.label(1, f"项目资金\n（{content.amount_unit}）", (4, 1))
    draft.put(2, None, span=(1, 2), style="label")
    for index, text in enumerate(("资金总额", "其中：财政拨款", "其他资金")):
        draft.put(4 + 2 * index, text, span=(1, 2), style="label", told=f"funds[{index}].label")
    draft.row += 1
    for slot, text in (("initial", "年初预算数"), ("budget", "全年预算数"), ("executed", "全年执行数")):
        draft.label(2, text, (1, 2))
        for index, money in enumerate(content.money):
            value, pattern, means = hand.amount(getattr(money, slot))
            told = f"funds[{index}].{slot}"
            draft.put(4 + 2 * index, value, span=(1, 2), pattern=pattern, told=told, means=means, style="number")
        draft.row += 1
    rate = hand.ratio(content.rate or Decimal(0))
    weight, score = hand.points(content.execution_weight, "number"), hand.points(content.execution_score, "number")
    draft.label(1, "预算执行率")
    draft.put(2, rate[0], span=(1, 2), pattern=rate[1], told="funds[0].rate", means=rate[2])
    draft.label(4, "分值", (1, 2))
    draft.put(6, weight[0], told="funds[0].weight", means=weight[2])
    draft.label(7, "得分")
    draft.put(8, score[0], span=(1, 2), told="funds[0].score", means=score[2])
    draft.row += 1
