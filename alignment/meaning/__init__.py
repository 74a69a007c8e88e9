"""What texts can and cannot tell: the same thing in other words, the same words for other things, and contradictions.

Texts in, plain values out. Nothing here knows about the web, a database or a clock; the files it reads are the tables
beside the code and the model in an installed wheel. Only `EndpointJudge` sends anything, and only if it is made.

How to call it::

    reader = reader_for([s.text for s in statements], declared=workshop.language)    # which model, or labels only
    vectors = reader.encoder.encode([s.text for s in statements])                    # once; keep to_bytes(vector) under
                                                                                     # text_digest(text, encoder.model)
    suggest(statements, vectors, apart=rejected, opposites_known=reader.opposites_known)     # consolidate
    text_findings(statements, meant_vectors, model=encoder.model, confirmed=merged)          # after the reveal's round
    scatter(restatements, vectors)                                                           # back-brief
    RuleJudge(reader.encoder).judge([(one, other)])                                          # any two texts

`docs/meaning.md` says what the answers are worth.
"""

from .choosing import Reader, reader_for
from .corners import corner
from .encoder import Encoder, MiniLM, ModelMissing, from_bytes, text_digest, to_bytes
from .endpoint import Endpoint, EndpointJudge
from .findings import TextFinding, opposed_items, text_findings
from .judge import Judge, RuleJudge, Verdict
from .labels import label_score
from .language import Language, language_of
from .limits import RULES, Limits
from .marks import Mark, marks
from .multilingual import ManyLanguages
from .opposition import Opposition, opposition
from .scatter import Restatement, Scatter, scatter
from .statements import Statement
from .suggested import Group, Pair, Suggestions
from .suggestions import suggest

__all__ = [
    "RULES",
    "Encoder",
    "Endpoint",
    "EndpointJudge",
    "Group",
    "Judge",
    "Language",
    "Limits",
    "ManyLanguages",
    "Mark",
    "MiniLM",
    "ModelMissing",
    "Opposition",
    "Pair",
    "Reader",
    "Restatement",
    "RuleJudge",
    "Scatter",
    "Statement",
    "Suggestions",
    "TextFinding",
    "Verdict",
    "corner",
    "from_bytes",
    "label_score",
    "language_of",
    "marks",
    "opposed_items",
    "opposition",
    "reader_for",
    "scatter",
    "suggest",
    "text_digest",
    "text_findings",
    "to_bytes",
]
