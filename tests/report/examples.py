"""The five published reports as forms: only figures their texts state, everything else blank; paragraphs in our own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.form import Cell, Form, FundRow, Goal, Indicator, Ref, Total
from xlsuite.core.profile import Profile, load
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import parse_measure
from xlsuite.report.materials import FundItem, Materials
from xlsuite.scoring import score


@dataclass(frozen=True)
class Example:
    """A form with all that its report needs."""

    name: str
    outline: str
    form: Form
    card: Scorecard
    profile: Profile
    materials: Materials


class Sheet:
    """Cells with places of their own, one after the other."""

    def __init__(self) -> None:
        self.row = 0

    def text(self, value: str) -> Cell[str]:
        self.row += 1
        return Cell(value or None, value, Ref("自评表", self.row, 1))

    def number(self, value: str | None) -> Cell[Decimal]:
        self.row += 1
        text = value or ""
        bare = text.rstrip("%分")
        found = Decimal(bare) if bare else None
        if found is not None and text.endswith("%"):
            found /= 100
        return Cell(found, text, Ref("自评表", self.row, 1))

    def measure(self, value: str) -> Cell:
        self.row += 1
        return Cell(parse_measure(value), value, Ref("自评表", self.row, 1))

    def fund(self, kind: str, label: str, **values: str) -> FundRow:
        row = FundRow(kind, self.text(label))
        for name in ("initial", "budget", "executed", "weight", "rate", "score"):
            if name in values or kind == "total":
                setattr(row, name, self.number(values.get(name)))
        return row

    def indicator(self, levels: tuple[str, str, str], target: str, actual: str, **entries: str) -> Indicator:
        dimension = "output" if levels[0].startswith("产出") else "benefit"
        if levels[0].startswith("满意") or levels[1].startswith("服务对象"):
            dimension = "satisfaction" if levels[0].startswith("满意") else "benefit"
        return Indicator(
            *(self.text(level) for level in levels),
            target=self.measure(target),
            actual=self.measure(actual),
            weight=self.number(entries.get("weight")),
            score=self.number(entries.get("score")),
            reason=self.text(entries.get("reason", "")),
            dimension=dimension,
        )


def example(name: str, outline: str, profile_id: str, form: Form, materials: Materials) -> Example:
    """Rescore a form and put everything together."""
    profile = load(profile_id).at(form.year.value)
    return Example(name, outline, form, score(form, profile), profile, materials)


def items(*rows: dict[str, str]) -> list[FundItem]:
    """资金明细 rows; amounts given as text."""
    money = {"planned", "adjusted", "received", "paid", "contract"}
    return [
        FundItem(**{key: Decimal(value) if key in money else value for key, value in row.items()}, row=number)  # type: ignore[arg-type]
        for number, row in enumerate(rows, start=4)
    ]


def zhanjiang() -> Example:
    """湛江 2023: money and a total score, no table."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(2023, "2023", Ref("自评表", 1, 1)),
        info={"project_name": sheet.text("系统建设经费"), "unit": sheet.text("湛江市自然资源局")},
        funds=[sheet.fund("total", "年度资金总额", budget="856", executed="543.94", rate="63.54%")],
        total=Total(score=sheet.number("95")),
        grade=sheet.text("优"),
    )
    rows = items(
        {"name": "国土空间基础信息平台建设项目第一期", "planned": "301.6", "paid": "301.6", "date": "2023年3月14日", "status": "已支付"},
        {"name": "智能化建设项目第三期", "planned": "245.793918", "paid": "245.793918", "contract": "945.361225", "date": "2022年6月17日", "status": "已支付"},
        {"name": "国土空间基础信息平台建设项目第二期", "planned": "452.4", "status": "未支付", "note": "财政资金紧张"},
        {"name": "工程建设项目“联合测绘”监管与成果共享服务平台第一期", "planned": "66", "status": "未支付"},
        {"name": "自然资源政务一体化系统项目第二期", "planned": "187.5", "contract": "625", "status": "未支付", "note": "财政资金紧张"},
    )  # fmt: skip
    texts = {
        "填报日期": "2024年7月19日",
        "项目背景": "机构改革后，国土、规划、林业、海洋等业务归口一个部门办理，原有系统各自独立，数据不能互通，审批环节重复。为统一业务流程、缩短办理时间，我局分期建设自然资源信息化系统。",
        "实施依据": "市财政局《关于批复2023年度市直部门预算的通知》（湛财预〔2023〕8号）；市政务服务数据管理局的立项意见（湛政数（立项）〔2021〕7号）。",
        "主要内容及实施情况": "经费用于国土空间基础信息平台、局智能化建设、联合测绘监管平台和政务一体化系统的合同款。\n政务一体化系统2021年9月签订合同，2022年4月进入试运行，包括一体化工作台、系统对接和业务数据整合三部分，试运行以来使用正常。",
        "总体目标": "把审批业务集中到一个平台办理，打通省、市、县三级的业务通道，避免重复建设。",
        "阶段性目标": "软件开发：建成政务管理、业务审批、监察督办和移动办公模块，梳理全部54个业务事项。\n数据治理：完成土地、工程、海洋、林业等10类业务数据的整合。\n系统对接：与已建和在建系统实现数据共享。",
        "自评对象和范围": "自评对象为2023年度系统建设经费，范围包括上述五个支出事项的资金使用、建设进度和使用效果。",
        "自评指标和方法": "从资金执行、建设进度、系统使用三个方面对照合同和批复逐项核对，定量与定性相结合。",
        "自评工作组织": "由局财务科牵头，信息化管理科室提供合同、支付和验收资料，财务科核对后形成自评结果，报局领导审定。",
        "资金执行偏差原因": "市级财政资金紧张，三个事项的请款没有在当年支付。我局将与市财政局衔接，争取在下一年度预算中优先安排。",
        "总体目标完成情况": "两个事项的合同款已经支付，系统投入使用；其余三个事项建设任务按合同推进，款项尚未支付。",
        "绩效指标完成情况": "业务事项梳理完成54项；业务数据整合覆盖10类，已有11项现状和规划数据接入一张图服务。",
        "主要经验": "同一类业务集中到一个平台建设，减少了系统之间的重复投入。",
        "存在的问题": "支出进度偏慢，三个事项没有按合同约定的时间付款，存在与承建单位结算滞后的风险。",
        "偏离绩效目标的原因": "资金没有按计划拨付，合同付款节点与财政资金安排的时间不一致。",
        "改进意见": "编制预算时按合同付款节点排出用款计划；对跨年度合同提前报财政部门，落实资金来源；每季度核对一次支付进度。",
        "结果应用": "自评结果作为编制下一年度系统建设经费预算和安排付款顺序的依据。",
        "公开情况": "我局对自评材料的真实性、完整性负责，同意在局门户网站统一公开。",
    }
    return example("zhanjiang-2023", "gd-zhanjiang", "guangdong", form, Materials(texts, rows, unit="万元"))


def yanbian() -> Example:
    """盐边 2021: amounts in 元, no score."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(2021, "2021", Ref("自评表", 1, 1)),
        amount_unit="元",
        info={
            "project_name": sheet.text("国土空间基础信息平台和规划“一张图”实施监督信息系统建设项目"),
            "unit": sheet.text("盐边县自然资源和规划局"),
        },
        funds=[sheet.fund("total", "年度资金总额", budget="469515", executed="469515")],
    )
    rows = items(
        {"name": "软硬件采购部分", "planned": "301890", "received": "301890", "paid": "301890", "status": "已支付"},
        {"name": "数据采集与处理部分", "planned": "70125", "received": "70125", "paid": "70125", "status": "已支付"},
        {"name": "平台和系统开发部分", "planned": "97500", "received": "97500", "paid": "97500", "status": "已支付"},
    )
    texts = {
        "填报日期": "2022年3月",
        "项目基本情况": "项目在自然资源业务专网上建设国土空间基础信息平台和“一张图”监督信息系统，供省、市、县三级交换数据，并按《四川省自然资源业务网建设运行及网络安全管理办法》（川自然资发〔2020〕29号）落实等级保护要求。",
        "总体目标": "与国土空间规划编制同步建成平台和系统，为规划的编制、实施和监督提供数据支撑。",
        "具体任务": "制定数据和接口标准，建设国土空间基础信息平台、“一张图”应用、运维管理和系统接口，配置运行环境。",
        "资金申报及批复情况": "我局向县人民政府提出经费申请，县政府常务会议审议后同意安排。",
        "资金到位时间": "资金于2021年11月到账，与资金计划一致。",
        "资金使用合规情况": "付款标准和进度与公开招标采购合同相符，没有改变资金用途。",
        "财务管理情况": "我局执行本单位财务管理办法，付款按审批权限逐级签批，专账核算。",
        "组织架构及实施流程": "县里成立国土空间总体规划编制工作领导小组，由我局承担日常工作，相关部门和乡镇按分工配合。",
        "项目管理情况": "领导小组办公室根据进度召开调度会和推进会，协调解决数据、接口和设备到货中的问题。",
        "项目监管情况": "对技术服务单位的人员配置、工作进度和制度执行进行定期检查，发现问题当场提出整改要求。",
        "总体目标完成情况": "软硬件采购和平台第一阶段建设已经完成。共配置移动图形工作站7台、台式图形工作站20台、台式计算机10台、平板电脑30台、打印机2台，平台第一阶段在2021年7月31日前建成。",
        "项目效益情况": "工作效率提升和使用者满意度的目标值为100%，自评完成80%。部分设备运行不够流畅，影响了效率的提升，已通知供货单位处理。",
        "评价结论": "项目第一阶段建设任务完成，资金使用合规，基本达到预期目标；效率提升和满意度两项没有全部达到目标。",
        "存在的问题": "系统技术要求高，局内专业人员不足，使用人员接受的培训不够。",
        "相关建议": "一是分业务、分阶段组织系统使用培训，明确账号和权限清单。\n二是补充和更新系统数据，使平台与规划编制工作同步推进。",
    }
    return example("yanbian-2021", "sc-project", "sichuan", form, Materials(texts, rows, unit="元"))


def _yiyang_lines(sheet: Sheet) -> list[Indicator]:
    output, benefit = "产出指标\n(50分)", "效益指标\n\n（40分）"
    modules = (
        "工作台模块",
        "智能决策模块",
        "挂图作战模块",
        "计划实施模块",
        "资金管理模块",
        "公文合同模块",
        "业务互享模块",
        "档案数据模块",
    )
    rows: list[tuple[str, str, str, str, str, str, str]] = [
        (output, "数量指标", name, "完成开发工作", "已完成", "1", "1") for name in modules
    ]
    rows += [
        (output, "数量指标", "国产化环境搭建", "完成搭建工作", "已完成", "1", "1"),
        (output, "数量指标", "国产化软件部署", "完成部署工作", "已完成", "1", "1"),
        (output, "质量指标", "功能问题率", "≤5", "≥90", "5", "4"),
        (output, "质量指标", "功能可用性", "≥95", "≥95　", "5", "5"),
        (output, "时效指标", "完成系统开发工作", "不晚于10月31日", "10月15日完成开发工作", "5", "5"),
        (output, "时效指标", "完成系统验收", "不晚于12月31日", "未完成", "5", "4"),
        (output, "成本指标", "土地储备全生命周期管理系统软件开发费用", "141.3", "98.91", "10", "8"),
        (output, "成本指标", "土地储备全生命管理系统国产化环境搭建费用", "43.87", "43.87", "10", "10"),
        (benefit, "经济效\n\n益指标", "提高土地储备资金使用率", "上升", "上升", "5", "5"),
        (benefit, "经济效\n\n益指标", "降低人力成本", "下降", "下降", "5", "5"),
        (benefit, "社会效\n\n益指标", "提高信息化建设治理能力", "加强", "加强", "5", "5"),
        (benefit, "社会效\n\n益指标", "强化市级监管力度，规范土地市场行为", "加强　", "加强", "5", "5"),
        (benefit, "生态效\n\n益指标", "不适用", "不适用", "不适用", "", ""),
        (benefit, "可持续影响指标", "提升政府科学决策能力，推行城市绿色发展", "　上升", "上升", "10", "8"),
        (benefit, "服务对象满意度指标", "服务对象满意度", "100%", "95%", "10", "9"),
        (benefit, "服务对象满意度指标", "……", "", "", "", ""),
    ]
    return [sheet.indicator(row[:3], row[3], row[4], weight=row[5], score=row[6]) for row in rows]


def yiyang() -> Example:
    """益阳 2022: the full table as published."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I42",
        title=sheet.text("2022年度项目支出绩效自评表"),
        year=Cell(2022, "2022", Ref("自评表", 1, 1)),
        info={
            "project_name": sheet.text("益阳市土地储备全生命周期系统建设项目　"),
            "department": sheet.text("　益阳市自然资源和规划局"),
            "unit": sheet.text("　益阳市土地储备发展中心"),
        },
        funds=[
            sheet.fund("total", "年度资金总额　", initial="185.17", budget="185.17", executed="142.78", weight="10分", rate="77.11%", score="9"),
            sheet.fund("fiscal", "其中：当年财政拨款　", initial="185.17", budget="185.17", executed="142.78"),
            sheet.fund("carryover", "上年结转资金　"),
            sheet.fund("other", "其他资金"),
        ],
        goals=[
            Goal(
                sheet.text("2022年年度完成益阳市土地储备全生命周期管理系统开发及验收工作。　　"),
                sheet.text("完成益阳市土地储备全生命周期管理系统开发工作，并进入试运行阶段。"),
            )
        ],
        indicators=_yiyang_lines(sheet),
        total=Total(sheet.number("100分"), sheet.number("92")),
    )  # fmt: skip
    rows = items(
        {"name": "国产化环境搭建", "planned": "43.87", "paid": "43.87"},
        {"name": "软件开发", "planned": "141.3", "paid": "98.91"},
    )
    texts = {
        "填报日期": "2023年3月",
        "项目概况": "项目依托自然资源和规划数据中心，运用云计算和大数据技术，建设覆盖土地储备资产和资金管理全过程的工作平台，使土地储备的计划、收储、资金和档案管理在线办理。",
        "绩效评价目的": "检查财政资金的使用、项目的实施和取得的效果，找出问题，改进项目管理。",
        "绩效评价原则": "一是科学规范，按规定程序进行，定量与定性相结合。\n二是公正公开，以真实资料为依据，接受监督。\n三是突出绩效，围绕支出和产出的对应关系作出评价。",
        "绩效评价方法": "对照年度绩效目标，采用比较法逐项评分；定量指标按完成比例，定性指标按达成程度。",
        "绩效评价工作过程": "中心成立由业务、管理、财务人员组成的自评小组，收集合同、支付、验收和用户反馈资料，汇总核对后撰写报告。",
        "资金到位情况": "项目资金已按预算落实，按合同进度申请支付。",
        "财务管理情况": "项目资金单独核算、专款专用，付款以合同约定的完工进度为依据，由财务和业务科室共同审核。",
        "存在的问题": "前期对业务流程的调研不够深入，部分功能与实际需要有偏差，系统验收没有在年内完成。",
        "改进措施": "组织业务科室与建设单位逐项确认需求，完善现有功能，尽快完成验收。",
        "结果应用和公开情况": "自评结果用于安排后续运维经费，并在市自然资源和规划局门户网站公示。",
        "其他需要说明的问题": "本项目没有其他需要说明的问题。",
    }
    return example("yiyang-2022", "hn-project", "hunan", form, Materials(texts, rows, unit="万元"))


def hengnan() -> Example:
    """衡南 2021: fully paid, neither score nor table."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(2021, "2021", Ref("自评表", 1, 1)),
        info={"project_name": sheet.text("“互联网+”政务服务系统"), "unit": sheet.text("衡南县自然资源局")},
        funds=[sheet.fund("total", "年度资金总额", budget="178.8", executed="178.8", rate="100%")],
    )
    rows = items(
        {"name": "“互联网+”政务服务系统", "planned": "178.8", "received": "178.8", "paid": "178.8", "status": "已支付"}
    )
    texts = {
        "填报日期": "2022年3月",
        "项目概况": "为落实国家关于“互联网+政务服务”和国土空间基础信息平台建设的部署，我局建设自然资源政务服务系统，把测绘、规划、土地、矿产等事项搬到网上办理，减少企业和群众跑腿次数。",
        "项目单位基本情况": "衡南县自然资源局是县人民政府工作部门，负责全县自然资源管理、国土空间规划和不动产登记等工作，是本项目的预算单位。",
        "项目用途和主要内容": "智慧办公网络：无线覆盖和综合布线。\n智慧机房：环境监控、消防、布线、服务器和网关、机房设备更新。\n政务服务系统：信息共享平台、国土空间基础信息平台、政务辅助审批系统。",
        "资金用途": "资金用于支付平台和审批系统的定制开发、网络布线、交换机和无线接入设备等合同款。",
        "项目实施情况": "项目已完成公开招标和合同签订，各项建设内容正在实施。",
        "项目效益情况": "审批流程得到梳理，事项可以在网上受理、办理和反馈。\n建立了数据共享机制，办公网络和机房的稳定性得到提高。",
        "存在的问题": "与上下级系统和其他部门平台的对接还有障碍，数据共享没有达到预期效果。",
        "改进措施": "加强与行政审批部门和省厅系统的衔接，逐项落实接口和数据标准。",
    }
    return example("hengnan-2021", "hn-project-old", "hunan", form, Materials(texts, rows, unit="万元"))


def jiangmen() -> Example:
    """江门 2019—2022: four years with cuts, six classes, a total score."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(None, "2019—2022", Ref("自评表", 1, 1)),
        info={
            "project_name": sheet.text("“数字政府”建设专项资金"),
            "department": sheet.text("江门市政务服务数据管理局"),
        },
        funds=[sheet.fund("total", "资金总额", initial="64000", budget="51000", executed="50418.98")],
        total=Total(score=sheet.number("91")),
        grade=sheet.text("优"),
    )
    classes = (
        ("基础设施类", "38", "7228.19"), ("营商环境类", "31", "5350.27"), ("政务服务类", "20", "3451.72"),
        ("民生保障类", "37", "2831.78"), ("社会治理类", "55", "14777.15"), ("政府协同和部门管理类", "84", "16779.87"),
    )  # fmt: skip
    rows = items(
        {"name": "2019年安排", "year": "2019", "planned": "10000"},
        {"name": "2020年安排", "year": "2020", "planned": "12000", "adjusted": "-1000"},
        {"name": "2021年安排", "year": "2021", "planned": "20000"},
        {"name": "2022年安排", "year": "2022", "planned": "22000", "adjusted": "-12000"},
        *({"name": name, "paid": paid, "note": f"{count}个项目"} for name, count, paid in classes),
    )
    texts = {
        "填报日期": "2023年7月",
        "设立背景及立项依据": "江门市是省“数字政府”综合改革试点城市之一。根据粤改组发〔2018〕4号、粤府办〔2018〕48号文件，市本级自2019年起设立专项资金，统筹用于市直部门非涉密政务信息系统的建设和运行维护，由市政务服务数据管理局管理。",
        "资金申请和统筹情况": "四年间市直部门共提出资金申请187040.29万元。市政务服务数据管理局会同市财政局按照先延续后新建、保急需保重点的原则论证后安排，并根据进度在年中调整。",
        "总体目标": "集约建设政务信息系统，解决分散建设、重复建设的问题，提高资金使用效益。",
        "总体目标完成情况": "资金投入265个政务信息化项目，其中201个完成最终验收。",
        "项目实施": "每年根据部门申报、事前绩效评估和财力情况制定资金安排方案，报市政府批准后实施；由签订合同的部门对进度、质量和安全负责。",
        "管理制度建设": "制定了政务信息化服务项目管理、专项资金管理、项目申报、评审、验收等制度，并通过项目管理系统实行全过程管理。",
        "立项申报管理": "申报项目先入库审查；规模20万元以上的开展技术评审，100万元以上的开展造价评估，300万元以上的由市财政局开展事前绩效评价。",
        "项目采购": "采购按意向公示、文件编制、专家论证、内控审查、集体决策、采购、签订合同的顺序进行。",
        "实施管理": "需求部门负责合同执行，变更、中止按程序办理并备案。",
        "项目验收": "按规模分级验收，规模较大的由专家组验收，验收后10个工作日内登记数字资产。",
        "事后绩效评价": "对已验收项目从规范管理、数字化水平、建设质量和可持续发展四个方面评价，结果用于下一年度资金安排。",
        "产出情况": "265个项目按方案建设，201个完成最终验收；四年共调减43个项目的资金2433.78万元，用于急需项目。",
        "效果情况": "15862项政务服务事项实现多渠道办理，991项高频事项进驻“粤省事”。\n政务机房由53个减少到24个。\n汇聚政务数据8.31亿条，挂接数据目录9014个。",
        "主要做法和经验": "建立集约统筹机制，信息系统由一个部门牵头规划，减少重复建设。\n项目从申报到评价在一个系统内管理，责任清楚。\n对进度滞后的项目及时调减资金，用于急需项目。",
        "存在的问题": "立项环节多、耗时长；支付进度难以准确预判；后期监管还不够精细。",
        "下一步建议": "合并评审环节，同步办理；提前研判付款条件，及时调整预算；引入第三方服务，加强事前事中事后管理。",
        "自评结论说明": "多数指标达到预期目标；扣分主要因为部分项目尚未完成最终验收。",
    }
    return example("jiangmen-2019-2022", "gd-jiangmen", "guangdong", form, Materials(texts, rows, unit="万元"))


SEEDS: dict[str, Callable[[], Example]] = {
    "zhanjiang": zhanjiang,
    "yanbian": yanbian,
    "yiyang": yiyang,
    "hengnan": hengnan,
    "jiangmen": jiangmen,
}
