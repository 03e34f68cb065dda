"""Which cells of a sheet may be written: merged areas, and areas that belong to an array formula, table or pivot."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.form import column_number
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.markup import outline, to_utf8
from xlsuite.hosts.package.relations import Relations, relations_name
from xlsuite.hosts.package.sheet_layout import Place, a1, area_of

Corners = tuple[Place, Place]

_MERGE = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s+[^<>]*?ref\s*=\s*[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)[\"']")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f\s[^<>]*>")
_ARRAY = re.compile(rb"\st\s*=\s*[\"'](?:array|dataTable)[\"']")
_RANGE = re.compile(rb"\sref\s*=\s*[\"']([A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)[\"']")


def merges(xml: bytes) -> list[Corners]:
    """The merged areas of a sheet part."""
    tail = xml.rfind(b"sheetData>")  # they are stated behind the cells
    found = _MERGE.findall(xml, max(tail, 0))
    return [((int(top), _column(left)), (int(bottom), _column(right))) for left, top, right, bottom in found]


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def array_areas(xml: bytes) -> list[Corners]:
    """Areas that one array formula or data table fills."""
    # one rare byte is found many times faster than a word
    if not (b"y" in xml and b"array" in xml) and not (b"T" in xml and b"dataTable" in xml):
        return []
    found = []
    for tag in _FORMULA.findall(xml):
        area = _RANGE.search(tag)
        if area and _ARRAY.search(tag):
            found.append(area_of(area[1].decode()))
    return found


class Zones:
    """The areas of one sheet that restrict writing."""

    def __init__(self, xml: bytes, container: Container, part: str) -> None:
        self._merges = merges(xml)
        self._refused = [(area, "属于一个数组公式的结果区域") for area in array_areas(xml)]
        name = relations_name(part)
        if name in container:
            self._read_objects(container, Relations(container.read(name), part))

    def _read_objects(self, container: Container, relations: Relations) -> None:
        for relation in relations.of_kind("table"):
            if relation.part in container:
                self._refused += _table_edges(container.read(relation.part))
        for relation in relations.of_kind("pivotTable"):
            if relation.part in container:
                self._refused += _pivot_area(container.read(relation.part))

    def anchor(self, place: Place) -> Place:
        """The cell that holds the value shown at ``place``: the first of its merged area, else itself."""
        for first, last in self._merges:
            if first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]:
                return first
        return place

    def require_free(self, sheet: str, place: Place) -> None:
        """UnsafeWrite when a constant at ``place`` would break something."""
        for ((top, left), (bottom, right)), reason in self._refused:
            if top <= place[0] <= bottom and left <= place[1] <= right:
                raise UnsafeWrite(
                    f"“{sheet}”的 {a1(place)} {reason}，不能单独改写，没有写入任何内容，请在表格软件里处理。"
                )


def _table_edges(raw: bytes) -> list[tuple[Corners, str]]:
    """Heading and total row of a table: their texts must agree with the table's own list of columns."""
    xml, _ = to_utf8(raw)
    attributes = outline(xml, 0).attributes
    (top, left), (bottom, right) = area_of(attributes["ref"])
    edges = []
    if attributes.get("headerRowCount", "1") != "0":
        edges.append((((top, left), (top, right)), "是表格（超级表）的标题"))
    if attributes.get("totalsRowCount", "0") != "0":
        edges.append((((bottom, left), (bottom, right)), "是表格（超级表）的汇总行"))
    return edges


def _pivot_area(raw: bytes) -> list[tuple[Corners, str]]:
    xml, _ = to_utf8(raw)
    location = outline(xml, 1).child("location")
    return [(area_of(location.attributes["ref"]), "属于数据透视表")] if location is not None else []
