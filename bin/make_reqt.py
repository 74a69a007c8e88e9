#!/usr/bin/env python3
"""Make samples/reqt.json, a workshop file, from the published reqT survey of 2015 in tests/data/reqt-survey.

Usage: bin/make_reqt.py [OUTPUT]. Needs nothing but Python; the same data gives the same bytes.

What it decides, where the data leaves it open:

* Usage 0, 1, 2 became importance 1, 2, 3: the survey asked nobody what matters, and usage is what comes nearest.
* A concept is a goal because every item has a kind; no concept is one.
* The two answers without a usage are recorded as asked and not answered. The nine with a usage and no meaning stay
  without a meaning.
* Only the 92 concepts that all 14 people were asked about are taken. Single people proposed nine more.
* Half of the people are teachers, developers and researchers at once, so everybody has the role "Other".
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
DATA = REPOSITORY / "tests" / "data" / "reqt-survey"
SAMPLE = REPOSITORY / "samples" / "reqt.json"

ROLE = {"key": "other", "name": "Other"}
NO_ANSWER = ""

WORKSHOP = {
    "title": "reqT survey 2015: do we mean the same words?",
    "question": "Which of these 92 concepts of requirements engineering do you use, and do you mean the same by them?",
    "segment": "People who teach and study requirements engineering, each speaking of their own use",
    "strategy": (
        "This is a published survey shown as a workshop; no such workshop was held. In 2015, 14 Swedish scholars of"
        " requirements engineering answered a pilot survey on the 92 concepts of the modelling tool reqT. They are not"
        " one team, they share no customer, and nobody wrote a strategy for them. For each concept they said how much"
        " they use it, shown here as importance: 1 means never used or not heard of, 2 and 3 mean used. They also said"
        " whether they mean by it what the survey’s definition says: similar is shown as same, don’t know as not sure."
        " The concepts stand as goals only because everything in a workshop is a goal, a pain or an alternative."
        " Data: Björn Regnell, github.com/bjornregnell/reqT-survey, MIT licence."
    ),
    "candour": "open",
    "stage": "closed",
    "revealed": True,
}


def main(output=SAMPLE):
    """Write the sample to `output`, in the canonical form of a workshop file."""
    answers = read_answers()
    sample = {
        "format": "parallax-workshop/1",
        "team": {"name": "reqT survey 2015", "roles": [ROLE]},
        "workshop": WORKSHOP,
        "people": [person(key) for key in dict.fromkeys(answer["person"] for answer in answers)],
        "items": [item(*names) for names in dict.fromkeys((answer["kind"], answer["concept"]) for answer in answers)],
        "rounds": [rate_round(answers)],
    }
    text = json.dumps(sample, indent=2, ensure_ascii=False) + "\n"
    Path(output).write_bytes(text.encode())


def read_answers():
    """The answers about the concepts that everybody was asked about, one dictionary each, in the order of the data."""
    with (DATA / "ratings_long.csv").open(encoding="utf-8", newline="") as file:
        answers = list(csv.DictReader(file))
    everybody = len({answer["person"] for answer in answers})
    asked = Counter(answer["concept"] for answer in answers)
    return [answer for answer in answers if asked[answer["concept"]] == everybody]


def person(key):
    """One person under their study id."""
    return {"key": key, "name": f"Person {key}", "role": ROLE["key"]}


def item(kind, concept):
    """One concept; its kind stands behind it, for “is” and “Max” alone say little."""
    return {"key": concept, "kind": "goal", "title": f"{concept} ({kind.lower()})"}


def rate_round(answers):
    """All answers as one closed rate round on scales of three points."""
    return {
        "key": "survey",
        "kind": "rate",
        "closed": True,
        "scales": {"importance": 3, "satisfaction": None, "evidence": None},  # same_meaning has three points anyway
        "ratings": [rating(answer) for answer in answers],
    }


def rating(answer):
    """What one person answered about one concept."""
    entry = {"person": answer["person"], "item": answer["concept"]}
    if answer["usage"] == NO_ANSWER:
        return entry | {"answer": "asked"}
    entry |= {"answer": "rated", "importance": int(float(answer["usage"])) + 1}
    return entry if answer["meaning"] == NO_ANSWER else entry | {"same_meaning": int(float(answer["meaning"]))}


if __name__ == "__main__":
    main(*sys.argv[1:2])
