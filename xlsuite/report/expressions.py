"""Checking what stands inside the tags: syntax, names, fields, filters; all problems at once, each at its tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from xlsuite.report.context import BY_NAME, MATERIAL, MATERIAL_ALIAS
from xlsuite.report.problems import TemplateProblem, nearest
from xlsuite.report.records import names_of
from xlsuite.report.sandbox import LOOP_NAMES, TemplateLanguage, refused
from xlsuite.report.tags import Tag

_LISTLIKE = {"list", "sort", "unique", "select", "reject", "selectattr", "rejectattr"}
_ONE = {"first", "last"}
_MATERIALS = (MATERIAL, MATERIAL_ALIAS)
CELL_WORDS = {"vm", "hm", "colspan", "cellbg"}
"""docxtpl's cell marks; all but ``hm`` work here."""

_BLOCKS = {
    "for": "{%% %s %%}{%% endfor %%}",
    "if": "{%% %s %%}{%% endif %%}",
    "elif": "{%% if 1 %%}{%% %s %%}{%% endif %%}",
    "set": "{%% %s %%}",
}
ENDS = {"endfor": "for", "endif": "if", "else": "", "elif": ""}
UNKNOWN = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name stands for: ``holds`` is a record type, ``many`` whether it is a list of them; "" a plain value."""

    holds: str = ""
    many: bool = False
    material: bool = False


@dataclass
class Scopes:
    """Names known at a tag: those of the context, and those of the loops around it."""

    stack: list[dict[str, Kind | None]] = field(default_factory=lambda: [{}])

    def find(self, name: str) -> tuple[bool, Kind | None]:
        """Whether the name is known, and what it stands for (None: not known here)."""
        for scope in reversed(self.stack):
            if name in scope:
                return True, scope[name]
        known = BY_NAME.get(name)
        if known is None:
            return False, UNKNOWN
        return True, Kind(known.holds, bool(known.holds) and known.many, name in _MATERIALS)

    def names(self) -> list[str]:
        """Every name that may be used here."""
        return [*BY_NAME, *(name for scope in self.stack for name in scope)]


def check_expressions(tags: Iterable[Tag], environment: TemplateLanguage) -> list[TemplateProblem]:
    """Check every tag in order."""
    scopes = Scopes()
    problems: list[TemplateProblem] = []
    for tag in tags:
        if tag.kind == "comment" or not tag.body or "{{" in tag.body or "{%" in tag.body:
            continue
        if tag.kind == "value":
            tree = _parsed(tag, "{{ %s }}", environment, problems)
            if tree is not None:
                _check(tag, tree, scopes, problems)
                _check_printed(tag, tree, scopes, problems)
        else:
            _check_block(tag, scopes, environment, problems)
    return problems


def _parsed(
    tag: Tag, form: str, environment: TemplateLanguage, problems: list[TemplateProblem], body: str | None = None
) -> nodes.Template | None:
    try:
        tree = environment.parse(form % (tag.body if body is None else body))
    except TemplateSyntaxError as error:
        problems.append(tag.problem(f"标记 {tag.raw[:40]} 写法不对：{_syntax(error.message or '')}"))
        return None
    except (ValueError, RecursionError):
        problems.append(tag.problem(f"标记 {tag.raw[:40]} 太长或嵌套太深，请写得简单些"))
        return None
    bad = refused(tree)
    if bad:
        problems.append(tag.problem(f"标记 {tag.raw[:40]} 用了模板里不允许的写法：{bad}"))
        return None
    return tree


_SYNTAX = (
    (r"expected token 'end of print statement', got '(.+)'", "字段名后面多了“{0}”，字段名中间不能有空格"),
    (r"expected token '(.+)', got '(.+)'", "此处应为“{0}”，却写了“{1}”"),
    (r"unexpected '(.+)'", "多了“{0}”"),
    (r"No filter named '(.+)'", "没有名为“{0}”的过滤器"),
    (r"No test named '(.+)'", "没有名为“{0}”的判断词"),
    (r"unexpected char '(.+)' at \d+", "有不认识的字符“{0}”"),
    (r"Expected an expression", "没有写字段名"),
)


def _syntax(message: str) -> str:
    for pattern, told in _SYNTAX:
        match = re.search(pattern, message)
        if match:
            return told.format(*match.groups())
    return "请对照“字段名”或“字段名.子字段名”的写法检查"


def _check_block(tag: Tag, scopes: Scopes, environment: TemplateLanguage, problems: list[TemplateProblem]) -> None:
    word = tag.word
    if word in ("endfor", "endif", "else"):
        if word == "endfor" and len(scopes.stack) > 1:
            scopes.stack.pop()
        return
    if word in CELL_WORDS:
        argument = tag.body[len(word) :].strip()
        tree = _parsed(tag, "{{ %s }}", environment, problems, argument) if argument else None
        if tree is not None:
            _check(tag, tree, scopes, problems)
        return
    if word not in _BLOCKS:
        hint = nearest(word, [*_BLOCKS, "endfor", "endif", "else"])
        problems.append(
            tag.problem(f"不认识的控制标记“{word}”{hint}；可用的有 for、endfor、if、elif、else、endif、set")
        )
        return
    tree = _parsed(tag, _BLOCKS[word], environment, problems)
    if word == "for":
        _enter_loop(tree.find(nodes.For) if tree is not None else None, scopes)
    if tree is not None:
        _check(tag, tree, scopes, problems)
    assign = tree.find(nodes.Assign) if tree is not None and word == "set" else None
    if assign is not None and isinstance(assign.target, nodes.Name):
        scopes.stack[-1][assign.target.name] = _kind(assign.node, scopes)


def _enter_loop(loop: nodes.For | None, scopes: Scopes) -> None:
    scope: dict[str, Kind | None] = {"loop": UNKNOWN}
    if loop is not None:
        kind = _kind(loop.iter, scopes)
        targets = [loop.target] if isinstance(loop.target, nodes.Name) else list(loop.target.iter_child_nodes())
        names = [node.name for node in targets if isinstance(node, nodes.Name)]
        element = Kind(kind.holds) if kind is not None and kind.many and len(names) == 1 else UNKNOWN
        scope.update(dict.fromkeys(names, element))
    scopes.stack.append(scope)


def _kind(node: nodes.Node, scopes: Scopes) -> Kind | None:
    """What an expression stands for; None where it cannot be told."""
    if isinstance(node, nodes.Name):
        return scopes.find(node.name)[1]
    if isinstance(node, nodes.Const):
        return Kind()
    if isinstance(node, nodes.Filter) and node.node is not None:
        inner = _kind(node.node, scopes)
        if node.name in _ONE:
            return Kind(inner.holds) if inner is not None and inner.many else UNKNOWN
        return inner if node.name in _LISTLIKE else Kind() if node.name not in ("default", "d", "map") else UNKNOWN
    if isinstance(node, nodes.Getattr):
        inner = _kind(node.node, scopes)
        if inner is not None and inner.holds and not inner.many:
            entry = names_of(inner.holds).get(node.attr)
            return Kind(entry.holds, bool(entry.holds)) if entry is not None else UNKNOWN
        return Kind() if inner is not None and inner.material else UNKNOWN
    return UNKNOWN


def _check(tag: Tag, tree: nodes.Template, scopes: Scopes, problems: list[TemplateProblem]) -> None:
    """Unknown names, fields, filters and tests of one tag."""
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and not scopes.find(name.name)[0]:
            hint = nearest(name.name, scopes.names())
            problems.append(tag.problem(f"没有名为“{name.name}”的字段{hint}；全部字段见 xlsuite template fields"))
    for access in tree.find_all(nodes.Getattr):
        message = _wrong_access(access, scopes)
        if message:
            problems.append(tag.problem(message))
    environment = tree.environment
    for used, known, what in (
        (tree.find_all(nodes.Filter), environment.filters if environment else {}, "过滤器"),
        (tree.find_all(nodes.Test), environment.tests if environment else {}, "判断词"),
    ):
        unknown = [node.name for node in used if node.name not in known]
        problems += [tag.problem(f"没有名为“{name}”的{what}{nearest(name, known)}") for name in unknown]


def _wrong_access(access: nodes.Getattr, scopes: Scopes) -> str:
    base, name = access.node, access.attr
    if isinstance(base, nodes.Name) and base.name == "loop":
        known = scopes.find("loop")[0] and name in LOOP_NAMES
        return (
            "" if known else f"循环没有“loop.{name}”，可用的有 loop.index（序号）、loop.first、loop.last、loop.length"
        )
    kind = _kind(base, scopes)
    shown = base.name if isinstance(base, nodes.Name) else base.attr if isinstance(base, nodes.Getattr) else "它"
    if kind is None or kind.material:
        return ""
    if kind.many:
        return f"“{shown}”是列表，不能直接写“{shown}.{name}”，请先用 {{%p for 项 in {shown} %}} 逐项取"
    if kind.holds:
        known_fields = names_of(kind.holds)
        return "" if name in known_fields else f"“{shown}”没有名为“{name}”的子字段{nearest(name, known_fields)}"
    return f"“{shown}”是一个值，没有子字段“{name}”"


def _check_printed(tag: Tag, tree: nodes.Template, scopes: Scopes, problems: list[TemplateProblem]) -> None:
    output = tree.find(nodes.Output)
    if output is None or len(output.nodes) != 1:
        return
    node = output.nodes[0]
    kind = _kind(node, scopes)
    name = node.name if isinstance(node, nodes.Name) else tag.body
    if kind is None:
        return
    if kind.material:
        problems.append(tag.problem(f"“{name}”后面要写素材的字段名，例如 {{{{ {name}.项目背景 }}}}"))
    elif kind.many:
        problems.append(tag.problem(f"“{name}”是列表，不能直接打印，请用 {{%p for 项 in {name} %}} 逐项打印"))
    elif kind.holds:
        first = next(iter(names_of(kind.holds)))
        problems.append(tag.problem(f"“{name}”是一条记录，请写明要哪一项，例如 {{{{ {name}.{first} }}}}"))
