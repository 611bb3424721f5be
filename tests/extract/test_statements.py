"""What an item says beside its decision belongs to that decision and to no other."""

from __future__ import annotations

from building import mine
from spacy.language import Language

TEXT = """Harbour Council

Minutes of the meeting of the Cabinet held on 4 March 2024

7. Ferry Subsidy

Portfolio Holder: Councillor Aled Whincup

RESOLVED – That the ferry subsidy be continued for one year.

Reason for decision: Without it the winter service would end.

Alternatives considered: To end the subsidy, which was rejected.

Call-in: this decision can be called in until 12 March 2024.

8. Toilets

RESOLVED – That the toilets at the quay be repaired.
"""


def test_reason_alternatives_call_in_and_portfolio_holder_after_their_labels(nlp: Language) -> None:
    ferry, _ = mine(nlp, TEXT).decisions
    assert ferry.reason == "Without it the winter service would end."
    assert ferry.alternatives == "To end the subsidy, which was rejected."
    assert ferry.call_in == "this decision can be called in until 12 March 2024."
    assert ferry.portfolio_holder == "Councillor Aled Whincup"


def test_the_next_item_takes_none_of_them(nlp: Language) -> None:
    _, toilets = mine(nlp, TEXT).decisions
    assert (toilets.reason, toilets.alternatives, toilets.call_in, toilets.portfolio_holder) == (None,) * 4


def test_a_discussion_of_call_in_is_no_note_of_it(nlp: Language) -> None:
    text = TEXT.replace("Call-in: this decision can be called in until 12 March 2024.", "Members spoke of the call-in.")
    assert mine(nlp, text).decisions[0].call_in is None
