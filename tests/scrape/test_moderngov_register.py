"""ModernGov's register of decisions: lists by the day of publication, decisions and the history of issues."""

from __future__ import annotations

from datetime import date

import pytest
from moderngov_site import BASE, answer, chosen, decision_page, first, make_platform, notice, page
from spacy.language import Language

from minutes_miner.domain.gathering import Obstacle, Occasion, OccasionKind, Request, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.moderngov import ModernGov
from minutes_miner.workflow.document import extract_bytes

HEADS = """<table class="mgTabTable tablesorter"><thead><tr><th abbr='Title'>Title</th><th abbr='Published'>Date</th>
<th>Effective from</th><th>Call-ins</th></tr></thead><tbody>"""


def register(*rows: tuple[str, str, str]) -> str:
    """Give a list of decisions: query, title and day of publication."""
    listed = "".join(
        f'<tr><td><a  href="ieDecisionDetails.aspx?{query}">{title}<span class="mgHide"> ref&#58; 1</span></a></td>'
        f"<td>{day.replace('/', '&#47;')}</td><td>{day}</td><td>Not for call-in</td></tr>"
        for query, title, day in rows
    )
    return page(f"<h2 class='mgSubTitleTxt'>Decisions published</h2>{HEADS}{listed}</tbody></table>")


def ask_register(platform: ModernGov) -> Request:
    return first(list(platform.start()), "register")


def ask_decision(platform: ModernGov, query: str = "ID=77") -> Request:
    html = register((query, "Kiosk", "22/04/2026"))
    return first(platform.read(answer(ask_register(platform), html)).requests, "decision")


def test_the_newest_quarter_is_asked_for_first_and_leads_on_to_the_others() -> None:
    platform = make_platform(since=date(2025, 8, 1))
    request = ask_register(platform)
    assert request.url == (f"{BASE}/mgDelegatedDecisions.aspx?bcr=1&DM=0&DS=2&K=0&DR=01%2F04%2F2026-30%2F06%2F2026&V=0")
    assert (request.is_list, request.day) == (True, date(2026, 6, 30))
    found = platform.read(answer(request, register()))
    assert [(one.fact("first"), one.fact("last")) for one in found.requests] == [
        ("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31"), ("2025-07-01", "2025-09-30"),
    ]  # fmt: skip
    assert platform.read(answer(found.requests[0], register())).requests == ()
    assert found.obstacle is None and found.window is None


def test_each_decision_is_a_notice_chosen_by_its_day_of_publication() -> None:
    platform = make_platform(since=date(2026, 4, 10))
    html = register(
        ("ID=77", "Kiosk let on 1/02/2020", "22/04/2026"),
        ("AIId=8802", "Ferry", "11/04/2026"),
        ("ID=70", "Old", "03/04/2026"),
    )
    found = platform.read(answer(ask_register(platform), html))
    decisions = chosen(found.requests, "decision")
    assert [(one.url, one.occasion, one.is_list) for one in decisions] == [
        (f"{BASE}/ieDecisionDetails.aspx?ID=77", "decision/77", False),
        (f"{BASE}/ieDecisionDetails.aspx?AIId=8802", "decision/item-8802", False),
    ]
    assert [one.title for one in found.occasions] == ["Kiosk let on 1/02/2020", "Ferry"]
    assert {(one.key, one.kind) for one in found.occasions} == {
        ("decision/77", OccasionKind.NOTICE), ("decision/item-8802", OccasionKind.NOTICE),
    }  # fmt: skip


def test_a_slow_list_is_asked_for_in_halves_down_to_a_week() -> None:
    platform = make_platform(since=date(2026, 4, 1))
    waiting, leaves = [ask_register(platform)], []
    while waiting:
        request = waiting.pop()
        trouble = Obstacle(Coverage.FAILED, "the answer stopped coming")
        found = platform.read(answer(request, b"", status=0, obstacle=trouble))
        waiting += found.requests
        leaves += [] if found.requests else [request]
    days = [
        (date.fromisoformat(one.fact("last") or "") - date.fromisoformat(one.fact("first") or "")).days + 1
        for one in leaves
    ]
    assert sum(days) == 91 and max(days) <= 7


@pytest.mark.parametrize(
    ("obstacle", "status", "url"),
    [(Obstacle(Coverage.REFUSED, "status 403"), 403, None), (Obstacle(Coverage.FAILED, "status 404"), 404, None),
     (Obstacle(Coverage.BLOCKED, "an error page (mgError.aspx)"), 200, f"{BASE}/mgError.aspx?x=1"),
     (Obstacle(Coverage.BLOCKED, "a Cloudflare challenge in place of the answer"), 200, None)],
)  # fmt: skip
def test_a_closed_register_is_left_alone(obstacle: Obstacle, status: int, url: str | None) -> None:
    platform = make_platform()
    found = platform.read(answer(ask_register(platform), b"", status=status, url=url, obstacle=obstacle))
    assert (found.obstacle, found.requests) == (obstacle, ())


def test_an_error_page_behind_a_redirect_is_no_empty_list() -> None:
    platform = make_platform()
    sent = answer(ask_register(platform), page("<h1>Information</h1>"), url=f"{BASE}/mgError.aspx")
    found = platform.read(sent)
    assert found.obstacle is not None and found.obstacle.state is Coverage.BLOCKED
    assert found.requests == ()


def test_an_error_page_in_the_place_of_a_list_that_took_too_long_is_asked_for_in_halves() -> None:
    platform = make_platform()
    request = platform.read(answer(ask_register(platform), register())).requests[0]
    html = page(
        "<h1 class='mgMainTitleTxt'>Error</h1><h2 class='mgSubTitleTxt'>An error has occurred</h2>", title="Error"
    )
    found = platform.read(answer(request, html))
    assert found.obstacle is not None and found.obstacle.state is Coverage.BLOCKED
    assert [(one.fact("first"), one.fact("last")) for one in found.requests] == [
        ("2026-02-15", "2026-03-31"), ("2026-01-01", "2026-02-14"),
    ]  # fmt: skip


def test_a_list_of_nothing_that_does_not_say_so_could_not_be_read() -> None:
    platform = make_platform()
    silent = platform.read(answer(ask_register(platform), page("<h2 class='mgSubTitleTxt'>Decisions</h2>")))
    assert silent.obstacle is not None and silent.obstacle.state is Coverage.FAILED
    assert chosen(silent.requests, "register")
    told = platform.read(answer(ask_register(platform), page("<p>There are no decisions for these dates.</p>")))
    assert told.obstacle is None


def test_the_page_of_a_decision_tells_who_decided_when_and_at_which_meeting() -> None:
    platform = make_platform()
    at = """<p><span  class="mgLabel" >Decided at meeting: </span>
    <a  href="ieListDocuments.aspx?CId=31&amp;MID=700#AI8802">12&#47;03&#47;2026 - Quayside Committee</a></p>"""
    told = notice(platform.read(answer(ask_decision(platform), decision_page(extra=at))))
    assert told == Occasion(
        "decision/77", OccasionKind.NOTICE, committee_name="Head of Harbours", day=date(2021, 7, 19),
        title="Kiosk on Fish Quay", standing=Standing.HELD, url=f"{BASE}/ieDecisionDetails.aspx?ID=77",
        within="meeting/700",
    )  # fmt: skip
    assert notice(platform.read(answer(ask_decision(platform), decision_page()))).within is None


def test_the_paper_of_a_notice_states_the_decision_once(nlp: Language) -> None:
    platform = make_platform()
    response = answer(ask_decision(platform), decision_page(text="RESOLVED that the kiosk be let for &pound;900."))
    made = platform.compose(notice(platform.read(response)), [response])
    [paper] = made.papers
    assert (paper.url, paper.rank, made.coverage) == (response.request.url, 2, Coverage.APPROVED)
    assert paper.body is not None and paper.made_from == (response.request.url,)
    mined = extract_bytes(paper.body, paper.url, nlp=nlp)
    assert ["kiosk be let" in decision.text for decision in mined.decisions] == [True]
    assert mined.document.meeting_date == date(2021, 7, 19)


def test_a_decision_to_come_is_not_taken_yet() -> None:
    platform = make_platform()
    html = decision_page(text="").replace("Recommendations Approved", "For Determination")
    response = answer(ask_decision(platform), html)
    told = notice(platform.read(response))
    assert told.standing is Standing.SCHEDULED
    made = platform.compose(told, [response])
    assert (made.coverage, made.papers) == (Coverage.AGENDA_ONLY, ())


def test_a_page_that_is_no_decision_could_not_be_read() -> None:
    platform = make_platform()
    response = answer(ask_decision(platform), page("<h1>Welcome</h1>"))
    found = platform.read(response)
    assert found.obstacle is not None
    made = platform.compose(Occasion("decision/77", OccasionKind.NOTICE), [response])
    assert (made.coverage, made.papers) == (Coverage.BLOCKED, ())


@pytest.mark.parametrize("link", ["mgIssueHistoryHome.aspx?IId=555&amp;Opt=0", "ieIssueDetails.aspx?IID=555&amp;Opt=3"])
def test_the_history_of_an_issue_is_asked_for_once_with_the_notice(link: str) -> None:
    platform = make_platform()
    html = decision_page(links=f'<li><a  href="{link}">Issue history</a></li>' * 2)
    found = platform.read(answer(ask_decision(platform), html))
    assert [(one.url, one.occasion) for one in found.requests] == [
        (f"{BASE}/mgIssueHistoryHome.aspx?IId=555&Opt=0", "decision/77")
    ]


def test_an_issue_leads_to_decisions_and_meetings_in_the_scope() -> None:
    platform = make_platform()
    html = decision_page(links='<li><a  href="mgIssueHistoryHome.aspx?IId=555&amp;Opt=0">Issue history</a></li>')
    [request] = platform.read(answer(ask_decision(platform), html)).requests
    history = page("""<h2 class="mgSubTitleTxt">Kiosk</h2><table class="mgTabTable"><tr><td>
<a href="ieDecisionDetails.aspx?ID=78">Renewal</a></td><td>02/05/2026</td></tr>
<tr><td><a href="ieDecisionDetails.aspx?ID=12">First letting</a></td><td>02/05/2011</td></tr></table>
<ul><li><a href="ieListDocuments.aspx?CId=31&amp;MId=700">12 Mar 2026 Quayside Committee</a></li>
<li><a href="ieListDocuments.aspx?CId=31&amp;MId=100">12 Mar 2012 Quayside Committee</a></li></ul>""")
    found = platform.read(answer(request, history))
    assert [one.occasion for one in found.requests] == ["decision/78", "meeting/700"]
    assert [(one.key, one.day) for one in found.occasions] == [
        ("decision/78", None), ("meeting/700", date(2026, 3, 12)),
    ]  # fmt: skip


def test_an_issue_that_is_refused_takes_nothing_from_the_decision() -> None:
    platform = make_platform()
    html = decision_page(links='<li><a  href="ieIssueDetails.aspx?IId=555&amp;Opt=3">Issue details</a></li>')
    response = answer(ask_decision(platform), html)
    found = platform.read(response)
    refused = answer(found.requests[0], b"", status=403, obstacle=Obstacle(Coverage.BLOCKED, "an Azure challenge"))
    assert platform.read(refused).obstacle is not None
    made = platform.compose(notice(found), [response, refused])
    assert made.coverage is Coverage.APPROVED and len(made.papers) == 1
