"""Which points an answer may take in a round."""

from .schema import Scales

LOWEST = {"importance": 1, "satisfaction": 1, "evidence": 0, "same_meaning": 0}
FIST = range(6)


def with_scales(file):
    """The same file with every round's scales stated in the round: its own, else those on top, else the defaults."""
    rounds = tuple(each.model_copy(update={"scales": _filled_in(each.scales, file.scales)}) for each in file.rounds)
    return file.model_copy(update={"rounds": rounds, "scales": Scales()})


def points(round_):
    """The points that each field of a rating may take in this round; None where it was not asked.

    What most of the team will say (`expected`) is said on the scale of importance.
    """
    taken = {name: _range(getattr(round_.scales, name), lowest) for name, lowest in LOWEST.items()}
    return taken | {"expected": taken["importance"], "fist": FIST if round_.kind == "fist" else None}


def _filled_in(own, on_top):
    stated = {name: getattr(own, name) for name in own.model_fields_set}
    return Scales(**{name: getattr(on_top, name) for name in LOWEST} | stated)


def _range(levels, lowest):
    return None if levels is None else range(lowest, lowest + levels)
