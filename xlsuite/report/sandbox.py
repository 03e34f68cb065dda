"""The language of templates: Jinja without anything that could reach Python, loop for long or grow without bound.

Names, fields, comparisons, arithmetic, if, for, set and a short list of filters; no calls, macros, imports or powers.
Attribute access goes to records and ``loop`` only. Loops and texts are counted against :class:`Budget`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xlsuite.core.decimals import round_half_up
from xlsuite.core.errors import TemplateError
from xlsuite.report.context import MaterialTexts
from xlsuite.report.phrases import number_in, percent, plain
from xlsuite.report.records import Record

STATE = "_state"
"""Name under which a rendering keeps its state; no template can reach it."""

MAX_STEPS = 200_000
MAX_OUTPUT = 32_000_000
MAX_TEXT = 1_000_000
LOOP_NAMES = {"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"}
_KEPT_FILTERS = (
    "default", "d", "join", "first", "last", "round", "abs", "int", "float",
    "trim", "upper", "lower", "sum", "list", "map", "select", "reject", "selectattr",
    "rejectattr", "unique", "sort", "string",
)  # fmt: skip
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict,
    nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Getitem, nodes.Getattr, nodes.Slice,
    nodes.Concat, nodes.Compare, nodes.Operand, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Add, nodes.Sub, nodes.Mod,
    nodes.Not, nodes.Neg, nodes.Pos, nodes.And, nodes.Or, nodes.If, nodes.For, nodes.Assign,
)  # fmt: skip
_REFUSED = {
    nodes.Call: "函数调用",
    nodes.Pow: "乘方",
    nodes.Macro: "宏（macro）",
    nodes.Import: "引入其他文件",
    nodes.FromImport: "引入其他文件",
    nodes.Include: "引入其他文件",
    nodes.Extends: "引入其他文件",
}


class LimitReached(TemplateError):
    """A template asked for more than one report may take; the text is a Chinese sentence."""


_LOOKED_UP = (Record, MaterialTexts)


class Budget:
    """What one rendering has used: loop steps and characters of output."""

    __slots__ = ("output", "steps")

    def __init__(self) -> None:
        self.steps = self.output = 0

    def loop(self, count: int, size: int) -> None:
        """Account for a loop of ``count`` rounds that prints ``size`` fixed characters each."""
        self.steps += count
        if self.steps > MAX_STEPS:
            raise LimitReached(f"模板里的循环超过 {MAX_STEPS:,} 次，已停止；请检查 for 标记")
        self.write(count * size)

    def write(self, count: int) -> None:
        """Account for ``count`` characters of output."""
        self.output += count
        if self.output > MAX_OUTPUT:
            raise LimitReached("生成的报告超过 3200 万个字符，已停止；请检查模板里的循环和素材的长度")


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """The sandbox; attribute access reaches record fields and ``loop`` and nothing else."""

    intercepted_binops = frozenset(("*", "+", "-", "/", "//", "%"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a record or of ``loop``; anything else is undefined."""
        if type(obj) in _LOOKED_UP:
            try:
                return obj.lookup(attribute)
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An element by position, or a field by name."""
        if isinstance(argument, str):
            return obj[argument] if isinstance(obj, dict) and argument in obj else self.getattr(obj, argument)
        try:
            return obj[argument]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers and on texts that are numbers; + also joins texts."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            first, second = number_in(left), number_in(right)
            if first is None or second is None:
                return capped(left + right)
            return plain(first + second)
        first, second = number_in(left), number_in(right)
        if first is None or second is None:
            raise LimitReached(f"“{str(left)[:20]}”和“{str(right)[:20]}”不都是数字，不能用 {operator} 计算")
        if operator in ("/", "//", "%") and not second:
            raise LimitReached(f"“{str(left)[:20]}”除以 0，不能计算")
        result: Decimal = {
            "*": first.__mul__, "+": first.__add__, "-": first.__sub__, "/": first.__truediv__,
            "//": first.__floordiv__, "%": first.__mod__,
        }[operator](second)  # fmt: skip
        return result


def capped(text: str) -> str:
    """The text itself; refuses a text that no report can need."""
    if len(text) > MAX_TEXT:
        raise LimitReached(f"模板拼出的一段文字超过 {MAX_TEXT:,} 个字符，已停止")
    return text


@pass_context
def _each(context: Context, sequence: Any, size: int) -> Any:
    """What a for loop runs over, as a list, counted against the budget."""
    found = sequence if isinstance(sequence, (list, tuple)) else list(islice(iter(sequence), MAX_STEPS + 1))
    context.parent[STATE].budget.loop(len(found), size)
    return found


def _join(values: Iterable[Any], separator: str = "", attribute: str | None = None) -> str:
    parts = [value.lookup(attribute) if attribute and isinstance(value, Record) else value for value in values]
    if sum(map(len, map(str, parts))) + len(separator) * len(parts) > MAX_TEXT:
        raise LimitReached(f"模板拼出的一段文字超过 {MAX_TEXT:,} 个字符，已停止")
    return separator.join(map(str, parts))


def _count(values: Any) -> int:
    return len(values) if hasattr(values, "__len__") else sum(1 for _ in islice(values, MAX_STEPS))


def _percent(value: Any) -> str:
    number = number_in(value)
    return str(value) if number is None else percent(number)


def _round(value: Any, places: int = 0) -> Any:
    number = number_in(value)
    return value if number is None else round_half_up(number, min(9, max(0, places)))


def _same(value: Any) -> Any:
    return value


FILTERS_OF_ITS_OWN: dict[str, Callable[..., Any]] = {
    "join": _join,
    "拼接": _join,
    "length": _count,
    "count": _count,
    "个数": _count,
    "百分比": _percent,
    "round": _round,
    "e": _same,
    "escape": _same,
    "safe": _same,
    "合并": _same,
    "vmerge": _same,
}
"""Filters beside Jinja's own. Every value is escaped when printed, so e and safe change nothing."""


def language() -> TemplateLanguage:
    """A fresh environment with the allowed filters and no globals."""
    environment = TemplateLanguage(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.globals.clear()
    environment.filters = {name: FILTERS[name] for name in _KEPT_FILTERS} | FILTERS_OF_ITS_OWN
    return environment


def guarded(environment: TemplateLanguage, tree: nodes.Template) -> nodes.Template:
    """The tree with every loop and every joined text counted against the budget."""
    environment.filters["_each"] = _each
    environment.filters["_capped"] = lambda value: capped(str(value))
    for loop in tree.find_all(nodes.For):
        size = sum(len(data.data) for part in loop.body for data in _texts(part))
        loop.iter = nodes.Filter(loop.iter, "_each", [nodes.Const(size)], [], None, None, lineno=loop.lineno)
    for assign in tree.find_all(nodes.Assign):
        if any(True for _ in assign.find_all(nodes.Concat)):
            assign.node = nodes.Filter(assign.node, "_capped", [], [], None, None, lineno=assign.lineno)
    return tree


def _texts(node: nodes.Node) -> Iterable[nodes.TemplateData]:
    return [node] if isinstance(node, nodes.TemplateData) else node.find_all(nodes.TemplateData)


def refused(tree: nodes.Node) -> str:
    """What the tree uses that templates may not use, in Chinese; "" when it is all right."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.For) and node.recursive:
            return "递归循环（recursive）"
        if not isinstance(node, _ALLOWED):
            return _REFUSED.get(type(node), type(node).__name__)
        if isinstance(node, (nodes.List, nodes.Tuple, nodes.Dict)) and not _fixed(node):
            return "由字段拼成的列表（只能列出固定的文字和数字）"
    return ""


def _fixed(node: nodes.List | nodes.Tuple | nodes.Dict) -> bool:
    """Whether a list holds constants only, or is the target of a loop: lists made of lists could grow without bound."""
    if isinstance(node, nodes.Tuple) and node.ctx == "store":
        return True
    return all(isinstance(item, (nodes.Const, nodes.Pair)) for item in node.items) and not any(
        isinstance(pair.value, (nodes.List, nodes.Dict, nodes.Name)) for pair in node.find_all(nodes.Pair)
    )
