"""Bars: a strip of more than 60 people. Which share of a lens gave which answer, with the number of people above."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .frame import Frame, frame_of
from .marks import HUES, LENSES
from .plot import ABSENCES, Table, Text, number, percent, pixels

ROW = 52  # px from one base line to the next
TALLEST = 30  # px, the largest share of all
WIDEST = 26  # px


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar on its base line, moved left by half its width."""

    x: str
    y: str
    width: str
    height: str
    shift: str
    classes: str


@dataclass(frozen=True, slots=True)
class Bars:
    """All that templates/workshops/charts/strip.html draws of more people."""

    question: str
    note: str
    sentence: str
    frame: Frame
    bases: tuple[str, ...]
    bars: tuple[Bar, ...]
    counts: tuple[Text, ...]
    you: tuple[tuple[str, str], ...]
    table: Table


def strip_counts(question, counts, *, you=None, rows=LENSES):
    """Answers of many people, counted.

    Parameters
    ----------
    question : Question
    counts : mapping of lens to mapping of answer to int
        People by their lens (a key of `rows`) and answer (a level, or the key of an absence).
    you : (lens, answer), optional
        Where the reader stands; a bar under that column says so.
    rows : mapping of str to str, optional
        What the rows are called, in their order; by default those of the lenses.

    Returns
    -------
    Bars
        Heights are shares of the lens, on one scale for all lenses: the largest share is 30 px high.
    """
    counts = {lens: Counter(counts[lens]) for lens in rows if sum(counts.get(lens, {}).values())}
    totals = {lens: sum(of_lens.values()) for lens, of_lens in counts.items()}
    everyone = sum(counts.values(), Counter())
    absences = [key for key in ABSENCES if everyone[key]]
    names = [f"{rows[lens]} {totals[lens]}" for lens in counts]
    frame = frame_of(question, absences, names, [ROW] * len(counts), base=0, drop=ROW / 2 - 10)
    bases = dict(zip(counts, (middle + ROW / 2 - 8 for middle in frame.middles), strict=True))
    drawn = list(_bars(counts, totals, bases, frame, _width(question, frame)))
    return Bars(
        question=str(question.text),
        note=question.caption(_("Share of each lens, with the number of people.")),
        sentence=question.sentence(everyone),
        frame=frame,
        bases=tuple(number(base) for base in bases.values()),
        bars=tuple(bar for bar, _count in drawn),
        counts=tuple(count for _bar, count in drawn),
        you=((percent(frame.at[you[1]]), number(bases[you[0]] - 11.5)),) if you else (),
        table=question.count_table(str(question.title), list(zip(names, counts.values(), strict=True))),
    )


def _bars(counts, totals, bases, frame, width):
    largest = max((max(of_lens.values()) / totals[lens] for lens, of_lens in counts.items()), default=1)
    for lens, of_lens in counts.items():
        for place, count in of_lens.items():
            if count:
                height = count / totals[lens] / largest * TALLEST
                yield _bar(lens, place, height, count, bases[lens], frame, width)


def _width(question, frame):
    low, high = frame.at[question.first], frame.at[question.first + 1]
    return min(WIDEST, pixels(high - low) - 5)


def _bar(lens, place, height, count, base, frame, width):
    x = percent(frame.at[place])
    hollow = " m-hollow" if place in ABSENCES else ""
    bar = Bar(
        x=x,
        y=number(base - height),
        width=number(width),
        height=number(height),
        shift=f"translate({number(-width / 2)} 0)",
        classes=f"m-{HUES.get(lens, 'other')}{hollow}",
    )
    return bar, Text(str(count), x, number(base - height - 5), "mid")
