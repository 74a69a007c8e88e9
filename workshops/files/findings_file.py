"""The findings of a workshop as a file, format ``parallax-findings/1``: the same bytes for the same answers."""

import json
from dataclasses import asdict

from django.utils import translation

from workshops import sentences
from workshops.analysis import ENGINE, rounded

FORMAT = "parallax-findings/1"


def write(file, result, levels, texts=()):
    """The findings as JSON text with figures to 4 places, English sentences, and null where there is no figure.

    Parameters
    ----------
    file : WorkshopFile
        What the answers came from.
    result : alignment.divergence.Result
    levels : int
        Points of the scale of importance.
    texts : sequence of text_findings.Told, optional
        What the texts say beside the answers.
    """
    names = sentences.Names(
        items={item.key: item.title for item in file.items},
        roles={role.key: role.name for role in file.team.roles},
        levels=levels,
    )
    with translation.override("en"):
        told = {
            "format": FORMAT,
            "engine": ENGINE,
            "alignment": _alignment(result.alignment),
            "illusion": asdict(result.illusion),
            "camps": _camps(result.camps),
            "findings": [
                *(_finding(found, names) for found in result.findings),
                *(_finding(told.finding, names) | {"statements": told.statements} for told in texts),
            ],
            "agenda": [_entry(entry) for entry in result.agenda],
        }
    return json.dumps(rounded(told), ensure_ascii=False, indent=2) + "\n"


def _alignment(alignment):
    return {
        "all": _index(alignment.all),
        "by_kind": {kind: _index(index) for kind, index in sorted(alignment.by_kind.items())},
        "by_role_pair": [{"roles": list(pair.roles)} | _index(pair.index) for pair in alignment.by_role_pair],
    }


def _index(index):
    return {name: getattr(index, name) for name in ("value", "low", "high", "people", "items")}


def _camps(found):
    """Each with its people; how sure it is that there are camps at all is the same for all of them."""
    if found is None:
        return []
    said = {"tier": found.tier, "silhouette": found.silhouette, "p": found.p, "items": found.items}
    return [{"people": list(camp.members)} | said for camp in found.camps]


def _finding(found, names):
    return {
        "kind": found.kind,
        "variant": found.variant or None,
        "item": found.item,
        "to_item": found.to_item,
        "roles": list(found.groups) if found.grouping == "role" else [],
        "lenses": list(found.groups) if found.grouping == "lens" else [],
        "people": list(found.people),
        "tier": found.tier,
        "severity": found.severity,
        "dimension": found.dimension,
        "numbers": dict(found.numbers),
        "sentence": sentences.sentence(found, found.item, names),
    }


def _entry(entry):
    kind = entry.kinds[0] if entry.kinds else None
    return {"item": entry.item, "kind": kind, "value": entry.value, "why": entry.why}
