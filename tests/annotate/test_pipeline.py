"""The pipeline as a spaCy user meets it: loaded from its folder, saved, run over bare text and in batches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate import load_pipeline, pipeline_version
from minutes_miner.annotate.alignment import get_findings
from minutes_miner.domain.vocabulary import Kind, Label, SpanKey
from minutes_miner.errors import AnnotateError

MODEL = Path(__file__).parents[2] / "models" / "en_council_minutes"
COMPONENTS = (
    "sections money dates resolutions decision_verdicts actions action_verdicts owners votes"
).split()
TEXT = """4. Boathouse

RESOLVED – That the boathouse be leased at £1,250 a year from 1 May 2024. (Unanimous)

ACTION: Clerk to write to the rowing club.
"""


def _summary(doc: Doc) -> dict[str, list[tuple[int, int, str]]]:
    return {key: [(span.start_char, span.end_char, span.label_) for span in group] for key, group in doc.spans.items()}


def test_the_folder_holds_a_pipeline_with_all_components() -> None:
    nlp = spacy.load(MODEL)
    assert nlp.pipe_names == COMPONENTS
    assert nlp.meta["lang"] == "en"
    assert nlp.meta["name"] == "council_minutes"


def test_every_component_is_reached_through_its_entry_point() -> None:
    blank = spacy.blank("en")
    for name in COMPONENTS:
        blank.add_pipe(f"minutes_{name}", name=name)
    assert blank.pipe_names == COMPONENTS
    assert _summary(blank(TEXT)) == _summary(spacy.load(MODEL)(TEXT))


def test_bare_text_is_enough(nlp: Language) -> None:
    doc = nlp(TEXT)
    [resolution] = doc.spans["resolutions"]
    assert resolution.label_ == "DECISION"
    assert "boathouse be leased" in resolution.text
    assert resolution._.resolution.kind is Kind.AGREE
    assert [span.text for span in doc.spans["money"]] == ["£1,250"]
    assert [span.text for span in doc.spans["dates"] if span.label_ == Label.DATE] == ["1 May 2024"]
    assert [span.text for span in doc.spans["owners"]] == ["Clerk"]
    assert len(doc.spans["actions"]) == 1
    assert len(doc.spans["votes"]) == 1
    assert [span._.section.title for span in doc.spans["sections"]] == ["Boathouse"]


def test_every_group_is_set_on_any_text(nlp: Language) -> None:
    for text in ("", " ", "\n\f\n", "x", "£", "RESOLVED", "(a)", "[31/31/31]"):
        assert set(nlp(text).spans) == set(SpanKey), repr(text)


def test_saved_and_loaded_it_marks_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    loaded = load_pipeline(tmp_path / "saved")
    assert loaded.pipe_names == nlp.pipe_names
    assert _summary(loaded(TEXT)) == _summary(nlp(TEXT))
    again = spacy.blank("en")
    for name in COMPONENTS:
        again.add_pipe(f"minutes_{name}", name=name)
    assert _summary(again.from_disk(tmp_path / "saved")(TEXT)) == _summary(nlp(TEXT))


def test_batches_give_what_single_texts_give(nlp: Language) -> None:
    texts = [
        TEXT,
        "Noted.",
        "It was agreed that the Clerk would write to the bus company.",
        TEXT.replace("May", "June"),
    ]
    batch = list(nlp.pipe(texts, batch_size=2))
    assert [_summary(doc) for doc in batch] == [_summary(nlp(text)) for text in texts]
    assert [len(doc.spans["resolutions"]) for doc in batch] == [1, 1, 1, 1]


def test_a_document_survives_the_bytes_of_spacy(nlp: Language) -> None:
    doc = nlp(TEXT)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))
    assert _summary(copy) == _summary(doc)


def test_spans_stand_on_whole_tokens_and_hold_their_findings(nlp: Language) -> None:
    doc = nlp(TEXT)
    for key in (SpanKey.RESOLUTIONS, SpanKey.ACTIONS, SpanKey.MONEY, SpanKey.DATES):
        findings = get_findings(doc, key)
        assert len(findings) == len(doc.spans[key]) > 0
        for span, finding in zip(doc.spans[key], findings, strict=True):
            assert span.start_char <= finding.start < finding.end <= span.end_char


def test_the_meeting_date_resolves_what_the_text_leaves_out(nlp: Language) -> None:
    doc = nlp.make_doc("The litter pick is on 20 April.")
    doc._.meeting_date = date(2024, 3, 14)
    [first] = {span._.date_range.first for span in nlp(doc).spans["dates"]}
    assert first == date(2024, 4, 20)


def test_without_any_date_nothing_is_guessed(nlp: Language) -> None:
    doc = nlp("The litter pick is on 20 April.")
    assert [span.text for span in doc.spans["dates"] if span.label_ == Label.DATE] == []


def test_the_version_names_pipeline_and_code(nlp: Language) -> None:
    version = pipeline_version(nlp)
    assert version.startswith("en_council_minutes ")
    assert "minutes_miner" in version


def test_a_folder_without_a_pipeline_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError) as caught:
        load_pipeline(tmp_path / "nothing")
    assert str(tmp_path / "nothing") in str(caught.value)
    assert "\n" not in str(caught.value)
