"""How long the pre-work takes: what the pages measured, or, until enough people were measured, what we planned."""

import math
import random
from dataclasses import dataclass

from django.db import connection

from .models import Bucket, Pace

Part = Pace.Part
WRITING = (Part.WARM_UP, Part.GOALS, Part.PAINS, Part.ALTERNATIVES)
# Seconds: for a part of writing as a whole, for one item in rating.
PLANNED = {
    Part.WARM_UP: 120,
    Part.GOALS: 180,
    Part.PAINS: 180,
    Part.ALTERNATIVES: 120,
    Part.RATE: 10,
    Part.FOLLOW_UP: 14,
}
LAST = 200
ENOUGH = 5
MOST_SECONDS = 3600
A_DAY = 24 * 3600

# For each part by itself, so that each takes a look at the end of the index and no more.
MEDIANS = """
SELECT asked.part, percentile_cont(0.5) WITHIN GROUP (ORDER BY newest.seconds), count(*)
FROM unnest(%s::text[]) AS asked (part) CROSS JOIN LATERAL (
    SELECT p.seconds FROM workshops_pace p WHERE p.part = asked.part ORDER BY p.id DESC LIMIT %s) AS newest
GROUP BY asked.part
"""


@dataclass(frozen=True)
class Estimate:
    """How long the whole takes and what is left of it, in minutes; `is_measured` when no plan of ours is in it."""

    left: int
    whole: int
    is_measured: bool

    @property
    def done(self):
        """Minutes of work behind the reader."""
        return max(self.whole - self.left, 0)


def estimate(shares):
    """What is left, from the share that is done of each part.

    Parameters
    ----------
    shares : dict
        0 to 1 for each part of the pre-work.
    """
    seconds, is_measured = medians(list(shares))
    left = sum(seconds[part] * (1 - share) for part, share in shares.items())
    whole = sum(seconds.values())
    return Estimate(math.ceil(left / 60), max(math.ceil(whole / 60), 1), is_measured)


def medians(parts):
    """Seconds that each part takes, and whether all of them were measured."""
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS, [[str(part) for part in parts], LAST])
        measured = {part: seconds for part, seconds, count in cursor.fetchall() if count >= ENOUGH}
    return {part: measured.get(str(part), PLANNED[part]) for part in parts}, len(measured) == len(parts)


def clean(posted):
    """What a page says it measured, without what cannot be: {part: seconds}."""
    said = {part: posted.get(f"seconds-{part}", "") for part in WRITING}
    numbers = {part: int(text) for part, text in said.items() if text.isascii() and text.isdigit() and len(text) < 6}
    return {part: seconds for part, seconds in numbers.items() if 1 <= seconds <= MOST_SECONDS}


def keep(participant_id, seconds):
    """Keep measured seconds, without the person; once a day and person, so that nobody bends the median alone."""
    if seconds and Bucket.objects.take("pace", participant_id, most=1, seconds=A_DAY):
        Pace.objects.bulk_create(Pace(part=part, seconds=count) for part, count in seconds.items())


# -- rating ------------------------------------------------------------------------------------------------------------
A_FEW = 6
MOST_SECONDS_AN_ITEM = 600
ONE_IN = 4  # else only somebody's first items were measured, which take longest


def keep_one(participant_id, part, posted):
    """Keep how long one item took, if the page measured it: of some items only, and a few a day and person."""
    text = posted.get("seconds", "")
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= seconds <= MOST_SECONDS_AN_ITEM or random.SystemRandom().randrange(ONE_IN):
        return
    if Bucket.objects.take(f"pace-{part}", participant_id, most=A_FEW, seconds=A_DAY):
        Pace.objects.create(part=part, seconds=seconds)
