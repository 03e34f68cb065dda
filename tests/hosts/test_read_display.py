"""Number formats: what the user sees."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from xlsuite.hosts.display import NumberFormat, exact, general, number_format
from xlsuite.hosts.display.codes import Section, parse

GENERAL = [
    (0.0, "0"),
    (-0.0, "0"),
    (100.0, "100"),
    (0.7711, "0.7711"),
    (1 / 3, "0.333333333"),
    (-1 / 3, "-0.333333333"),
    (77.11111111111111, "77.11111111"),
    (185170000.55, "185170000.6"),
    (99999999999.0, "99999999999"),
    (99999999999.9, "1E+11"),
    (123456789012.0, "1.23457E+11"),
    (0.00001, "0.00001"),
    (0.00001234567, "1.23457E-05"),
    (0.00012345678, "0.000123457"),
    (0.1 + 0.2, "0.3"),
    (1e308, "1E+308"),
    (5e-324, "4.94066E-324"),
]

SHOWN = [
    # code, number, text
    ("0", "2.5", "3"),
    ("0", "-2.5", "-3"),
    ("0.00", "2.675", "2.68"),
    ("0.00", "1e308", "1E+308"),
    ("0.00%", "0.7711", "77.11%"),
    ("0%", "0.7711", "77%"),
    ("0.0%", "1", "100.0%"),
    ("#,##0.00", "1234567.891", "1,234,567.89"),
    ("#,##0", "0", "0"),
    ("#,###", "0", ""),
    ("#,##0.00_ ", "1234.5", "1,234.50"),
    ("#,##0.00;[Red]-#,##0.00", "-1234.5", "-1,234.50"),
    ("0.00_);(0.00)", "-5", "(5.00)"),
    ('0.00"万元"', "185.17", "185.17万元"),
    ('0"分"', "8", "8分"),
    ('General"分"', "8.5", "8.5分"),
    ("G/通用格式", "12.5", "12.5"),
    ('0!.0,"万元"', "123456", "12.3万元"),
    ("0!.0000", "1851700", "185.1700"),
    ('0.00,,"百万"', "185170000", "185.17百万"),
    ("#,##0.0,", "1234567", "1,234.6"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.5", "1,234.50"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1234.5", "-1,234.50"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-"),
    ("00000", "123", "00123"),
    ("000-0000", "1234567", "123-4567"),
    ("0.0#", "5", "5.0"),
    ("0.##", "5", "5."),
    ("#.##", "0.5", ".5"),
    (";;;", "5", ""),
    ('0;-0;"零"', "0", "零"),
    ('[>=90]"优";[>=80]"良";"中"', "95", "优"),
    ('[>=90]"优";[>=80]"良";"中"', "85", "良"),
    ('[>=90]"优";[>=80]"良";"中"', "5", "中"),
    ('[=1]"是";[=0]"否";General', "1", "是"),
    ("[Red][<0]-0.0;0.0", "-3", "-3.0"),
    ("[$¥-804]#,##0.00", "1234.5", "¥1,234.50"),
    ("\\¥0.00", "5", "¥5.00"),
    ("[颜色3]0.0", "2", "2.0"),
    ("0.00E+00", "12345.678", "1.23E+04"),
    ("0.00E+00", "0", "0.00E+00"),
    ("##0.0E+0", "12345.678", "12.3E+3"),
    ("# ?/?", "3.25", "3 1/4"),
    ("# ??/??", "3.14159", "3 14/99"),
    ("# ?/8", "0.375", "3/8"),
    ("# ?/?", "5", "5"),
    ("?/?", "0.5", "1/2"),
    ("@", "123.5", "123.5"),
    ('yyyy"年"m"月"d"日"', "45000", "2023年3月15日"),
    ("yyyy/m/d", "45000", "2023/3/15"),
    ("yyyy-mm-dd hh:mm:ss", "45000.75", "2023-03-15 18:00:00"),
    ("yyyy.mm", "45000", "2023.03"),
    ("d-mmm-yy", "45000", "15-Mar-23"),
    ("aaaa", "45000", "星期三"),
    ("aaa", "45000", "周三"),
    ("[$-804]dddd", "45000", "星期三"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "45000", "二〇二三年三月十五日"),
    ('[DBNum1][$-804]m"月"d"日"', "45280", "十二月二十日"),
    ("[$-F800]dddd, mmmm dd, yyyy", "45000", "2023年3月15日"),
    ("h:mm AM/PM", "0.75", "6:00 PM"),
    ('上午/下午h"时"mm"分"', "0.75", "下午6时00分"),
    ("[h]:mm:ss", "2.5", "60:00:00"),
    ("mm:ss.0", "0.123456", "57:46.6"),
    ("yyyy-m-d", "0", "1900-1-0"),
    ("yyyy-m-d", "60", "1900-2-29"),
    ("yyyy-m-d", "-1", "-1"),
    ("yyyy-m-d", "2958466", "2958466"),
    ("0" * 500, "7", "7"),
]

DAYS = [
    ("yyyy-m-d", "1", date(1900, 1, 1)),
    ("yyyy-m-d", "59", date(1900, 2, 28)),
    ("yyyy-m-d", "60", None),
    ("yyyy-m-d", "61", date(1900, 3, 1)),
    ("yyyy-m-d", "45000.9", date(2023, 3, 15)),
    ("yyyy-m-d", "0", None),
    ("yyyy-m-d", "-5", None),
    ("yyyy-m-d", "2958465", date(9999, 12, 31)),
    ("yyyy-m-d", "2958466", None),
    ("yyyy-m-d", "1e300", None),
    ("h:mm", "45000.5", None),
    ("0.00", "45000", None),
    ('0.00"年"', "45000", None),
    ("General", "45000", None),
]


@pytest.mark.parametrize(("number", "text"), GENERAL)
def test_general(number: float, text: str) -> None:
    assert general(number) == text


@pytest.mark.parametrize(("code", "number", "text"), SHOWN)
def test_shown(code: str, number: str, text: str) -> None:
    assert number_format(code).show(Decimal(number)) == text


@pytest.mark.parametrize(("code", "number", "day"), DAYS)
def test_day(code: str, number: str, day: date | None) -> None:
    assert number_format(code).day(Decimal(number)) == day


def test_1904_dates_begin_later() -> None:
    shown = number_format("yyyy-mm-dd", True)
    assert shown.show(Decimal(43538)) == "2023-03-15"
    assert shown.day(Decimal(43538)) == date(2023, 3, 15)
    assert shown.day(Decimal(0)) == date(1904, 1, 1)


@pytest.mark.parametrize(
    ("code", "text"),
    [("General", "优"), ("0.00", "优"), (";;;", ""), ('@"元"', "优元"), ('0;0;0;"["@"]"', "[优]"), ("@", "优")],
)
def test_text_in_a_format(code: str, text: str) -> None:
    assert number_format(code).show_text("优") == text
    assert number_format(code).shows_text_plainly == (text == "优")


@pytest.mark.parametrize(
    ("number", "decimal"), [(0.77110000000000001, "0.7711"), (5.0, "5"), (-0.0, "0"), (1e20, "1E+20")]
)
def test_exact(number: float, decimal: str) -> None:
    assert exact(number) == Decimal(decimal)
    assert str(exact(number)) == decimal


@given(
    st.text(alphabet='0#?.,%/@Ee+-ymdhsa;"\\!_*[]<>=$9General上下午/ 元', max_size=30),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_no_format_fails(code: str, number: float) -> None:
    shown = NumberFormat(code)
    assert isinstance(shown.show(exact(number)), str)
    assert isinstance(shown.show_text("文"), str)
    shown.day(exact(number))


@given(
    st.sampled_from(["0", "0.00", "#,##0", "#,##0.00", "0.0%", '"约"0.000"元"', "000.0"]),
    st.decimals(-(10**12), 10**12, places=6),
)
def test_quick_rendering_equals_placing_digits(code: str, number: Decimal) -> None:
    quick, slow = parse(code), parse(code)
    assert NumberFormat(code).show(number) == _placed(slow[0], number)
    assert len(quick) == 1


def _placed(section: Section, number: Decimal) -> str:
    from xlsuite.hosts.display import numerals

    layout = numerals._lay_out(section)
    layout.quick = None
    section.layout = layout
    return ("-" if number < 0 else "") + numerals.number_text(section, abs(number))


@pytest.mark.office
def test_agrees_with_libreoffice(soffice: str, tmp_path: Path) -> None:
    """LibreOffice's own display of the same cells, days before March 1900 aside, which it counts otherwise."""
    codes = [
        *("0", "0.00", "0%", "0.00%", "#,##0", "#,##0.00", "0.00_);(0.00)", "00000", "0.0#", "000-0000", "0.00E+00"),
        *("#,##0.0,", "# ?/?", "# ??/??", '0.00"万元"', "yyyy-mm-dd", "yyyy/m/d", "hh:mm:ss", "[h]:mm", "d-mmm-yy"),
        *('yyyy"年"m"月"d"日"', "mm:ss.0", '[>=90]"优";[>=80]"良";"中"', '0;-0;"零"', "yyyy-mm-dd hh:mm", "dddd"),
    ]
    numbers = [0.0, 1.0, 0.5, 0.7711, 85.0, 95.5, 1234.5625, 45000.75, 2.675, 12345.875]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.set_column(0, len(numbers), 60)
        for row, code in enumerate(codes):
            for column, number in enumerate(numbers):
                page.write_number(row, column, number, book.add_format({"num_format": code}))
    source = tmp_path / "formats.xlsx"
    source.write_bytes(out.getvalue())
    command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,true", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "formats.csv").read_text("utf-8").splitlines()
    theirs = [[entry.strip().strip('"').strip() for entry in line.split("\t")] for line in lines]
    ours = [[number_format(code).show(exact(number)) for number in numbers] for code in codes]
    differing = [
        (code, number, mine, other)
        for code, mine_row, other_row in zip(codes, ours, theirs, strict=True)
        for number, mine, other in zip(numbers, mine_row, other_row, strict=True)
        if mine != other.replace("  ", " ") and not (number_format(code).day(Decimal(1)) and number < 61)
    ]
    assert differing == []
