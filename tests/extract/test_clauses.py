"""One record a clause at the topmost level of numbering."""

from __future__ import annotations

from building import mine
from spacy.language import Language


def _texts(nlp: Language, text: str) -> list[str]:
    return [" ".join(decision.text.split()) for decision in mine(nlp, text).decisions]


def test_roman_points_belong_to_their_letter(nlp: Language) -> None:
    texts = _texts(
        nlp,
        """5. Grants

RESOLVED – That the Committee:

(a) approve grants to:

(i) Oldbridge Toddler Group; and

(ii) Harbour Rowing Club;

(b) refuse the application from the Marina Trust; and

(c) note the balance of the fund.
""",
    )
    assert len(texts) == 3
    assert texts[0].startswith("approve grants to:") and "(ii) Harbour Rowing Club" in texts[0]
    assert texts[1].startswith("refuse the application")
    assert texts[2].startswith("note the balance")


def test_the_lead_in_is_in_no_clause(nlp: Language) -> None:
    texts = _texts(
        nlp,
        "5. Fees\n\nRESOLVED – That Cabinet:\n\n1. note the survey of fees; and\n\n2. approve the new scale of fees.\n",
    )
    assert len(texts) == 2
    assert not any("RESOLVED" in text or "Cabinet" in text for text in texts)


def test_letters_past_h_are_no_roman_numerals(nlp: Language) -> None:
    points = "\n\n".join(f"({letter}) approve the lease of plot {letter.upper()};" for letter in "abcdefghij")
    texts = _texts(nlp, f"5. Plots\n\nRESOLVED:\n\n{points}\n")
    assert len(texts) == 10


def test_inline_clauses_are_records_of_their_own(nlp: Language) -> None:
    texts = _texts(
        nlp,
        "5. Lease\n\nRESOLVED – That (a) the lease of the boathouse be renewed; (b) the rent be reviewed in 2027; "
        "and (c) the Clerk be thanked.\n",
    )
    assert [text.split()[1] for text in texts] == ["lease", "rent", "Clerk"]


def test_a_clause_that_runs_over_paragraphs_is_one_record(nlp: Language) -> None:
    texts = _texts(
        nlp,
        """5. Lease

RESOLVED:

1. That the boathouse be leased to the rowing club subject to:

• a rent of £400 a year; and

• public access on two days a year.

2. That the Clerk sign the lease.
""",
    )
    assert len(texts) == 2
    assert "public access" in texts[0]


def test_points_of_a_list_may_be_bullets(nlp: Language) -> None:
    texts = _texts(
        nlp,
        "5. Trees\n\nIt was RESOLVED to:\n\n"
        "• approve the felling of the diseased ash;\n\n• note the survey of the churchyard.\n",
    )
    assert [text.split()[0] for text in texts] == ["approve", "note"]


def test_what_follows_the_list_is_no_clause(nlp: Language) -> None:
    texts = _texts(
        nlp,
        """5. Trees

RESOLVED:

(1) That the diseased ash be felled.

(2) That the survey be noted.

Reasons for the decision

The ash overhangs the school path.
""",
    )
    assert len(texts) == 2
    assert not any("overhangs" in text for text in texts)


def test_every_clause_of_a_long_list_is_found(nlp: Language) -> None:
    points = "\n\n".join(f"{number}. approve scheme number {number} of the programme;" for number in range(1, 23))
    texts = _texts(nlp, f"9. Programme\n\nRESOLVED – That the Council:\n\n{points}\n")
    assert len(texts) == 22
