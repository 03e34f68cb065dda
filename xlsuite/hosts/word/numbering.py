"""Automatic list numbers of Word, written out as Word shows them: 一、 （二） 3. ①"""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsuite.core.decimals import spell
from xlsuite.hosts.package.markup import Node, outline

_LEVELS = 9
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class Style:
    """What a paragraph style says: its parent, its list and its outline level (0 is the first), None when unset."""

    parent: str = ""
    numbering: tuple[str | None, int | None] = (None, None)
    outline: int | None = None
    name: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as the paragraphs pass by in order."""

    levels: dict[str, list[_Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, level: int) -> str:
        """The number of the next paragraph in a list at a level; "" for bullets and unknown lists."""
        form = self.abstract.get(number_id)
        if form is None or form not in self.levels or not 0 <= level < _LEVELS:
            return ""
        levels = self.levels[form]
        counts = self._counts.setdefault(form, [0] * _LEVELS)
        if (number_id, level) in self.restarts and (number_id, level) not in self._seen:
            counts[level] = self.restarts[number_id, level] - 1
        elif counts[level] == 0:
            counts[level] = levels[level].start - 1
        self._seen.add((number_id, level))
        counts[level] += 1
        for below in range(level + 1, _LEVELS):
            counts[below] = 0
        return self._written(levels, counts, level)

    @staticmethod
    def _written(levels: list[_Level], counts: list[int], level: int) -> str:
        if levels[level].form in ("bullet", "none"):
            return ""
        text = levels[level].text
        for index in range(_LEVELS):
            mark = f"%{index + 1}"
            if mark in text:
                form = "decimal" if levels[level].legal else levels[index].form
                text = text.replace(mark, written(max(counts[index], 1), form))
        return text.strip()


def written(number: int, form: str) -> str:
    """A number in one of Word's formats; plain digits for formats that are not used in Chinese."""
    if form in ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
                "japaneseCounting", "ideographDigital", "taiwaneseDigital"):  # fmt: skip
        return spell(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form == "decimalEnclosedParen":
        return f"（{number}）"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "ideographTraditional" and number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def read_numbering(xml: bytes) -> Numbering:
    """The lists that ``numbering.xml`` defines."""
    found = Numbering()
    root = outline(xml, 4)
    for node in root.all("abstractNum"):
        levels = [_Level() for _ in range(_LEVELS)]
        for item in node.all("lvl"):
            index = _value(item, "ilvl")
            if index.isdigit() and int(index) < _LEVELS:
                levels[int(index)] = _level(item)
        found.levels[_value(node, "abstractNumId")] = levels
    for node in root.all("num"):
        identity = _value(node, "numId")
        found.abstract[identity] = _of(node, "abstractNumId")
        for item in node.all("lvlOverride"):
            start, index = _of(item, "startOverride"), _value(item, "ilvl")
            if start.isdigit() and index.isdigit():
                found.restarts[identity, int(index)] = int(start)
    return found


def _level(node: Node) -> _Level:
    start = _of(node, "start")
    return _Level(
        _of(node, "numFmt") or "decimal",
        _of(node, "lvlText"),
        int(start) if start.isdigit() else 1,
        node.child("isLgl") is not None,
    )


def read_styles(xml: bytes) -> dict[str, Style]:
    """Paragraph styles by id."""
    found: dict[str, Style] = {}
    for node in outline(xml, 5).all("style"):
        style = Style(_of(node, "basedOn"), name=_of(node, "name").lower())
        properties = node.child("pPr")
        if properties:
            numbering = properties.child("numPr")
            if numbering:
                level = _of(numbering, "ilvl")
                style.numbering = (_of(numbering, "numId") or None, int(level) if level.isdigit() else None)
            depth = _of(properties, "outlineLvl")
            style.outline = int(depth) if depth.isdigit() else None
        found[_value(node, "styleId")] = style
    return found


def _of(node: Node, name: str) -> str:
    child = node.child(name)
    return _value(child, "val") if child else ""


def _value(node: Node, name: str) -> str:
    """An attribute by its local name, whatever its namespace."""
    return next((value for key, value in node.attributes.items() if key.rpartition(" ")[2] == name), "")
