"""Published data, read the way its README says."""

import csv
import json
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "data"
NAPIRE_LEVELS = {"I disagree": 1, "Não concordo": 1, "Neutral": 2, "Neutro": 2, "I agree": 3, "Concordo": 3}
NAPIRE_COLUMNS = [*(f"v_{number}" for number in range(236, 257)), "v_507"]
NAPIRE_ROLES = {
    "Project Lead / Project Manager": "lead",
    "Líder de Projeto / Gerente de Projeto": "lead",
    "Business Analyst": "analyst",
    "Analista de Negócios": "analyst",
    "Requirements Engineer": "requirements",
    "Engenheiro de Requisitos": "requirements",
    "Developer": "developer",
    "Desenvolvedor": "developer",
    "Architect": "architect",
    "Arquiteto": "architect",
    "Test Manager / Tester": "tester",
    "Gerente de Teste / Testador": "tester",
}


def rows(path, **options):
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, **options))


def napire():
    """Ratings of 22 problems by 228 practitioners on three levels, and their roles folded from two languages."""
    subjects = rows("napire2014/napire-subjects.csv", delimiter=";")
    ratings = [[NAPIRE_LEVELS.get(subject[column], np.nan) for column in NAPIRE_COLUMNS] for subject in subjects]
    return np.array(ratings, dtype=float), [NAPIRE_ROLES.get(subject["v_14"], "other") for subject in subjects]


def brexit():
    """Votes of 204 people on 50 statements as levels 1 to 3, and the group that Polis put each person in."""
    people = rows("polis-brexit-consensus/participants-votes.csv")
    votes = [[float(person[str(item)] or "nan") + 2 for item in range(50)] for person in people]
    return np.array(votes), [f"group {person['group-id']}".strip() for person in people]


def reqt_ratings():
    """The survey's rows about its own concepts: those with a usage."""
    return [row for row in rows("reqt-survey/ratings_long.csv") if row["usage"]]


def reqt_concepts():
    """The 92 concepts as kind and name, in the order of the columns of `reqt_usage` and `reqt_meaning`."""
    return sorted({(row["kind"], row["concept"]) for row in reqt_ratings()})


def reqt_usage():
    """Usage of 92 concepts by 14 people as levels 1 to 3."""
    return reqt_table("usage") + 1


def reqt_meaning():
    """Whether each person means the same by a concept as the survey: 0 different, 1 don't know, 2 similar."""
    return reqt_table("meaning")


def reqt_table(column):
    """One column of the survey by people and concepts, NaN where it was left empty."""
    ratings, concepts = reqt_ratings(), reqt_concepts()
    people = sorted({row["person"] for row in ratings})
    table = np.full((len(people), len(concepts)), np.nan)
    for row in ratings:
        table[people.index(row["person"]), concepts.index((row["kind"], row["concept"]))] = float(row[column] or "nan")
    return table


def reqt_similar():
    """People per concept who use it and mean the same by it as the survey."""
    counts = {}
    for row in reqt_ratings():
        similar = float(row["usage"]) >= 1 and row["meaning"] == "2.0"
        counts[row["concept"]] = counts.get(row["concept"], 0) + similar
    return counts


def examples():
    """Worked examples from papers and packages."""
    return json.loads((DATA / "published-examples/examples.json").read_text(encoding="utf-8"))
