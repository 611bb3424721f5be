"""Each error is shown in its paragraph, and whatever a document says is only text in the report."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from gold_cases import Object, action, compared, day, decision, gold_line, record, sum_of

from minutes_miner.domain.outline import outline_text
from minutes_miner.domain.source import Document, DocumentRef, Page
from minutes_miner.evaluate import Comparison, format_report
from minutes_miner.evaluate.finder import Finder
from minutes_miner.evaluate.markup import element
from minutes_miner.evaluate.placing import find_passages

TEXT = """1. Finance

RESOLVED: that the report be noted. The rain fell on 6 May 2024.

It was agreed that <b>six</b> trees & a hedge be planted
behind the lido for £75.

2. Parks

RESOLVED: that the report be noted.

The Clerk will write to the county by 6 May 2024.
"""
NOTED, TREES = "that the report be noted", "that <b>six</b> trees & a hedge be planted behind the lido"
VOID = {"meta"}


def document(text: str = TEXT, pages: tuple[Page, ...] = ()) -> Document:
    return Document(DocumentRef("may.txt", "ab" * 32, len(text), "text/plain"), text, outline_text(text), pages)


def at(quote: str, nth: int = 0) -> Object:
    """Give a mention of the n-th place where words stand in the text."""
    start = [match.start() for match in re.finditer(re.escape(quote), TEXT)][nth]
    return {"start": start, "end": start + len(quote), "text": quote}


class Reader(HTMLParser):
    """Check that every element is closed, and keep the text of articles and of marks."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[str] = []
        self.articles: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        self.links += [str(told[name]) for name in ("href", "src") if name in told]
        self.ids += [str(told["id"])] if "id" in told else []
        if tag not in VOID:
            self.open.append((tag, told))
        if tag == "article":
            self.articles.append("")
        if tag == "mark":
            self.marks.append((str(told["class"]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [name for name, _ in self.open]
        if "article" in names:
            self.articles[-1] += data
        if "mark" in names:
            name, words = self.marks[-1]
            self.marks[-1] = (name, words + data)


def read(comparison: Comparison, of: Document | None) -> tuple[Reader, str]:
    page = format_report([comparison], [of])
    return Reader(page), page


def test_a_missed_decision_stands_in_its_paragraph(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(TREES, "agree")])
    reader, page = read(compared(tmp_path, gold, {}), document())
    (article,) = reader.articles
    assert "missed decision: agree" in article
    paragraph = "It was agreed that <b>six</b> trees & a hedge be planted\nbehind the lido for £75."
    assert paragraph in article and "rain" not in article
    assert reader.marks[3:] == [("gold", "that <b>six</b> trees & a hedge be planted\nbehind the lido")]
    assert "<b>" not in page and "&lt;b&gt;six&lt;/b&gt; trees &amp; a hedge" in page


def test_a_spurious_record_is_marked_as_found(tmp_path: Path) -> None:
    words = "The Clerk will write to the county by 6 May 2024"
    found = {"actions": [record(words, mentions=[at(words)], kind=None, outcome=None)]}
    reader, _ = read(compared(tmp_path, gold_line(), found), document())
    assert "spurious action: confidence 0.90" in reader.articles[0]
    assert reader.marks[3:] == [("found", words)]


def test_facts_that_differ_are_named_with_both_sides(tmp_path: Path) -> None:
    vote = {"manner": "counted", "for": 5, "against": 1, "abstain": None}
    due = {"quote": "by 6 May 2024", "from": "2024-05-06", "to": "2024-05-06"}
    gold = gold_line(
        decisions=[decision(TREES, "approve", outcome="lost", vote=vote)],
        actions=[action("The Clerk will write to the county", owners=["Clerk"], due=due)],
        meeting_date="2024-05-06",
    )
    wider = "It was agreed that <b>six</b> trees & a hedge be planted\nbehind the lido"
    task = "write to the county by 6 May 2024"
    owners = [{"text": "county", "name": None, "role": None}]
    found = {
        "decisions": [record(wider, mentions=[at(wider)])],
        "actions": [record(task, mentions=[at(task)], owners=owners, due={"text": "6 May", "from": None, "to": None})],
    }
    reader, _ = read(compared(tmp_path, gold, found), document())
    told = "\n".join(reader.articles)
    assert "kind: agree found, approve in gold" in told
    assert "outcome: carried found, lost in gold" in told
    assert "vote: none found, counted, 5 for, 1 against in gold" in told
    assert "owner: county found, Clerk in gold" in told
    assert "due: 6 May found, by 6 May 2024 (2024-05-06) in gold" in told
    assert "meeting date: none found, 2024-05-06 in gold" in told
    names = [name for name, _ in reader.marks[3:]]
    assert names == ["found", "both", "gold", "both", "found"]


def test_of_equal_words_those_are_shown_that_were_missed(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(NOTED, "note")] * 2)
    for nth, shown in ((0, 1), (1, 0)):
        found = {"decisions": [record(NOTED, kind="note", mentions=[at(NOTED, nth)])]}
        (passage,), homeless = find_passages(compared(tmp_path, gold, found), document())
        assert passage.span[0] <= at(NOTED, shown)["start"] < passage.span[1]
        assert (passage.found, homeless) == ((), [])


def test_of_equal_dates_that_one_is_shown_that_was_missed(tmp_path: Path) -> None:
    gold = gold_line(dates=[day("2024-05-06", "6 May 2024")] * 2)
    found = {"dates": [{**day("2024-05-06", "6 May 2024"), **at("6 May 2024", 0)}]}
    (passage,), _ = find_passages(compared(tmp_path, gold, found), document())
    assert TEXT[slice(*passage.span)].startswith("The Clerk will write")


def test_a_sum_that_was_read_wrongly_is_both_missed_and_spurious(tmp_path: Path) -> None:
    found = {"money": [{**sum_of("750.00"), **at("£75")}]}
    reader, _ = read(compared(tmp_path, gold_line(money=[sum_of("75")]), found), document())
    (article,) = reader.articles
    assert "missed sum: 75.00 GBP" in article and "spurious sum: 750.00 GBP" in article
    assert reader.marks[3:] == [("both", "£75")]


def test_the_page_is_told(tmp_path: Path) -> None:
    half = TEXT.index("2. Parks")
    pages = (Page(1, 0, half, 595, 842), Page(2, half, len(TEXT), 595, 842))
    gold = gold_line(actions=[action("The Clerk will write to the county")])
    reader, _ = read(compared(tmp_path, gold, {}), document(pages=pages))
    assert reader.articles[0].startswith("page 2")


def test_words_that_stand_nowhere_are_shown_all_the_same(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision("<i>quite</i> other words")])
    reader, page = read(compared(tmp_path, gold, {}), document())
    assert "do not stand in the text" in reader.articles[0] and "<i>quite</i> other words" in reader.articles[0]
    assert "<i>" not in page


def test_a_document_that_failed_says_why(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(TREES)])
    reader, page = read(compared(tmp_path, gold, {"error": "the file is <broken>"}), None)
    assert "Nothing could be found: the file is &lt;broken&gt;" in page
    assert "missed decision" in reader.articles[0]


def test_everything_that_gold_and_answer_say_is_escaped(tmp_path: Path) -> None:
    evil = "<script>alert('&')</script>\x00\ud800\""
    texts = {"id": evil, "authority": evil, "committee": evil, "layout": evil, "file": "x<script>.txt"}
    gold = gold_line(**texts, decisions=[decision(evil)], actions=[action("do it now", owners=[evil])])
    found: dict[str, Any] = {
        "decisions": [record("something else", kind=evil, outcome=evil)],
        "actions": [record("do it now", owners=[{"text": "x" + evil}])],
        "dates": [{"text": evil, "from": evil, "to": None}],
    }
    reader, page = read(compared(tmp_path, gold, found), document(f"{evil} do it now {evil}"))
    assert "script" not in reader.tags and len(reader.articles) >= 3
    assert not re.search("[\x00\ud800]", page)
    page.encode("utf-8")


def test_the_report_needs_nothing_beside_it(tmp_path: Path) -> None:
    reader, page = read(compared(tmp_path, gold_line(decisions=[decision(TREES)]), {}), document())
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert "url(" not in page and "@import" not in page and "http" not in page
    assert {"main", "header", "table", "caption", "style", "title"} <= set(reader.tags)
    assert reader.links == ["#document-1"] and "document-1" in reader.ids
    assert "prefers-color-scheme: dark" in page and "<!doctype html>\n<html lang=\"en\">" in page


def test_the_tables_hold_the_figures(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(TREES), decision(NOTED, "note")], authority="Upper & Lower")
    _, page = read(compared(tmp_path, gold, {"decisions": [record(NOTED, kind="note", confidence=0.97)]}), document())
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
    cells = [[cell for cell in row.split("|") if cell] for row in rows]
    assert ["decisions", "1.000", "0.500", "0.667", "1", "0", "1"] in cells
    assert ["kind", "1.000", "1", "0"] in cells
    assert ["agree", "1.000", "0.000", "0.000", "0", "0", "1", "–"] in cells
    assert ["Upper &amp; Lower", "1", "1.000", "0.500", "0.667", *"––––––"] in cells
    assert ["0.95–1", "1", "0.970", "1.000", "0", "–", "–"] in cells


def test_a_report_without_errors_says_so(tmp_path: Path) -> None:
    reader, page = read(compared(tmp_path, gold_line(), {}), document())
    assert "There are none." in page and reader.articles == []


def test_a_long_paragraph_is_cut_around_the_marks(tmp_path: Path) -> None:
    text = f"{'rain fell ' * 400}then six trees were planted {'and more rain fell ' * 400}"
    reader, _ = read(compared(tmp_path, gold_line(decisions=[decision("six trees were planted")]), {}), document(text))
    assert reader.marks[3:] == [("gold", "six trees were planted")]
    assert reader.articles[0].count("[…]") == 2 and len(reader.articles[0]) < 1400


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("the fund-\ning of  roads", "funding of roads", ["fund-\ning of  roads"]),
        ("15 May and 5 May", "5 May", ["5 May"]),
        ("£15m and £1.5m", "£1.5m", ["£1.5m"]),
        ("“Noted”, NOTED; unnoted", "noted.", ["Noted", "NOTED"]),
        ("İstanbul road", "road", ["road"]),
        ("nothing", "—", []),
    ],
)
def test_words_are_found_whatever_stands_between_them(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in Finder(text).find_all(words)] == found


def test_words_with_something_between_them_are_nearly_found() -> None:
    head, tail = "the Clerk be asked to write to the county", "about the flooding of the road at the bridge"
    text = f"Agreed that {head} AB (Action) {tail} soon."
    span = Finder(text).find_nearly(f"{head} {tail}")
    assert span and text[slice(*span)] == f"{head} AB (Action) {tail}"
    assert Finder(text).find_nearly("words that do not stand anywhere in this text at all") is None


def test_text_is_escaped_and_elements_are_not() -> None:
    inner = element("b", "<&>")
    assert element("p", "1 < 2 ", inner, title='"') == '<p title="&quot;">1 &lt; 2 <b>&lt;&amp;&gt;</b></p>'
