"""Words x meanings: where a pair of statements stands between label and meaning."""

from typing import Literal

from .limits import Limits

type Corner = Literal["deep", "superficial", "violent_agreement", "open"]


def corner(label: float, cosine: float, *, opposed: bool = False, limits: Limits | None = None) -> Corner:
    """The corner of the map that a pair stands in.

    Parameters
    ----------
    label : float
        Per cent of letters that the labels share, in [0, 100].
    cosine : float
        Of the meanings.
    opposed : bool
        Whether the meanings contradict each other: then they differ, however near.
    limits : Limits, optional

    Returns
    -------
    str
        "deep" (same words, same meaning), "superficial" (same words, other meaning), "violent_agreement" (other
        words, same meaning) or "open" (both differ).

    Examples
    --------
    >>> corner(95, .8), corner(95, .2), corner(30, .7), corner(30, .2), corner(95, .8, opposed=True)
    ('deep', 'superficial', 'violent_agreement', 'open', 'superficial')
    """
    limits = limits or Limits()
    same_words, same_meaning = label >= limits.labels_apart, cosine >= limits.agreement and not opposed
    if same_words:
        return "deep" if same_meaning else "superficial"
    return "violent_agreement" if same_meaning else "open"
