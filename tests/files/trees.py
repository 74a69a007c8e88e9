"""Hypothesis strategies for valid workshop files, as trees, with their defaults both stated and left out."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# The same examples each time and no clock: a test may not depend on how busy the machine is.
steady = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS = ("blocks", "pain", "goal"), ("serves", "alternative", "goal"), ("causes", "pain", "pain")


def text(most=20):
    return st.text(CHARACTERS, max_size=most)


def name():
    return st.builds("{}{}".format, text(), st.characters(categories=["L", "N", "S"]))


def key():
    characters = st.characters(categories=["L", "N", "P"])
    return st.text(characters, min_size=1, max_size=8)


def keys(most=3):
    return st.lists(key(), unique=True, min_size=1, max_size=most)


def part(required, optional):
    """An object with its required keys and any of the optional ones."""
    return st.fixed_dictionaries(required, optional=optional)


def some(known):
    """A reference that may be null, or null where there is nothing to refer to."""
    return st.none() | st.sampled_from(known) if known else st.none()


def subset(known):
    return st.none() | st.lists(st.sampled_from(known), unique=True) if known else st.none() | st.just([])


@st.composite
def whole_files(draw):
    roles, people = draw(keys()), draw(keys())
    entries = draw(keys(6))
    cut = draw(st.integers(1, len(entries)))
    items = [draw(item(known, entries[:position])) for position, known in enumerate(entries[:cut])]
    statements = [draw(statement(known, people, entries[:cut])) for known in entries[cut:]]
    rounds = [draw(a_round(known, people, entries[:cut])) for known in draw(keys(2))]
    tree = {
        "format": "parallax-workshop/1",
        "team": {"name": draw(name()), "roles": [draw(role(known)) for known in roles]},
        "workshop": draw(workshop(entries[:cut])),
        "people": [{"key": known, "name": draw(name()), "role": draw(st.sampled_from(roles))} for known in people],
        "items": items,
    }
    optional = {
        "statements": statements,
        "links": draw(links(people, [*items, *statements])),
        "readiness": [draw(readiness(known)) for known in people],
        "rounds": rounds,
        "topics": draw(st.lists(topic(entries[:cut]), max_size=2)),
        "merges": draw(merges([each["key"] for each in statements])),
        "glossary": draw(
            st.lists(part({"term": name()}, {"meaning": text(), "item": some(entries[:cut])}), max_size=2)
        ),
        "outcomes": draw(st.lists(outcome(entries[:cut], [each["key"] for each in rounds], people), max_size=2)),
    }
    return tree | {each: value for each, value in optional.items() if value or draw(st.booleans())}


def role(known):
    return part({"key": st.just(known), "name": name()}, {"lens": st.sampled_from(["decide", "build", "sell", "none"])})


@st.composite
def workshop(draw, items):
    candour = draw(st.sampled_from(["open", "roles", "team"]))
    stages = ["setup", "write", "consolidate", "rate", "live", "closed"]
    optional = {
        "question": text(),
        "segment": text(),
        "strategy": text(200),
        "language": st.sampled_from(["en", "pt-BR", "zh-Hant", "es-419"]),
        "k": st.integers(5 if candour == "team" else 3, 9),
        "revealed": st.booleans() | subset(items).filter(lambda keys: keys is not None),
    }
    return draw(part({"title": name(), "candour": st.just(candour), "stage": st.sampled_from(stages)}, optional))


def item(known, earlier):
    optional = {"meaning": text(), "parent": some(earlier), "revision": st.integers(1, 3), "lineage": st.none()}
    kinds = st.sampled_from(["goal", "pain", "alternative"])
    return part({"key": st.just(known), "kind": kinds, "title": name()}, optional)


def statement(known, people, items):
    required = {
        "key": st.just(known),
        "person": st.sampled_from(people),
        "kind": st.sampled_from(["goal", "pain", "alternative"]),
        "label": name(),
    }
    evidence = st.none() | st.integers(0, 3)
    optional = {"meaning": text(), "example": text(), "evidence": evidence, "item": some(items), "draft": st.booleans()}
    return part(required, optional)


@st.composite
def links(draw, people, ends):
    found = {}
    for word, first, last in WORDS:
        froms = [each["key"] for each in ends if each["kind"] == first]
        tos = [each["key"] for each in ends if each["kind"] == last]
        if froms and tos:
            said = [draw(st.sampled_from(people)), word, draw(st.sampled_from(froms)), draw(st.sampled_from(tos))]
            found[tuple(said)] = dict(zip(("person", "kind", "from", "to"), said, strict=True))
    drawn = part({}, {"drawn": st.booleans()})
    return [link | draw(drawn) for link in found.values() if link["from"] != link["to"]]


def readiness(person):
    answers = {each: st.none() | st.integers(1, 5) for each in ("vision", "voice", "decides", "help")}
    return part({"person": st.just(person)}, answers | {"strategy": text()})


@st.composite
def a_round(draw, known, people, items):
    levels = st.none() | st.integers(2, 10)
    scales = draw(part({}, dict.fromkeys(("importance", "satisfaction", "evidence", "same_meaning"), levels)))
    asked = {"items": draw(subset(items)), "people": draw(subset(people))}
    pairs = [
        (person, item)
        for person in (people if asked["people"] is None else asked["people"])
        for item in (items if asked["items"] is None else asked["items"])
    ]
    kind = draw(st.sampled_from(["write", "rate", "revote", "restate", "judge", "pulse"]))
    return {
        "kind": kind,
        "key": known,
        **asked,
        "scales": scales,
        "closed": draw(st.booleans()),
        "ratings": [draw(rating(*pair, scales)) for pair in pairs],
        "restatements": [draw(restatement(*pair, people)) for pair in pairs[:2]],
    }


@st.composite
def rating(draw, person, item, scales):
    defaults = {"importance": 5, "satisfaction": 5, "evidence": 4, "same_meaning": 3} | scales
    answer = draw(st.sampled_from(["rated", "unknown", "not_real", "asked"]))
    entry = {"item": item, "person": person, "answer": answer}
    if answer == "rated" and defaults["importance"]:
        entry["importance"] = draw(st.integers(1, defaults["importance"]))
    if defaults["importance"]:
        entry["expected"] = draw(st.none() | st.integers(1, defaults["importance"]))
    for field, lowest in (("satisfaction", 1), ("evidence", 0), ("same_meaning", 0)):
        if defaults[field]:
            entry[field] = draw(st.none() | st.integers(lowest, lowest + defaults[field] - 1))
    return entry | draw(part({}, {"star": st.booleans(), "late": st.booleans(), "fist": st.none()}))


def restatement(person, item, people):
    others = [each for each in people if each != person]
    judgements = [{"person": each, "same": 1} for each in others]
    optional = {
        "outcome": text(),
        "action": text(),
        "tradeoff": text(),
        "judgements": st.sampled_from([[], judgements]),
    }
    return part({"person": st.just(person), "item": st.just(item)}, optional)


def topic(items):
    minutes = st.none() | st.integers(1, 90)
    return part(
        {"kind": st.sampled_from(["split", "drift"])}, {"item": some(items), "text": text(), "minutes": minutes}
    )


@st.composite
def merges(draw, statements):
    pairs = list(zip(statements[::2], statements[1::2], strict=False))
    answers = st.sampled_from(["accepted", "rejected"])
    return [{"answer": draw(answers), "statements": list(pair)} for pair in pairs]


def outcome(items, rounds, people):
    verdicts = st.sampled_from(["agreed", "agree_to_differ", "needs_evidence", "parked"])
    references = {"item": some(items), "round": some(rounds), "owner": some(people)}
    due = st.none() | st.dates().map(str)
    return part({"verdict": verdicts}, references | {"wording": text(), "dissent": text(), "due": due})
