"""Whatever the markup: one error or a sound document; simple pages lose no word, and hostile ones no time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import check_blocks, read, texts

from minutes_miner.domain.source import Document
from minutes_miner.errors import ParseError

TAGS = (
    "p div span b strong i a br ul ol li table tr td th thead tbody caption h1 h2 h3 form header footer nav main"
    " article section dl dt dd details summary button pre blockquote sup script style title head body html svg o:p"
    " font center"
).split()
ATTRIBUTES = (
    "", " class=menu", " class='mgAiTitleTxt'", " class=mgItemNumberCell", " id=modgov", " hidden", " role=main",
    " style='display:none'", " style='mso-list:l0 level2 lfo1'", " colspan=3 rowspan=2", " colspan=-1", " start=-4",
    " type=i value=x", " class='mgItemTable'", " href='mgAi.aspx?ID=1'", " class", " =", " reversed",
)  # fmt: skip
WORDS = (
    "RESOLVED that", "the bench be mended", "1.", "(a)", "31.", "\u2022", "Action", "Minute", "Item", "&nbsp;",
    "&nbsp;" * 4, "&amp;pound;5", "&bogus;", "\xad", "\u200b", "\uf0b7", "e\u0301", "\ufb01x", "\n", "<", ">", "&",
    "<!-- x -->", "<![if x]>", "view the full minutes text for item 4", "Share this page", "Related links",
    "12 March 2024", "\x01", "\U0001f600", "view",
)  # fmt: skip
pieces = st.one_of(
    st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)).map(lambda pair: f"<{pair[0]}{pair[1]}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)
markup = st.lists(pieces, max_size=60).map("".join)


def read_or_refuse(data: bytes) -> Document | None:
    """Give a sound document, or None for one error of one line."""
    try:
        document = read(data, "page.html")
    except ParseError as error:
        assert str(error).startswith("page.html: ") and "\n" not in str(error)
        return None
    check_blocks(document)
    for item in document.items:
        assert 0 <= item.start <= item.end <= len(document.text)
    return document


@settings(max_examples=300)
@given(markup)
def test_any_markup_is_read_or_refused(page: str) -> None:
    read_or_refuse(f"<html><body>{page}".encode("utf-8", "replace"))
    document = read_or_refuse(f"<html><body><p>Bench</p>{page}".encode("utf-8", "replace"))
    assert document is None or document.text


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from([b"", b"\xef\xbb\xbf", b"<meta charset=utf-16>", b"<meta charset=hz>"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    read_or_refuse(head + b"<html><body><p>Bench " + data)


blocks = st.sampled_from(["p", "div", "h2", "h3", "blockquote", "ul", "ol", "table", "dl", "details", "section", "pre"])
counts = st.integers(1, 4)


def write_block(tag: str, words: list[str]) -> str:
    """Write words as an element, each in a part of its own where it has parts."""
    if tag in {"ul", "ol"}:
        return f"<{tag}>" + "".join(f"<li>{word}" for word in words) + f"</{tag}>"
    if tag == "table":
        return "<table>" + "".join(f"<tr><td>{word}</td><td><i>{word}x</i></td></tr>" for word in words) + "</table>"
    if tag == "dl":
        return "<dl>" + "".join(f"<dt>{word}<dd>{word}x" for word in words) + "</dl>"
    if tag == "details":
        return f"<details><summary>{words[0]}</summary>{' '.join(words[1:])}</details>"
    return f"<{tag}>{'<br>'.join(words)}</{tag}>"


@settings(max_examples=150)
@given(st.lists(st.tuples(blocks, counts), min_size=1, max_size=12), st.booleans())
def test_no_word_of_a_simple_page_is_lost(parts: list[tuple[str, int]], nested: bool) -> None:
    page, seen = "", []
    for number, (tag, count) in enumerate(parts):
        words = [f"word{number}q{index}" for index in range(count)]
        page += f"<div><span>{write_block(tag, words)}</span></div>" if nested else write_block(tag, words)
        seen += [shown for word in words for shown in ([word, f"{word}x"] if tag in {"table", "dl"} else [word])]
    document = read(f"<html><body>{page}</body></html>".encode(), "page.html")
    check_blocks(document)
    assert [word for word in document.text.split() if word.startswith("word")] == seen


START = "<html><body><h1>Minutes</h1>"
HOSTILE = {
    "rows": "<table>" + "<tr><td>Fell Ltd</td><td>Gravel</td><td>4.50</td></tr>" * 5000,
    "spans": "<table>" + "<tr>" + "<td colspan=9999 rowspan=9999>x" * 20_000,
    "stray ends": "<div>" * 900 + "</b></td></table>" * 20_000 + "<p>x",
    "menus": "<div>" * 900 + "<div class=menu>x</div>" * 10_000 + "<p>The well is dry.",
    "asides": "<h2>Related links</h2><ul><li><a>x</a></ul>" * 5000 + "<p>The well is dry.",
    "tables in tables": "<table><tr><th>a<td>b<tr><th>c<td>" * 50 + "<p>words" * 10_000,
    "signs": "<" * 200_000 + "<p>x",
    "comments": "<p>x</p>" + "<!--" * 200_000,
    "entities": "<p>" + "&amp;amp;#38;" * 50_000,
    "spaces": "<p>1.&nbsp;" + "&nbsp;\n" * 200_000 + "x",
    "attributes": f"<p class='{'menu ' * 2_000_000}' title='{'x' * 10_000_000}'>The well is dry.</p>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_take_time_by_their_length(kind: str) -> None:
    page = (START + HOSTILE[kind]).encode()
    begun = time.process_time()
    assert texts(read(page, "page.html"))[0] == "Minutes"
    assert time.process_time() - begun < 15


@pytest.mark.slow
def test_pages_of_countless_elements_are_refused() -> None:
    with pytest.raises(ParseError, match="page.html: the page has more than 1,000,000 elements; save"):
        read((START + "<br>" * 1_000_001).encode(), "page.html")


def test_entities_that_a_page_defines_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    page = f'<!DOCTYPE html [<!ENTITY e0 "aaaaaaaaaa">{entities}]><html><body><p>&e39; well</p></body></html>'
    assert len(read(page.encode(), "page.html").text) < 3000
