"""The first lines tell which meeting a document is of, never an earlier or a later one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.parse.body import find_authority, find_committee
from minutes_miner.parse.day import find_days
from minutes_miner.parse.header import read_header

FORMS = [
    ("held on Thursday, 9 January 2025", date(2025, 1, 9)),
    ("held on 28th July 2022 at 7.30pm", date(2022, 7, 28)),
    ("HELD ON MONDAY, 25TH SEPTEMBER, 2017, AT 3.00 P.M.", date(2017, 9, 25)),
    ("held on the 3rd day of May 2019", date(2019, 5, 3)),
    ("held on 2\u00a0October\u00a02012", date(2012, 10, 2)),
    ("held on Tuesday 4\nFebruary 2020", date(2020, 2, 4)),
    ("held on 14/11/2023", date(2023, 11, 14)),
    ("held on 14.11.23 at 19.00 hrs", date(2023, 11, 14)),
    ("held on 2023-11-14", date(2023, 11, 14)),
    ("held on Sept. 5, 2016", date(2016, 9, 5)),
    ("held on 29 February 2023", None),
]


@pytest.mark.parametrize(("words", "day"), FORMS)
def test_dates_are_read_in_their_many_forms(words: str, day: date | None) -> None:
    assert (
        read_header([f"Minutes of the meeting of the Quay Committee {words}", "Present: Cllr Ash"]).meeting_date == day
    )


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (
            ["QUAY COUNCIL", "Minutes of the meeting 6 May 2024", "Minutes of the last meeting held on 1 April 2024"],
            (2024, 5, 6),
        ),
        (["Date of next meeting: 3 June 2024", "Minutes of the meeting held 6 May 2024 at 7 pm"], (2024, 5, 6)),
        (["Draft minutes published 10 May 2024", "Ordinary meeting of Monday 6 May 2024"], (2024, 5, 6)),
        (
            ["DRAFT Minutes for approval at the next Meeting Meeting of the Council Wednesday 1 May 2024 at 7 pm"],
            (2024, 5, 1),
        ),
        (["Quay Town Council", "6 May 2024", "Present: Cllr Ash"], (2024, 5, 6)),
        (["Issue - meetings", "Quay Dues", "Meeting: 27/09/2023 - Cabinet (Item 37)"], (2023, 9, 27)),
        (
            ["QUAY PANEL \u2013 10th May 2024", "Minutes: in the Hall.", "Minutes of the meeting held on 2 April 2024"],
            (2024, 5, 10),
        ),
        (["Decision details", "Publication date: 22/10/2024", "Date of decision: 21/10/2024"], (2024, 10, 21)),
        (["QUAY PANEL \u2013 10 MAY 2024", "1.  Budget", "The Treasurer was heard."], (2024, 5, 10)),
        (["Flood group", "With 19 residents, 6 May 2024", "1 The beck", "It rose on 1 April 2024."], (2024, 5, 6)),
        (["QUAY FORUM 05.12.24 Library", "1 Minutes 03.10.24 agreed"], (2024, 12, 5)),
        (["Record of decision", "Date", "9 June 2024", "Call-in expires", "19 June 2024"], (2024, 6, 9)),
        (["Record of Decision", "A report will be presented to Cabinet on 30 January 2025."], None),
        (["The minutes of the meeting held on 2 April 2024 were approved as a true record."], None),
        (["To approve the minutes of the meeting held on 2 April 2024"], None),
        (["Present: Cllrs Ash and Birch", "The bridge was built on 4 May 1931."], None),
        (["A meeting was held on December 6th2016 at the Memorial Hall", "Present: Cllr Ash"], (2016, 12, 6)),
        (["Present: Cllrs Ash and Birch", "(3) Minutes of Meeting Held on 13th February 2007", "Signed."], None),
        (["Apologies: Cllr Ash", "Minutes of the Meeting held on 11th February 2020", "Carried unanimously."], None),
    ],
)  # fmt: skip
def test_the_day_of_the_meeting_is_chosen_among_others(lines: list[str], day: tuple[int, int, int] | None) -> None:
    assert read_header(lines).meeting_date == (date(*day) if day else None)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["SALTMERE COUNTY COUNCIL", "COUNTY COUNCIL"], "Saltmere County Council"),
        (["MINUTES OF THE FENMARCH PARISH COUNCIL MEETING"], "Fenmarch Parish Council"),
        (
            ["Minutes of the meeting of Upper Wend and Lowmoor Community Council held in the hall"],
            "Upper Wend and Lowmoor Community Council",
        ),
        (["MINUTES OF MEETING OF QUILLAN CITY AND COUNTY COUNCIL"], "Quillan City and County Council"),
        (["Wendmouth Combined Authority", "Cabinet"], "Wendmouth Combined Authority"),
        (["Minutes of a meeting of the above Council held in the hall"], None),
        (["Present: Cllr Ash (Saltmere County Council)"], None),
        (["Budget Amendment Form"], None),
    ],
)
def test_the_councils_name_is_read(lines: list[str], name: str | None) -> None:
    assert find_authority(lines) == name


@pytest.mark.parametrize(
    ("lines", "authority", "name"),
    [
        (["Quay and Harbour Committee - Thursday 6 March 2025 6.00 pm"], None, "Quay and Harbour Committee"),
        (["Meeting: 27/09/2023 - Cabinet (Item 37)"], None, "Cabinet"),
        (["DECISION TO BE TAKEN BY:", "Cabinet", "DECISION NO:"], "Saltmere County Council", "Cabinet"),
        (
            ["MINUTES of a meeting of the County Council held at Shire Hall"],
            "Saltmere County Council",
            "County Council",
        ),
        (
            ["MINUTES OF MEETING OF THE PORTS, FERRIES AND PIERS COMMITTEE HELD"],
            None,
            "Ports, Ferries and Piers Committee",
        ),
        (
            ["Fenmarch Parish Council", "Planning Committee", "Present: Ash"],
            "Fenmarch Parish Council",
            "Planning Committee",
        ),
        (["Minutes of the meeting of Fenmarch Parish Council held on 6 May 2024"], "Fenmarch Parish Council", None),
        (["The Committee was told that the Board had met."], None, None),
    ],
)
def test_the_body_that_met_is_read(lines: list[str], authority: str | None, name: str | None) -> None:
    assert find_committee(lines, authority) == name


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["%d %B %Y", "%A %d %B, %Y", "%d/%m/%Y", "%Y-%m-%d", "%B %d, %Y", "%d.%m.%Y"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert [found.value for found in find_days(f"on {day.strftime(form)} at")] == [day]
