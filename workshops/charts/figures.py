"""How a number is written on a page."""

MINUS = "\N{MINUS SIGN}"


def ratio(value):
    """A share or an alignment, to two places and without the leading zero.

    >>> ratio(0.294), ratio(-0.06), ratio(1), ratio(-0.001)
    ('.29', '−.06', '1.00', '.00')
    """
    text = f"{abs(value):.2f}"
    sign = MINUS if value < 0 and text != "0.00" else ""
    return sign + text.removeprefix("0")


def points(value):
    """A distance in points of the scale, to one place.

    >>> points(1.72), points(-0.4), points(2), points(-0.04)
    ('1.7', '−0.4', '2.0', '0.0')
    """
    text = f"{abs(value):.1f}"
    return MINUS + text if value < 0 and text != "0.0" else text


def mean(value):
    """A place on the scale: to one place, whole levels without it.

    >>> mean(4.0), mean(1.5), mean(3.333), mean(3.98)
    ('4', '1.5', '3.3', '4')
    """
    return points(value).removesuffix(".0")
