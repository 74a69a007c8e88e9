"""How the answers to one item lie on the scale, told in numbers that a person can count."""

from .results import Number
from .tally import Tally


def disagreement(tally: Tally, item: int) -> float:
    """1 - agreement on one item, capped to [0, 1]."""
    return float(min(1.0, max(0.0, 1 - tally.agreement[item])))


def importance_share(tally: Tally, item: int) -> float:
    """Mean importance as a share of the highest; the middle of the scale where nobody rated."""
    mean = tally.mean[item] if tally.raters[item] else (1 + tally.levels) / 2
    return float(mean) / tally.levels


def spread_numbers(tally: Tally, item: int) -> dict[str, Number]:
    """How many answered low, between and high, and how far apart two people are, in points and against chance."""
    low, between, high = tally.ends
    return {
        "raters": int(tally.raters[item]),
        "asked": int(tally.asked[item]),
        "low": int(low[item]),
        "middle": int(between[item]),
        "high": int(high[item]),
        "mean": float(tally.mean[item]),
        "agreement": float(tally.agreement[item]),
        "points_between_two": float(tally.distance[item] * (tally.levels - 1)),
    }
