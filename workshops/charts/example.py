"""A team of nine in seven roles with a few answers: what the start page and the style guide draw."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from .bars import strip_counts
from .example_maps import maps
from .illusion import illusion
from .interval import Reading, interval
from .marks import role_marks
from .matrix import Cell, Column, Line, matrix
from .question import Question
from .strip import Mark, strip

ROLES = [
    ("executive", "Executive", "decide"),
    ("product", "Product management", "decide"),
    ("design", "Design", "build"),
    ("engineering", "Engineering", "build"),
    ("marketing", "Marketing", "sell"),
    ("sales", "Sales", "sell"),
    ("support", "Customer support", "sell"),
    ("other", "Other", "none"),
]
PEOPLE = [
    ("Helena Brandt", "executive"),
    ("Priya Nair", "product"),
    ("Ines Okafor", "design"),
    ("Jonas Weber", "engineering"),
    ("Mei Lin", "engineering"),
    ("Tomás Ruiz", "marketing"),
    ("Karim Haddad", "sales"),
    ("Ruth Adler", "support"),
    ("Dele Mensah", "support"),
]
AWKWARD = (2, 2, 4, 2, 1, 4, 5, 5, 4)
RETENTION = (3, 4, None, None, None, 4, 5, 5, 5)
PAID_ON_TIME = (0, 0, 2, 2, 1, 1, 2, 2, 2)
MANY = {"decide": (4, 9, 14, 8, 3), "build": (6, 12, 22, 19, 7), "sell": (3, 8, 20, 48, 47)}
THIRTY = {"decide": (4, 2, 2, 2, 0), "build": (1, 4, 4, 0, 1), "sell": (0, 0, 0, 8, 2)}


def marks():
    """The marks of the example's roles, by key."""
    return role_marks(SimpleNamespace(key=key, name=_(name), lens=lens) for key, name, lens in ROLES)


def split_strip():
    """Two camps and nobody between them."""
    return strip(_importance(_("Chasing invoices is awkward")), _answers(AWKWARD, you=""))


def everything():
    """What the style guide shows, by name."""
    return {
        "marks": marks().values(),
        "strips": _strips(),
        "intervals": _intervals(),
        "illusion": illusion(0.62, 0.3, 0.9),
        "matrix": _matrix(),
        **maps(marks()),
        "finding_kinds": FINDING_KINDS,
        "icons": ICONS,
        "item_kinds": ["goal", "pain", "alternative"],
        "schemes": ["light", "dark"],
        "tokens": TOKENS,
    }


def _importance(title, **options):
    ends = (_("hardly matters"), _("matters most"))
    return Question(title, _("How much does it matter?"), ends=ends, measure=_("Importance"), **options)


def _answers(levels, absence="not_on_map", you="Ines Okafor"):
    by_key = marks()
    return [
        Mark(level, by_key[role], absence="" if level is not None else absence, name=name, is_you=name == you)
        for (name, role), level in zip(PEOPLE, levels, strict=True)
    ]


def _strips():
    unlettered = [Mark(level) for level in (2, 3, 3, 5, 5)]
    return [
        (_("Nine people"), split_strip()),
        (_("With absences"), strip(_importance(_("Retention money is forgotten")), _answers(RETENTION))),
        (_("A word for each level"), strip(_same_meaning(), _answers(PAID_ON_TIME))),
        (_("Three reasons for no rating"), strip(_importance(_("WhatsApp reminders")), _absent_in_three_ways())),
        (_("Many at one level"), strip(_importance(_("Get paid on time")), _crowded())),
        (_("Ten levels"), strip(Question(_("Ten"), _("How likely is it?"), levels=10), _on_ten_levels())),
        (_("Thirty people"), strip(_importance(_("Big clients pay when they like")), _thirty())),
        (_("More than sixty"), strip_counts(_importance(_("No surprises at the bank")), _many(), you=("build", 3))),
        (_("Without roles"), strip(_importance(_("Paperwork"), hidden=("build",)), unlettered)),
        (_("Nobody yet"), strip(_importance(_("Paperwork")), [])),
    ]


def _same_meaning():
    return Question(
        _("Get paid on time"),
        _("Is this what you mean by it?"),
        levels=3,
        first=0,
        words=(_("different"), _("not sure"), _("same")),
        measure=_("Same meaning"),
    )


def _on_ten_levels():
    by_key = marks()
    return [Mark(level, by_key["sales"]) for level in (1, 2, 3, 4)] + [Mark(7, mark) for mark in by_key.values()]


def _thirty():
    return [
        Mark(level, lens=lens)
        for lens, counts in THIRTY.items()
        for level, people in enumerate(counts, 1)
        for _person in range(people)
    ]


def _many():
    counts = {lens: dict(enumerate(of_lens, 1)) for lens, of_lens in MANY.items()}
    counts["sell"]["not_on_map"] = 9
    return counts


def _absent_in_three_ways():
    by_key = marks()
    return [
        *(
            Mark(level, by_key[role])
            for level, role in ((2, "product"), (3, "design"), (2, "engineering"), (4, "sales"))
        ),
        Mark(None, by_key["executive"], absence="not_real"),
        Mark(None, by_key["marketing"], absence="not_on_map"),
        Mark(None, by_key["support"], absence="unknown", is_you=True),
        Mark(None, by_key["other"], absence="not_on_map"),
    ]


def _crowded():
    by_key = marks()
    same = [Mark(5, by_key[role]) for role in ("support", "support", "sales", "sales", "marketing", "marketing")]
    return [*same, Mark(4, by_key["sales"], is_you=True), Mark(4, by_key["product"]), Mark(3, by_key["engineering"])]


def _intervals():
    readings = [
        Reading(_("All 16 items"), 0.294, 0.18, 0.408),
        Reading(_("6 goals"), 0.323, 0.2, 0.45),
        Reading(_("6 pains"), 0.28, 0.11, 0.45),
        Reading(_("1 alternative"), 0.26, words=_("one item, no interval")),
        Reading(_("Executive and Sales"), words=_("one person each, no figure")),
    ]
    return interval(readings, caption=_("Alignment by kind with its 90 % interval."))


def _matrix():
    by_key = marks()
    columns = [
        Column(mark.name, mark.lens, mark, _("2 of 2 in") if key in ("engineering", "support") else _("1 of 1 in"))
        for key, mark in by_key.items()
        if key != "other"
    ]
    lines = [
        Line(_(title), tuple(_cell(answer) for answer in row), apart, kind, "#matrix")
        for title, kind, apart, row in MATRIX
    ]
    return matrix(lines, columns)


def _cell(answer):
    if isinstance(answer, str):
        return Cell(absence=answer)
    low, high = answer if isinstance(answer, tuple) else (answer, answer)
    return Cell(mean=(low + high) / 2, low=low, high=high)


MATRIX = [
    ("Chasing invoices is awkward", "pain", 1.72, (2, 2, 4, (1, 2), 4, 5, (4, 5))),
    ("WhatsApp reminders", "alternative", 1.36, ("not_real", 2, 3, 2, 2, 4, (4, 5))),
    ("Retention money is forgotten", "pain", 0.93, (3, 4, "not_on_map", "not_on_map", 4, 5, 5)),
    ("Tax falls due before the client pays", "pain", 0.76, (4, 4, 3, "unknown", 3, 4, (4, 5))),
    ("Spend no evenings on paperwork", "goal", 0.5, (4, 4, 5, 4, 4, 4, 5)),
]
FINDING_KINDS = [
    ("split", "Split"),
    ("scattered", "Scattered"),
    ("role_gap", "Role gap"),
    ("lone_voice", "Lone voice"),
    ("blind_spot", "Blind spot"),
    ("superficial", "Superficial alignment"),
    ("violent_agreement", "Violent agreement"),
    ("opposite", "Opposite"),
    ("definition", "Definition"),
    ("outlier_view", "Outlier view"),
    ("rank", "Rank"),
    ("structure", "Structure"),
    ("contested", "Contested"),
    ("untested", "Untested"),
    ("evidence_clash", "Evidence clash"),
    ("consensus", "Consensus"),
    ("drift", "Drift"),
]
ICONS = """
arrow-down arrow-left arrow-right arrow-up calendar check chevron-down chevron-right circle-help clock copy download
external-link eye eye-off grip-vertical info link list-filter lock log-out mail minus monitor moon pencil plus printer
rotate-cw search settings star sun trash-2 triangle-alert undo-2 upload user users x
""".split()  # noqa: SIM905  as a list it would be forty lines
TOKENS = [
    ("--ink", "text, primary button", "#13171d", "17.5", "#eef0f2", "16.4"),
    ("--ink-2", "secondary text, ticks", "#454b54", "8.6", "#b9bfc8", "10.1"),
    ("--ink-3", "smallest text", "#656b74", "5.2", "#949ca8", "6.8"),
    ("--edge", "borders that mean something", "#84888f", "3.5", "#747d8a", "4.5"),
    ("--line", "hairlines, decoration", "#dededa", "1.3", "#2b313a", "1.4"),
    ("--decide", "lens decide, diamond", "#13171d", "17.5", "#eef0f2", "16.4"),
    ("--build", "lens build, square", "#1a5fb4", "6.1", "#7fb2f5", "8.6"),
    ("--sell", "lens sell, circle", "#b8430a", "5.3", "#ff9d66", "9.2"),
    ("--other", "no lens, triangle", "#656b74", "5.2", "#949ca8", "6.8"),
    ("--focus", "focus ring", "#0b57d0", "6.2", "#8ab8ff", "9.3"),
    ("--bad", "errors, with a word", "#a4133c", "7.5", "#ff8fa8", "8.7"),
    ("--paper", "page", "#fcfcfa", "1.0", "#0f1216", "1.0"),
    ("--surface", "fields, sheet", "#ffffff", "1.0", "#171b21", "1.1"),
    ("--sunken", "side panels", "#f3f3ef", "1.1", "#1b2027", "1.1"),
]
