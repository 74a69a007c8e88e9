"""The kinds of findings: what each is called, and what to do with it in the room."""

from django.utils.translation import gettext_lazy

KINDS = {
    "split": gettext_lazy("Split"),
    "scattered": gettext_lazy("Scattered"),
    "role_gap": gettext_lazy("Role gap"),
    "blind_spot": gettext_lazy("Blind spot"),
    "lone_voice": gettext_lazy("Lone voice"),
    "outlier_view": gettext_lazy("Outlier view"),
    "untested": gettext_lazy("Untested"),
    "evidence_clash": gettext_lazy("Evidence clash"),
    "rank": gettext_lazy("Rank"),
    "structure": gettext_lazy("Structure"),
    "contested": gettext_lazy("Contested"),
    "superficial": gettext_lazy("Superficial alignment"),
    "violent_agreement": gettext_lazy("Violent agreement"),
    "opposite": gettext_lazy("Possibly opposite"),
    "definition": gettext_lazy("Definition"),
    "consensus": gettext_lazy("Consensus"),
    "drift": gettext_lazy("Drift"),
}

# What to do with it in the room.
MOVES = {
    "split": gettext_lazy("Each camp states the other’s case first. Then ask what would change their mind."),
    "scattered": gettext_lazy("Ask three people, one low, one middle, one high, which customer they thought of."),
    "role_gap": gettext_lazy(
        "Ask what this role hears in a week that nobody else hears. Look at three cases together."
    ),
    "blind_spot": gettext_lazy(
        "Whoever knows it tells the last real case, start to end. The others say what surprised them."
    ),
    "lone_voice": gettext_lazy("Invite, don’t corner: “What would have to be true for this answer to be right?”"),
    "outlier_view": gettext_lazy(
        "Invite the whole story of one customer from whoever sees it otherwise. Everybody asks before anybody argues."
    ),
    "untested": gettext_lazy("Who could ask five customers by Thursday? Leave with a name and a date."),
    "evidence_clash": gettext_lazy(
        "Put both sets of data side by side: which customers, when, and what were they asked?"
    ),
    "rank": gettext_lazy("Everybody names what they would drop for it. What one gives up shows what it is worth."),
    "structure": gettext_lazy("Draw one real case on the wall, step by step. Where does the one lead to the other?"),
    "contested": gettext_lazy("Ask for one real customer who has it. If nobody knows one, ask what made it plausible."),
    "superficial": gettext_lazy(
        "One from each side finishes “We will notice it when …”. Then one wording, or two names."
    ),
    "violent_agreement": gettext_lazy(
        "Each says the other’s sentence in their own words. If both nod, choose one wording and stop arguing."
    ),
    "opposite": gettext_lazy("Read both aloud. Would a customer who gets the one be glad of the other?"),
    "definition": gettext_lazy("Two people write a new definition on the spot; everybody says whether they mean that."),
    "consensus": gettext_lazy("Nothing to discuss. Read it aloud once, and build on it."),
    "drift": gettext_lazy("Ask one who moved what they heard, and one who did not what is still missing."),
}

NEAR_THE_LINE = {
    "changes_tier": gettext_lazy("With limits a notch tighter it would be possible only."),
    "goes": gettext_lazy("With limits a notch tighter it would not be told."),
}
