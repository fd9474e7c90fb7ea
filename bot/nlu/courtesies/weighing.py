"""Whether a message means what it means without its courtesies, or what it means with them."""

from __future__ import annotations

from typing import Tuple

COURTESIES = frozenset({"greet", "affirm", "deny", "thank", "goodbye"})
#: What tells something and asks for nothing: before or after thanks it is a reason for them.
STATEMENTS = frozenset(
    {"feedback", "inform", "job_loss", "out_of_scope", "report_access_problem", "report_completion"}
)
#: From this probability on what stands between courtesies is a request, and beside thanks a statement of its own. Of 40
#: courtesies kept apart that loses one; of 280 requests it saves 50 with a greeting before, 30 with thanks after.
SURE_REQUEST, SURE_STATEMENT = 0.85, 0.985


def core_counts(whole: Tuple[str, float], core: Tuple[str, float]) -> bool:
    """Whether the core decides. Both are the likeliest intent with its probability.

    A "no" stays one: what it turns down is said beside it.
    """
    (courtesy, probability), (intent, sure) = whole, core
    if courtesy == "deny":
        return False
    if courtesy in COURTESIES:
        thanks_for = courtesy == "thank" and intent in STATEMENTS
        return intent not in COURTESIES and sure >= (SURE_STATEMENT if thanks_for else SURE_REQUEST)
    return sure > probability
