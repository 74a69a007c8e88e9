#!/usr/bin/env python3
"""Make samples/napire.json, a workshop file, from the published NaPiRE survey data of 2014 in tests/data/napire2014.

Usage: bin/make_napire.py [OUTPUT]. Needs nothing but Python; the same data gives the same bytes.

What it decides, where the data leaves it open:

* Every problem was put to all 228 people, and the data does not tell who left a page empty from who never reached it,
  so a rating that is blank, 0 or NaN is recorded as asked and not answered; also for the 19 people who rated nothing.
* The nine people whose role is 0, not given, are counted among "Other": the survey has seven role groups.
* A star is a problem the person named among their own top five, whether they rated it or not. A problem that someone
  named twice has one star.
* What somebody wrote as the cause of a problem, and as what is done about it, are statements of their own, one for each
  text, linked to the problem. They are read from the people's own rows, not from the study's coded table napire.csv,
  which has the mitigations of 14 people from Canada and Finland in other people's rows.
* A text that only says that there is no answer (`NOTHING_SAID`) is none. One that points to an earlier text ("Same")
  stays as it is: the study coded most of those, so there is something meant by them.
"""

import csv
import json
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
DATA = REPOSITORY / "tests" / "data" / "napire2014"
SAMPLE = REPOSITORY / "samples" / "napire.json"

# (key, name, lens, what the survey calls it in English and in Portuguese)
ROLES = [
    (
        "lead",
        "Project lead or manager",
        "decide",
        {"Project Lead / Project Manager", "Líder de Projeto / Gerente de Projeto"},
    ),
    ("analyst", "Business analyst", "decide", {"Business Analyst", "Analista de Negócios"}),
    ("requirements", "Requirements engineer", "decide", {"Requirements Engineer", "Engenheiro de Requisitos"}),
    ("developer", "Developer", "build", {"Developer", "Desenvolvedor"}),
    ("architect", "Architect", "build", {"Architect", "Arquiteto"}),
    ("tester", "Tester", "build", {"Test Manager / Tester", "Gerente de Teste / Testador"}),
    ("other", "Other", "none", {"Other", "Outro", "0"}),
]

# The 21 problems in the order of the columns v_236 to v_256, as the Portuguese questionnaire names them.
PROBLEMS_IN_PORTUGUESE = [
    "Falhas de comunicação internas na equipe de desenvolvimento",
    "Falhas de comunicação entre desenvolvedores e clientes",
    "Problemas de terminologia",
    "Responsabilidades não claramente definidas",
    "Especificação incompleta / Requisitos implícitos não explicitados",
    "Apoio insuficiente do líder de projeto",
    "Apoio insuficiente do cliente",
    "Interessados com dificuldades em separar requisitos de soluções de projeto previamente conhecidas",
    "Requisitos inconsistentes",
    "Rastreabilidade inexistente",
    "Requisitos voláteis (mudanças nos objetivos do sistema, processos de negócio e/ou requisitos)",
    '"Gold plating" (implementação de funcionalidades sem que existam requisitos, ou seja,'
    " não solicitadas pelos usuários)",
    "Fraco acesso às necessidades do clientes e/ou informações (internas) de negócio",
    "Fraco conhecimento do domínio de aplicação do cliente",
    "Fraco relacionamento com o cliente",
    "Cronograma / Falta de tempo de maneira geral",
    "Discrepância entre um alto grau de inovação e a necessidade de obter o aceite formal dos requisitos"
    " (potencialmente errados / incompletos / desconhecidos)",
    "Requisitos tecnicamente inviáveis",
    "Requisitos pouco especificados, abstratos demais e permitindo diversas interpretações",
    "Requisitos não funcionais não claros / não mensuráveis",
    "Domínio de negócio do cliente volátil com respeito a, e.g., mudanças nos contatos, processos de negócio ou"
    " requisitos",
]
FIRST_PROBLEM_COLUMN = 9  # in the third header row of napire.csv, which names the problems in English
UNPUBLISHED = "v_507"  # an item that the survey inserted after the fifth problem
UNPUBLISHED_PLACE = 5

POINTS = {"I disagree": 1, "Não concordo": 1, "Neutral": 2, "Neutro": 2, "I agree": 3, "Concordo": 3}
NO_ANSWER = {"", "0", "NaN"}
TOP_FIVE = ["v_342", "v_344", "v_346", "v_348", "v_350"]
NO_CHOICE = {"", "0", "NaN", "Please make a selection", "Por favor selecione uma das opções"}

# What people wrote about each of their top five: (letter in the key, kind of statement, kind of link, columns)
WRITTEN = [
    ("c", "pain", "causes", ["v_391", "v_392", "v_393", "v_394", "v_395"]),
    ("m", "alternative", "serves", ["v_513", "v_514", "v_515", "v_516", "v_517"]),
]
NOTHING_SAID = {
    *("-99", "-66"),  # the survey's own marks: left empty, not shown
    *("-", "--", "n/a", "none", "no mitigations", "currently no mitigation", "no idea", "unknown", "don't know"),
    *("don't know how?", "i do not understand the question."),
}
LONGEST_LABEL = 120

WORKSHOP = {
    "title": "NaPiRE 2014: what hurts in requirements engineering",
    "question": "Which of these 22 problems do practitioners meet in requirements engineering?",
    "segment": "Software projects in ten countries, each person speaking of their own",
    "strategy": (
        "This is a published survey shown as a workshop; no such workshop was held. In 2014, 228 practitioners in ten"
        " countries answered the survey NaPiRE (Naming the Pain in Requirements Engineering). They are not one team,"
        " they share no customer, and nobody wrote a strategy for them. For each problem they said “I disagree”,"
        " “Neutral” or “I agree”, shown here as importance 1, 2 or 3. A star marks a problem that the person named"
        " among their own top five. What they wrote as causes of these five, and as what they do about them, stands as"
        " pains and alternatives of their own, in the language they wrote in. Roles and problems are folded from"
        " English and Portuguese, nine people who gave no role count as “Other”, and which question stands for which"
        " problem is inferred, since the codebook is not published. Data: NaPiRE, doi 10.6084/m9.figshare.5845083,"
        " CC BY 4.0."
    ),
    "candour": "open",
    "stage": "closed",
    "revealed": True,
}


def main(output=SAMPLE):
    """Write the sample to `output`, in the canonical form of a workshop file."""
    subjects = read_subjects()
    items = problem_items()
    keys_by_name = item_keys_by_name(items)
    statements, links = statements_and_links(subjects, keys_by_name)
    sample = {
        "format": "parallax-workshop/1",
        "team": {"name": "NaPiRE 2014", "roles": team_roles()},
        "workshop": WORKSHOP,
        "people": [person(subject) for subject in subjects],
        "items": items,
        "statements": statements,
        "links": links,
        "rounds": [rate_round(subjects, items, keys_by_name)],
    }
    text = json.dumps(sample, indent=2, ensure_ascii=False) + "\n"
    Path(output).write_bytes(text.encode())


def read_subjects():
    """The survey's 228 people, one dictionary each, in the order of the data."""
    with (DATA / "napire-subjects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def problem_items():
    """The 22 problems as items under the number of their question, in the order of the questionnaire."""
    items = [
        {"key": f"v_{236 + position}", "kind": "pain", "title": title}
        for position, title in enumerate(problems_in_english())
    ]
    unpublished = {"key": UNPUBLISHED, "kind": "pain", "title": f"Survey item {UNPUBLISHED} (wording not published)"}
    items.insert(UNPUBLISHED_PLACE, unpublished)
    return items


def problems_in_english():
    """The names of the 21 published problems, in the order of the columns v_236 to v_256."""
    with (DATA / "napire.csv").open(encoding="utf-8", newline="") as file:
        header = list(csv.reader(file, delimiter=";"))[2]
    return header[FIRST_PROBLEM_COLUMN : FIRST_PROBLEM_COLUMN + len(PROBLEMS_IN_PORTUGUESE)]


def team_roles():
    """The role groups, with a lens where they have one."""
    return [
        {"key": key, "name": name} | ({} if lens == "none" else {"lens": lens}) for key, name, lens, _labels in ROLES
    ]


def person(subject):
    """One person under their study id, in the role they gave."""
    role = next(key for key, _name, _lens, labels in ROLES if subject["v_14"] in labels)
    return {"key": subject["SubjectUniqueID"], "name": subject["SubjectUniqueID"], "role": role}


def item_keys_by_name(items):
    """From a problem's name, in either language, to the key of its item."""
    keys = [item["key"] for item in items if item["key"] != UNPUBLISHED]
    return dict(zip(problems_in_english(), keys, strict=True)) | dict(zip(PROBLEMS_IN_PORTUGUESE, keys, strict=True))


def statements_and_links(subjects, keys_by_name):
    """Everything that people wrote about their own top five, and one link from each text to its problem."""
    statements, links = [], []
    for subject in subjects:
        for rank in range(len(TOP_FIVE)):
            for letter, kind, link, columns in WRITTEN:
                if text := text_of(subject[columns[rank]]):
                    person = subject["SubjectUniqueID"]
                    key = f"{person}-{letter}{rank + 1}"
                    statements.append({"key": key, "person": person, "kind": kind} | label_and_meaning(text))
                    problem = named(subject, rank, keys_by_name)
                    links.append({"person": person, "kind": link, "from": key, "to": problem})
    return statements, links


def named(subject, rank, keys_by_name):
    """The key of the item that this person named at this place of their own top five; None where they named none."""
    name = subject[TOP_FIVE[rank]]
    return None if name in NO_CHOICE else keys_by_name[name.replace("^", '"')]  # the data writes ^ for a quotation mark


def text_of(answer):
    """What somebody wrote, on one line and without control characters; empty where that says nothing."""
    words = " ".join(answer.split())
    text = "".join(character for character in words if character.isprintable())
    return "" if text.casefold() in NOTHING_SAID else text


def label_and_meaning(text):
    """The text as a label; one too long for that as the meaning, with its beginning up to a whole word as the label."""
    if len(text) <= LONGEST_LABEL:
        return {"label": text}
    beginning = text[:LONGEST_LABEL].rsplit(" ", 1)[0]
    return {"label": beginning.rstrip(" ,;:.") + "…", "meaning": text}


def rate_round(subjects, items, keys_by_name):
    """Everybody's answers as one closed rate round on a three-point scale."""
    ratings = []
    for subject in subjects:
        stars = starred(subject, keys_by_name)
        ratings += [rating(subject, item["key"], stars) for item in items]
    return {
        "key": "survey",
        "kind": "rate",
        "closed": True,
        "scales": {"importance": 3, "satisfaction": None, "evidence": None, "same_meaning": None},
        "ratings": ratings,
    }


def starred(subject, keys_by_name):
    """The keys of the items this person named among their own top five."""
    return {named(subject, rank, keys_by_name) for rank in range(len(TOP_FIVE))} - {None}


def rating(subject, key, stars):
    """What one person answered about one item."""
    answer = subject[key]
    entry = {"person": subject["SubjectUniqueID"], "item": key}
    entry |= {"answer": "asked"} if answer in NO_ANSWER else {"answer": "rated", "importance": POINTS[answer]}
    return entry | ({"star": True} if key in stars else {})


if __name__ == "__main__":
    main(*sys.argv[1:2])
