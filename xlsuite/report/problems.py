"""What is wrong with a template, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from xlsuite.core.errors import TemplateError

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One problem. ``part`` is the file inside the package, ``paragraph`` counts from 1 within it (0: the whole part).

    ``fatal`` is False for a notice: the template works as it is. ``quote`` is the text the problem is about.
    ``kind`` groups notices that would otherwise be told a hundred times.
    """

    message: str
    part: str = "word/document.xml"
    paragraph: int = 0
    quote: str = ""
    fatal: bool = True
    kind: str = ""

    @property
    def place(self) -> str:
        """Where it is, in Chinese."""
        where = _PARTS.get(self.part.rsplit("/", 1)[-1].rstrip("0123456789.xml"), "正文")
        return f"{where}第{self.paragraph}段" if self.paragraph else where

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.paragraph else self.message


_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "core": "文档属性"}


def template_error(problems: Sequence[TemplateProblem], name: str = "模板") -> TemplateError:
    """The error that carries every problem; its sentence tells the first few."""
    fatal = [problem for problem in problems if problem.fatal]
    told = "；".join(str(problem).rstrip("。") for problem in fatal[:_SHOWN])
    more = f"；另有 {len(fatal) - _SHOWN} 处" if len(fatal) > _SHOWN else ""
    way = "请改正后再试，“xlsuite template check”会在副本里逐处批注。"
    return TemplateError(f"{name}有 {len(fatal)} 处错误，没有生成报告：{told}{more}。{way}", tuple(problems))


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause naming the known names most like ``name``, "" when none is."""
    candidates = list(known)
    found = get_close_matches(name, candidates, n=2, cutoff=0.5)
    if not found:
        found = [word for word in candidates if len(name) > 1 and (name in word or word in name)][:2]
    return f"，是不是想写“{'”或“'.join(found)}”" if found else ""
