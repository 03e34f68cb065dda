"""Numbers in General, decimal, percent, scientific and fraction formats. Rounding is half up, as in spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xlsuite.hosts.display.codes import Section, Token

_DIGITS = frozenset("0#?")


def general(number: float) -> str:
    """The text of ``number`` in format General: at most eleven characters, then fewer decimals or an exponent."""
    whole = int(number)
    if whole == number and abs(whole) < 10**11:
        return str(whole)
    size = abs(number)
    if not 1e-9 <= size < 1e11:
        return _exponent(number)
    if size < 1e-4:
        small = f"{number:.12f}".rstrip("0")
        return small if len(small) <= 11 + (number < 0) else _exponent(number)
    places = 10 - len(str(int(size)))
    if places < 1:
        return general(round(number))
    return f"{number:.{places}f}".rstrip("0").rstrip(".")


def _exponent(number: float) -> str:
    mantissa, power = f"{number:.5E}".split("E")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{power[0]}{int(power[1:]):02d}"


def exact(number: float) -> Decimal:
    """The decimal a person means by a stored float: 0.77110000000000001 is 0.7711. ``number`` must be finite."""
    if number.is_integer() and -1e16 < number < 1e16:
        return Decimal(int(number))
    return Decimal(repr(number))


@dataclass(slots=True)
class _Layout:
    """A number section taken apart. ``shift`` is the power of ten from percent signs and scaling commas."""

    before: list[Token]
    after: list[Token]
    tail: list[Token]
    point: bool = False
    thousands: bool = False
    shift: int = 0
    exponent: str = ""
    power: int = 0
    fraction: tuple[int, int] | None = None
    """(most digits of the denominator, or 0; the fixed denominator, or 0)."""
    quick: tuple[str, str] | None = None
    """(prefix, suffix) when the places are plain: digits without literals between them."""
    unit: Decimal = Decimal(1)


def _layout(section: Section) -> _Layout:
    if not isinstance(section.layout, _Layout):
        section.layout = _lay_out(section)
    assert isinstance(section.layout, _Layout)
    return section.layout


def quick_text(section: Section) -> Callable[[Decimal], str] | None:
    """What shows any number, sign included, in a section of the usual kind (0.00, #,##0.00"元", 0%); else None."""
    layout = _layout(section)
    if layout.quick is None or layout.fraction:
        return None
    prefix, suffix = layout.quick[0].lstrip(" "), layout.quick[1].rstrip(" ")
    unit, shift, kind = layout.unit, layout.shift, ",f" if layout.thousands else "f"

    def text(number: Decimal) -> str:
        rounded = (number.scaleb(shift) if shift else number).quantize(unit, ROUND_HALF_UP)
        sign = "-" if number < 0 else ""
        return f"{sign}{prefix}{rounded.copy_abs():{kind}}{suffix}"

    return text


def number_text(section: Section, size: Decimal) -> str:
    """The text of a number that is not negative, without sign."""
    layout = _layout(section)
    if layout.fraction:
        return _as_fraction(layout, size)
    if layout.exponent:
        return _as_scientific(layout, size)
    if layout.shift:
        size = size.scaleb(layout.shift)
    rounded = size.quantize(layout.unit, rounding=ROUND_HALF_UP)
    if layout.quick:
        prefix, suffix = layout.quick
        return f"{prefix}{rounded:,f}{suffix}" if layout.thousands else f"{prefix}{rounded:f}{suffix}"
    return _placed(layout, rounded)


def _lay_out(section: Section) -> _Layout:
    layout = _Layout([], [], [])
    tokens = list(section.tokens)
    if any(token.kind == "/" for token in tokens) and _split_fraction(layout, tokens):
        return layout
    _split_places(layout, tokens)
    places = sum(token.kind in _DIGITS for token in layout.after)
    layout.unit = Decimal(1).scaleb(-places)
    layout.quick = None if layout.exponent else _quick(layout)
    return layout


def _split_places(layout: _Layout, tokens: list[Token]) -> None:
    part, seen = layout.before, False
    last_digit = max((index for index, token in enumerate(tokens) if token.kind in _DIGITS), default=-1)
    point_at = next((index for index, token in enumerate(tokens) if token.kind == "."), len(tokens))
    last_whole = max((i for i, token in enumerate(tokens[:point_at]) if token.kind in _DIGITS), default=-1)
    for index, token in enumerate(tokens):
        if token.kind == "." and not layout.point and not layout.exponent:
            layout.point, part = True, layout.after
        elif token.kind == ",":
            if seen and index < last_whole:
                layout.thousands = True
            elif seen and not layout.exponent and (index > last_digit or index < point_at):
                layout.shift -= 3
        elif token.kind == "E":
            layout.exponent, part = token.text, layout.tail
        elif part is layout.tail and token.kind in _DIGITS:
            layout.power += 1
        else:
            seen = seen or token.kind in _DIGITS
            layout.shift += 2 * (token.kind == "%")
            part.append(token)


def _quick(layout: _Layout) -> tuple[str, str] | None:
    """Prefix and suffix when the whole places end in one 0 and the decimals are all 0, with nothing in between."""
    whole = [index for index, token in enumerate(layout.before) if token.kind in _DIGITS]
    if not whole:
        return None
    kinds = "".join(token.kind for token in layout.before[whole[0] : whole[-1] + 1])
    if kinds.lstrip("#") != "0":
        return None
    decimals = [token for token in layout.after if token.kind in _DIGITS]
    if any(token.kind != "0" for token in layout.after[: len(decimals)]) or (layout.point and not decimals):
        return None
    if layout.point and layout.before[whole[-1] + 1 :]:
        return None
    rest = layout.after[len(decimals) :] if layout.point else layout.before[whole[-1] + 1 :]
    return _literal(layout.before[: whole[0]]), _literal(rest)


def _literal(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens)


def _placed(layout: _Layout, rounded: Decimal) -> str:
    """Digits put into their places one by one, with the literals between them."""
    whole, _, decimals = f"{rounded:f}".partition(".")
    text = _whole(layout.before, "" if whole == "0" else whole, layout.thousands)
    if layout.point:
        text += "." + _decimals(layout.after, decimals)
    return text


def _whole(tokens: list[Token], digits: str, thousands: bool) -> str:
    places = sum(token.kind in _DIGITS for token in tokens)
    if not places:
        return _literal(tokens) + digits
    pieces: list[str] = []
    filled = 0
    for token in reversed(tokens):
        if token.kind not in _DIGITS:
            pieces.append(token.text)
            continue
        places -= 1
        wanted = digits[::-1][filled:] if not places else digits[::-1][filled : filled + 1]
        wanted = wanted or {"0": "0", "?": " ", "#": ""}[token.kind]
        for digit in wanted:
            if thousands and filled and filled % 3 == 0 and digit != " ":
                pieces.append(",")
            pieces.append(digit)
            filled += 1
    return "".join(reversed(pieces))


def _decimals(tokens: list[Token], digits: str) -> str:
    kept = len(digits.rstrip("0"))
    text, at = "", 0
    for token in tokens:
        if token.kind not in _DIGITS:
            text += token.text
            continue
        text += digits[at] if at < kept or token.kind == "0" else " " if token.kind == "?" else ""
        at += 1
    return text


def _as_scientific(layout: _Layout, size: Decimal) -> str:
    places = max(sum(token.kind in _DIGITS for token in layout.before), 1)
    power = size.adjusted() if size else 0
    power -= power % places if places > 1 else 0
    mantissa = size.scaleb(-power).quantize(layout.unit, rounding=ROUND_HALF_UP)
    if mantissa >= Decimal(1).scaleb(places):
        power += places
        mantissa = size.scaleb(-power).quantize(layout.unit, rounding=ROUND_HALF_UP)
    sign = "-" if power < 0 else "+" if layout.exponent == "+" else ""
    return f"{_placed(layout, mantissa)}E{sign}{abs(power):0{max(layout.power, 1)}d}{_literal(layout.tail)}"


def _split_fraction(layout: _Layout, tokens: list[Token]) -> bool:
    """Fill the layout of ``# ??/??`` or ``# ?/8``; False when the slash is no fraction bar."""
    bar = next(index for index, token in enumerate(tokens) if token.kind == "/")
    start = bar
    while start and tokens[start - 1].kind in _DIGITS:
        start -= 1
    stop = bar + 1
    while stop < len(tokens) and (tokens[stop].kind in _DIGITS or tokens[stop].text.isdigit()):
        stop += 1
    if start == bar or stop == bar + 1:
        return False
    below = "".join(token.text for token in tokens[bar + 1 : stop])
    fixed = int(below) if below.isdigit() and below.strip("0") else 0
    layout.before, layout.tail = tokens[:start], tokens[stop:]
    layout.fraction = len(below), fixed
    return True


def _as_fraction(layout: _Layout, size: Decimal) -> str:
    from fractions import Fraction

    digits, fixed = layout.fraction or (1, 0)
    mixed = any(token.kind in _DIGITS for token in layout.before)
    whole = int(size) if mixed else 0
    rest = Fraction(size - whole)
    if fixed:
        above, below = int(rest * fixed + Fraction(1, 2)), fixed
    else:
        near = rest.limit_denominator(10 ** min(digits, 7) - 1)
        above, below = near.numerator, near.denominator
    if mixed and above >= below:
        whole, above = whole + 1, 0
    if not above and mixed:
        return str(whole) + _literal(layout.tail)
    return (f"{whole} " if whole else "") + f"{above}/{below}" + _literal(layout.tail)
