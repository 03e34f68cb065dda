"""Records for the page: the examples checked for real, then copied under other names and with other scores."""

from __future__ import annotations

import copy
import itertools
from pathlib import Path
from typing import Any

from xlsuite.app.check import CheckOptions
from xlsuite.batch.task import check_record, failed

Record = dict[str, Any]
EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"
DISTRICTS = ("城关区", "临江县", "青山镇", "东湖新区", "滨海市", "和平街道", "云岭乡", "开发区")
OFFICES = ("财政局", "教育局", "卫生健康局", "农业农村局", "交通运输局", "文化和旅游局", "水利局")
HOSTILE = "<script>document.title='坏了'</script>\"'&</script><img src=x onerror=alert(1)>"


def examples() -> list[Record]:
    """The example workbooks' records, with their entries, named as if given relatively."""
    options = CheckOptions(view=True)
    made = [check_record(str(path), options) for path in sorted(EXAMPLES.glob("*.xlsx"))]
    return [record | {"file": f"示例/{Path(record['file']).name}"} for record in made]


def many(count: int) -> list[Record]:
    """``count`` files: every fortieth could not be read, every third form is free of findings."""
    models = examples()
    places = itertools.cycle(itertools.product(DISTRICTS, OFFICES))
    made = []
    for number, (district, office) in zip(range(count), places, strict=False):
        name = f"{district}/{district}{office}/{number:05}.xlsx"
        if number % 40 == 39:
            made.append(failed(name, "文件已损坏，请重新获取。"))
        else:
            made.append(_copied(models[number % len(models)], name, number, district + office))
    return made


def _copied(model: Record, name: str, number: int, unit: str) -> Record:
    made = {**model, "file": name, "forms": copy.deepcopy(model["forms"])}
    for form in made["forms"]:
        form["facts"] |= {
            "unit": unit,
            "project_name": f"{unit}{form['facts']['project_name']}",
            "year": 2019 + number % 5,
        }
        form["execution"]["rate"] = f"{0.5 + number % 53 / 100:.4f}"
        score = f"{60 + number * 7 % 41}.{number % 100:02}" if number * 7 % 41 < 40 else "100"
        form["score"] |= {"printed": score, "low": score, "high": score}
        if number % 3 == 0:
            form["findings"] = 0
    if number % 3 == 0:
        made["findings"] = []
    return made
