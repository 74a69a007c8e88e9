"""A small workshop file: one pain, three people, one closed round."""

WORKSHOP = {
    "format": "parallax-workshop/1",
    "team": {"name": "Payroll", "roles": [{"key": "eng", "name": "Engineering", "lens": "build"}]},
    "workshop": {
        "title": "Paying people on time",
        "question": "What keeps firms from it?",
        "stage": "rate",
        "candour": "open",
    },
    "people": [{"key": key, "name": key.title(), "role": "eng"} for key in ("ana", "ben", "eva")],
    "items": [{"key": "i1", "kind": "pain", "title": "Hours arrive late"}],
    "rounds": [
        {
            "key": "r1",
            "kind": "rate",
            "closed": True,
            "ratings": [
                {"person": person, "item": "i1", "answer": "rated", "importance": importance}
                for person, importance in (("ana", 1), ("ben", 5), ("eva", 4))
            ],
        }
    ],
}
