"""What a report states about itself: its score and grade, the grade bands it explains, and the facts of its cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import POINTS
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity

GRADES = {
    "优秀": "优", "优": "优", "良好": "良", "良": "良", "中等": "中", "中": "中", "合格": "中", "一般": "中",
    "差": "差", "较差": "差", "不合格": "差",
}  # fmt: skip
"""Every word for a grade and the standard one."""

_GRADE_WORD = "优秀|优|良好|良|中等|中|不合格|合格|一般|较差|差"
_CLOSED = r"(?=[，。；、)”\"'」』级等档]|$)"
_GRADE = re.compile(
    rf"(?:(?:等级|等次|级别|档次|评级|定级)(?:评定|结果|结论)?|评价结果|自评结果|评价结论|自评结论|评定结果|绩效评价|自评|评定|评价|综合评定|结果|结论)"
    rf"(?:均|应|可|被|拟)?(?:评定|认定|确定|评|定)?(?:属于|等级|等次)*(?:为|是|:)*[“\"'「『(]?(?P<word>{_GRADE_WORD})[”\"'」』)]?{_CLOSED}"
)
_GRADE_AFTER_SCORE = re.compile(
    rf"^[，、(]?(?:属于?|评?为|即|对应|达到|等级|等次|评价|自评|评定|为|:|“)*(?P<word>{_GRADE_WORD})[”\"'」』)]?{_CLOSED}"
)
_TOTAL_SCORE = re.compile(
    r"(?:自评|评价|综合|总|最终|评定|绩效|考核|测评|评审|项目|合计|实际|最后|自我评价|我[局单位中心校院]{1,3})\S{0,12}?"
    r"(?:得分|评分|总分|分数|打分|结果)$"
    r"|(?:自评|自我评价|综合评定|评定|评价|总评|项目)(?:分|得|得分|为)$"
    r"|^(?:总得分|得分|总分|评分|自评分)$|(?:总得分|总评分|综合得分|自评得分|自评总分|评价得分|自评分)$"
)
_NOT_TOTAL = re.compile(
    r"产出|效益|满意|执行率|指标(?!体系)|成本|数量|质量|时效|决策|过程|投入|管理(?:类|方面|得)|平均|单项|扣|满分|权重|标准|分值|其中|各|每|第[一二三四五六七八九十]|类|维度|部分|加分|上年|去年|复核|抽查"
)
_ODD_SCORE = re.compile(
    rf"^(?:得分:?|自评得分:?)?(\d{{2,3}}(?:\.\d+)?)[份分]?，?(?:等级|等次|评价|为|:|“)*({_GRADE_WORD})[”]?[。；]?$"
)
_QUOTED = re.compile(r"“[^”]{0,120}”|\([^()]{0,120}\)")
_LISTED_GRADE = re.compile(rf"(?:为|是|:|“|\(|、|分)({_GRADE_WORD})(?=[，。；、)”\"等]|$)")
_BAND_SPLIT = re.compile(r"[、，；,:]|(?<=[优良中差秀好格])(?=\d|得分|评分|\()")
_BAND = re.compile(
    rf"(?P<numbers>.*\d.*?)(?:的|为|是|评|定|属于|等级|评价|:|“|\()*(?P<word>{_GRADE_WORD})(?:[”)]|等级?|$)"
)
_FIELDS = (
    ("project_name", re.compile(r"^(?:项目|专项(?:资金)?)名称[:](?P<value>.*)")),
    ("unit", re.compile(
        r"^(?:项目(?:实施)?单位|实施单位|单位名称|预算单位|项目承担单位|填报单位|自评单位|评价单位)"
        r"(?:名称)?(?:\([^)]*\))?[:](?P<value>.*)"
    )),
    ("department", re.compile(
        r"^(?:主管部门|预算部门|(?:[省市县区]级)?(?:预算|主管)部门(?:单位|\(单位\))?|项目主管部门|"
        r"部门名称|部门\(单位\)名称)(?:\([^)]*\))?[:](?P<value>.*)"
    )),
    ("year", re.compile(r"^(?:评价|自评|预算|项目)?年度[:](?P<value>.*)")),
    ("date", re.compile(r"^(?:填报|报告|编制|上报|填表|自评)(?:日期|时间)[:](?P<value>.*)")),
    ("person", re.compile(r"^(?:项目负责人|填报人|联系人|负责人|填表人|单位负责人)(?:\([^)]*\))?[:](?P<value>.*)")),
    ("phone", re.compile(r"^(?:联系电话|电话|联系方式)[:](?P<value>.*)")),
)  # fmt: skip
_TITLE = re.compile(r"绩效(?:自评价?|评价|自我评价|单位自评)(?:的)?(?:总结)?(?:报告|情况|材料)")
_TITLE_TAIL = re.compile(
    r"(?:财政)?(?:(?:支出|资金|经费)(?:使用)?)?(?:单位)?绩效(?:自评价?|评价|自我评价|单位自评)(?:的)?(?:总结)?(?:报告|情况|材料).*$"
)
_TITLE_HEAD = re.compile(r"^(?:关于)?(?:(?:19|20)\d\d年(?:度)?(?:[-~—至](?:19|20)\d\d年(?:度)?)?)?")
_TITLE_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?$")
_GENERIC_NAME = re.compile(
    r"^(?:部门)?(?:整体|项目|专项|\(项目\)|单位|财政|预算|本级|资金|支出|、|及|和|重点|转移支付)*$"
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|(?=[-~—至](?:19|20)\d\d年))")


@dataclass(slots=True, eq=False)
class Stated:
    """A statement with its place: the block, and start and stop in its text."""

    block: int
    start: int
    stop: int
    text: str


@dataclass(slots=True, eq=False)
class Score(Stated):
    """The total score a report gives itself, for a year where it names one."""

    value: Decimal = Decimal(0)
    year: int | None = None


@dataclass(slots=True, eq=False)
class Grade(Stated):
    """The grade a report gives itself; ``standard`` is 优, 良, 中 or 差."""

    standard: str = ""


@dataclass(slots=True)
class Cover:
    """Title and cover: fields by key, blank fields, the years named in the title."""

    title: str = ""
    title_block: int = 0
    fields: dict[str, Stated] = field(default_factory=dict)
    blank: list[tuple[str, Stated]] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    name: str = ""
    """The project's name as title or subtitle give it, "" when they name none."""
    name_place: Stated | None = None


def scores(passages: Sequence[Passage]) -> list[Score]:
    """Every statement of the total score."""
    found = []
    for passage in passages:
        found += list(_scores_of(passage))
    return found


def _scores_of(passage: Passage) -> Iterator[Score]:
    odd = _ODD_SCORE.match(passage.text)
    if odd:
        yield Score(passage.block.index, odd.start(1), odd.end(1) + 1, odd[0], Decimal(odd[1]))
        return
    for figure in passage.figures:
        if (
            figure.kind != POINTS
            or not figure.exact
            or figure.value > 110
            or figure.role & (roles.WEIGHT | roles.DEDUCTED)
        ):
            continue
        label = figure.label or _carried_label(passage, figure)
        if figure.value == 100 and re.fullmatch(r"(?:合计)?总分", label):
            continue  # the weights, not a score
        if not _TOTAL_SCORE.search(label) or _NOT_TOTAL.search(label) or _of_a_group(passage, figure, label):
            continue
        yield Score(
            passage.block.index,
            figure.start,
            figure.stop,
            passage.text[figure.start - len(label) : figure.stop],
            figure.value,
            passage.year(figure),
        )


def _of_a_group(passage: Passage, figure: Quantity, label: str) -> bool:
    """A bare 得分 belongs to the group of indicators that its clause names: 产出指标分值50分，得分48分."""
    start = max(passage.sentence(figure.start)[0], figure.start - 200)
    if passage.text.find("其中", start, figure.start) >= 0:
        return True
    clause = max(passage.text.rfind("；", start, figure.start) + 1, start)
    return len(label) <= 3 and bool(_NOT_TOTAL.search(passage.text, clause, figure.start))


def _carried_label(passage: Passage, figure: Quantity) -> str:
    """The words of the clause before, when a comma or bracket stands between: 自评得分（总分100分）95分."""
    lead = passage.text[max(0, figure.start - 30) : figure.start]
    return re.sub(r"\([^)]*\)|[:“]", "", lead).rsplit("，", 1)[-1].rsplit("。", 1)[-1] if lead.endswith(")") else ""


def is_scale(passage: Passage, place: int) -> bool:
    """Whether the sentence explains the grades (90 分以上为优…) instead of giving one."""
    start, stop = passage.sentence(place)
    sentence = passage.text[start:stop]
    for quoted in _QUOTED.finditer(sentence):
        if not quoted.start() <= place - start < quoted.end():
            sentence = sentence.replace(quoted[0], "□" * len(quoted[0]))
    return len({GRADES[word] for word in _LISTED_GRADE.findall(sentence)}) > 1


def grades(passages: Sequence[Passage]) -> list[Grade]:
    """Every statement of the grade."""
    found: dict[tuple[int, int], Grade] = {}
    for passage in passages:
        odd = _ODD_SCORE.match(passage.text)
        matches = [odd] if odd else list(_GRADE.finditer(passage.text))
        for match in matches:
            word = match[2] if odd else match["word"]
            place = match.start(2) if odd else match.start("word")
            if not is_scale(passage, place):
                found[passage.block.index, place] = Grade(
                    passage.block.index, place, place + len(word), word, GRADES[word]
                )
        for score in [] if odd else _scores_of(passage):
            after = _GRADE_AFTER_SCORE.match(passage.text[score.stop : score.stop + 16])
            if after and not is_scale(passage, score.stop + after.start("word")):
                place = score.stop + after.start("word")
                word = after["word"]
                found[passage.block.index, place] = Grade(
                    passage.block.index, place, place + len(word), word, GRADES[word]
                )
    return [found[key] for key in sorted(found)]


def bands(passages: Sequence[Passage]) -> dict[str, Decimal]:
    """Lower bounds of 优, 良 and 中 as the report itself explains them; empty when it does not, or not clearly."""
    for passage in passages:
        for start, stop in passage.sentences:
            sentence = passage.text[start:stop]
            if len(re.findall(_GRADE_WORD, sentence)) < 3 or "分" not in sentence:
                continue
            found: dict[str, Decimal] = {}
            for piece in _BAND_SPLIT.split(sentence):
                match = _BAND.search(piece[-60:])
                if match:
                    numbers = [Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", match["numbers"])]
                    found.setdefault(GRADES[match["word"]], min(numbers))
            order = [found.get(word) for word in ("优", "良", "中")]
            if None not in order and order[0] > order[1] > order[2] and order[0] <= 100:  # type: ignore[operator]
                return {word: found[word] for word in ("优", "良", "中")}
    return {}


def is_title(text: str) -> bool:
    """Whether a line is the title of a self-evaluation report."""
    return len(text) < 60 and bool(_TITLE.search(text)) and text.endswith("报告")


def cover(passages: Sequence[Passage]) -> Cover:
    """Title, cover fields and what they name, from the paragraphs before the first chapter."""
    result = Cover()
    head: list[Passage] = []
    for passage in passages:
        if (
            (passage.heading and passage.heading.mark and not passage.heading.item)
            or len(head) >= 40
            or len(passage.text) > 120
        ):
            break
        head.append(passage)
    for passage in head:
        _read_field(result, passage)
    _read_title(result, head)
    return result


def _read_field(result: Cover, passage: Passage) -> None:
    for key, form in _FIELDS:
        match = form.match(passage.text)
        if match:
            value = match["value"].strip("_-—.。 ")
            stated = Stated(passage.block.index, match.start("value"), len(passage.text), value)
            if value:
                result.fields.setdefault(key, stated)
            else:
                label = passage.text.split(":")[0]
                result.blank.append((label, Stated(passage.block.index, 0, len(passage.text), label)))
            return


def _read_title(result: Cover, head: Sequence[Passage]) -> None:
    at = next((i for i, passage in enumerate(head) if _TITLE.search(passage.text)), None)
    if at is None:
        return
    first = at
    while first > 0 and _is_title_line(head[first - 1].text):
        first -= 1
    result.title = "".join(passage.text for passage in head[first : at + 1])
    result.title_block = head[at].block.index
    years = _YEARS.findall(result.title) or [
        y for p in head[at + 1 : at + 3] if len(p.text) < 20 for y in _YEARS.findall(p.text)
    ]
    result.years = sorted({int(year) for year in years})
    _read_name(result, head[at + 1 : at + 3], head[at])


def _is_title_line(text: str) -> bool:
    return 2 < len(text) <= 40 and not re.search(r"[:。，]", text) and not re.match(r"附(?:件|表)", text)


def _read_name(result: Cover, below: Sequence[Passage], title: Passage) -> None:
    for passage in below:
        match = re.fullmatch(r"\((?P<name>[^()]*(?:\([^()]*\)[^()]*)*)\)", passage.text)
        if (
            match
            and len(match["name"]) > 5
            and not _YEARS.search(match["name"])
            and not re.search(r"格式|模板|样本", match["name"])
        ):
            result.name = match["name"]
            result.name_place = Stated(passage.block.index, 1, len(passage.text) - 1, match["name"])
            return
    name = _TITLE_YEAR.sub("", _TITLE_TAIL.sub("", _TITLE_HEAD.sub("", title.text)))
    if len(name) > 5 and not _GENERIC_NAME.match(
        re.sub(r"^.*?(?:局|委|厅|中心|院|校|办|所|站|馆|处|会|政府)", "", name)
    ):
        start = title.text.find(name)
        result.name = name
        result.name_place = Stated(title.block.index, start, start + len(name), name)
