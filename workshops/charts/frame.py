"""The frame of a strip: levels across, a row for each lens, an axis with its words, and apart from it the absences."""

from dataclasses import dataclass
from itertools import accumulate

from .plot import LINE, Text, fits, lines, number, percent, wrap

TOP = 6
LABEL_SHARE = 19  # per cent for the names of the rows
FIRST = 24  # per cent, where the lowest level stands
# The highest level and the absences, by how many absences there are.
PLACES = {0: (93, ()), 1: (70, (90,)), 2: (62, (77, 93)), 3: (55, (67, 80, 93)), 4: (50, (60, 71, 82, 93))}


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything of a strip but the answers."""

    height: str
    top: str
    axis_left: str
    axis_right: str
    axis: str
    rules: tuple[str, ...]
    divider: str
    middles: tuple[float, ...]
    texts: tuple[Text, ...]
    at: dict[int | str, float]


def places_of(question, absences, first=FIRST):
    """Where each answer stands, in per cent: levels first, then the absences that occur."""
    last, apart = PLACES[len(absences)]
    step = (last - first) / (question.levels - 1)
    at = {answer: first + step * n for n, answer in enumerate(question.answers)}
    return at | dict(zip(absences, apart, strict=True))


def frame_of(question, absences, names, heights, *, base=4, drop=4, first=FIRST):
    """The frame for rows called `names` with these `heights` in px.

    `base` px lie between the last row and the axis, `drop` px between a row's middle and the base line of its name.
    The lowest level stands at `first` per cent.
    """
    at = places_of(question, absences, first)
    levels = [at[answer] for answer in question.answers]
    feet = list(accumulate(heights, initial=TOP))
    middles = [foot + height / 2 for foot, height in zip(feet, heights, strict=False)]
    axis = feet[-1] + base
    below = _below(question, absences, at, levels, axis)
    return Frame(
        height=number(max(float(text.y) for text in below) + 6),
        top=number(TOP),
        axis_left=percent(levels[0] - 3),
        axis_right=percent(levels[-1] + 3),
        axis=number(axis),
        rules=tuple(percent(level) for level in levels),
        divider=percent((levels[-1] + at[absences[0]]) / 2) if absences else "",
        middles=tuple(middles),
        texts=(*_row_names(names, middles, drop), *below),
        at=at,
    )


def _row_names(names, middles, drop):
    return [
        text
        for name, middle in zip(names, middles, strict=True)
        if name
        for text in lines(name, LABEL_SHARE, x=0, y=middle + drop - LINE * (len(wrap(name, LABEL_SHARE)) - 1) / 2)
    ]


def _below(question, absences, at, levels, axis):
    """All words under the axis: of the levels, of the absences, and under the levels' what the two ends mean."""
    words = _tick_words(question, levels)
    ticks = [text for place, word in words.items() for text in _centred(word, place, axis + 17, _slot(levels))]
    ends = _ends(question, words, levels, max(float(text.y) for text in ticks) + LINE + 3)
    return [*ticks, *_absence_words(question, absences, at, axis), *ends]


def _slot(levels):
    """What the words of one level may take up: from one level to the next, but no more than the margin allows twice."""
    return min(levels[1] - levels[0], 30) - 1


def _centred(text, x, y, share):
    return lines(text, share, x=x, y=y, classes="mid")


def _tick_words(question, levels):
    """The words under the levels where all have room, else their numbers."""
    distance = levels[1] - levels[0]
    step = dict(zip(question.answers, question.words, strict=False))
    roomy = step and all(fits(str(word), distance - 1) for word in step.values())
    words = [str(step[answer]) if roomy else str(answer) for answer in question.answers]
    return dict(zip(levels, words, strict=True))


def _absence_words(question, absences, at, axis):
    if not absences:
        return []
    share = 19 if len(absences) == 1 else min(15, at[absences[-1]] - at[absences[-2]]) - 1
    return [text for key in absences for text in _centred(question.says(key), at[key], axis + 17, share)]


def _ends(question, ticks, levels, y):
    """What the two ends mean: as given, or the first and last word where the words have no room of their own."""
    low, high = (str(end) for end in question.ends)
    if question.words and str(question.words[0]) not in ticks.values():
        low, high = str(question.words[0]), str(question.words[-1])
    if not low and not high:
        return []
    axis = levels[-1] - levels[0] + 6
    left = right = (axis - 2) / 2
    if low and high and fits(f"{low}__{high}".replace(" ", "_"), axis):
        left, right = axis * len(low) / (len(low) + len(high)), axis
    return [
        *lines(low, left, x=levels[0] - 3, y=y),
        *lines(high, right, x=levels[-1] + 3, y=y, classes="end"),
    ]
