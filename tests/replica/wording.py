"""Give the words of an invented council's business: places, posts, sums and the clauses that they fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

PLACES = (
    "Ashgill Meadows|Barrowden Quay|Birkwith Lane|Calverstone|Cotter Hill|Dunnock Green|Eastwater|Elmhurst Parade"
    "|Fallow Dene|Fernhaugh|Garth End|Gorsley Common|Hallbeck|Harrowfield|Inkerman Road|Jessop Yard|Kelder Bank"
    "|Kingswell|Lambourne Wharf|Larch Hill|Marlpit Lane|Mossgate|Netherstoke|Norwold|Oakenshaw|Old Tannery Street"
    "|Pellam Bridge|Priory Fields|Quarry Bank|Ravelstone|Rushmere End|Saltersgate|Shawclough|Swinside|Tarn Row"
    "|Thornley Park|Upper Wendle|Vicarage Meadow|Wetherham|Winnats Road|Yarrow Street|Yeld Common"
).split("|")
WORKS = (
    "the resurfacing of the car park|the renewal of the roof of the library|the replacement of the street lamps"
    "|the repair of the retaining wall|the refurbishment of the leisure centre|the rebuilding of the footbridge"
    "|the dredging of the boating lake|the renewal of the play equipment|the insulation of the council houses"
    "|the conversion of the former school|the laying of the cycle track|the restoration of the bandstand"
).split("|")
FIRMS = (
    "Aldgarth Construction Ltd|Bewley and Marr Ltd|Copperhouse Civils Ltd|Drayhorse Paving Ltd|Ellerby Roofing Ltd"
    "|Foxton Lighting Ltd|Greystone Groundworks Ltd|Harbottle Brothers Ltd|Ivesdale Engineering plc"
    "|Kirkstall Play Ltd|Longmire Surveys Ltd|Mickleham Builders Ltd|Northmoor Plant Ltd|Oxgang Services Ltd"
).split("|")
PAPERS = (
    "local transport plan|open space strategy|homelessness strategy|conservation area appraisal|masterplan"
    "|air quality action plan|asset management plan|flood risk management plan|tree strategy|design code"
    "|parking strategy|public realm strategy"
).split("|")
POLICIES = (
    "pavement licensing policy|discretionary rate relief policy|hackney carriage policy|enforcement policy"
    "|street naming policy|allotments policy|memorial bench policy|community asset transfer policy|debt policy"
).split("|")
REPORTS = (
    "budget monitoring report|treasury management report|complaints report|health and safety report"
    "|internal audit progress report|corporate risk register|performance report|procurement report"
    "|workforce report|housing repairs report|planning appeals report"
).split("|")
MATTERS = (
    "the future of the day centre|the proposed controlled parking zone|the petition about speeding"
    "|the disposal of the depot|the trial closure of the high street|the opening hours of the recycling centre"
    "|the draft charging schedule|the lease of the community hall|the bid for lottery money"
    "|the siting of the electric charging points"
).split("|")
CLUBS = (
    "Bowls Club|Brass Band|Community Shop|Cricket Club|Food Bank|Heritage Trust|Men's Shed|Rowing Club|Scout Group"
    "|Swimming Club|Youth Theatre|Gardening Society"
).split("|")
PURPOSES = (
    "a new pavilion|a second-hand minibus|insulation of its hall|its summer festival|new floodlights|a ramp and a lift"
    "|its advice sessions|the repair of its boathouse"
).split("|")
PROPOSALS = (
    "erection of {n} dwellings|change of use from shop to café|single storey rear extension|conversion of barn to"
    " {n} holiday lets|installation of {n} solar panels|demolition of garages and erection of {n} flats"
    "|formation of vehicular access|erection of agricultural building"
).split("|")
POSTS = (
    "Director of Place|Director of Resources|Head of Housing|Head of Planning|Monitoring Officer|Chief Executive"
    "|Head of Property|Assistant Director for Environment|Director of Public Health|Section 151 Officer"
).split("|")
HOLDERS = (
    "Cabinet Member for Finance|Cabinet Member for Housing|Cabinet Member for Transport|Leader of the Council"
    "|Portfolio Holder for Leisure|Portfolio Holder for Communities"
).split("|")
ACTS = (
    "enter into a lease of the land|acquire the freehold of the premises|submit a bid for the scheme"
    "|agree terms for the sale of the site|settle the claim for compensation|appoint consultants for the scheme"
).split("|")
BODIES = (
    "Harbour Users Forum|Drainage Board|Museums Trust|Airport Consultative Committee|Crematorium Joint Board"
    "|Twinning Association|Woodland Partnership|Canal Partnership"
).split("|")
FORENAMES = "Ailsa Bertram Celia Desmond Edwina Farrah Gareth Hetty Idris Joan Kamal Leonie Magnus Nadia Petra".split()
SURNAMES = (
    "Ackerley Bagshawe Cantrell Dalloway Entwhistle Farrant Gosling Hebden Imrie Jessop Kettlewell Lumsden Marchbank"
    " Nettleship Oduya Pargeter Quennell Rowbotham Singleton Thwaite Umbers Verrall Whinfell Yelland"
).split()


@dataclass(frozen=True)
class Clause:
    """Hold an operative clause, what it is about and what kind of decision it is."""

    text: str
    title: str
    kind: str


class Words:
    """Draw words from one random stream; what it draws depends on the seed alone."""

    def __init__(self, seed: str, day: date) -> None:
        """Take a seed and the day of the decision, from which dates are counted."""
        self.random = Random(seed)
        self.day = day

    def one(self, words: tuple[str, ...] | list[str]) -> str:
        """Draw one of the words."""
        return self.random.choice(words)

    def sum(self) -> str:
        """Draw a sum of money that hardly comes twice."""
        return f"£{self.random.randrange(2_101, 948_000):,}"

    def later(self) -> str:
        """Draw a day between one month and a year after the decision."""
        return long_date(self.day + timedelta(days=self.random.randrange(30, 365)))

    def reference(self) -> str:
        """Draw the number of a planning application."""
        return f"{self.day:%y}/{self.random.randrange(10_000, 99_999):05}/{self.one(['FUL', 'OUT', 'HOU', 'LBC'])}"

    def address(self) -> str:
        """Draw a house number in a place."""
        return f"{self.random.randrange(2, 298)} {self.one(PLACES)}"

    def proposal(self) -> str:
        """Draw what a planning application asks for."""
        return self.one(PROPOSALS).format(n=self.random.randrange(4, 60))

    def period(self) -> str:
        """Draw a quarter before the decision."""
        return f"quarter {self.random.randrange(1, 5)} of {self.day.year - 1}/{self.day.year % 100:02}"

    def report_number(self) -> str:
        """Draw the number of a report."""
        return f"{self.one(['CE', 'DR', 'FIN', 'HSG', 'PLC'])}/{self.day:%y}/{self.random.randrange(100, 9_999):04}"


def long_date(day: date) -> str:
    """Write a day as minutes do: ``4 December 2025``."""
    return f"{day.day} {day:%B %Y}"


def _award(words: Words) -> Clause:
    works, place = words.one(WORKS), words.one(PLACES)
    text = f"the contract for {works} at {place} be awarded to {words.one(FIRMS)} at a cost of {words.sum()}"
    return Clause(text, f"{_titled(works)} at {place}", "approve")


def _paper(words: Words) -> Clause:
    paper, place = words.one(PAPERS), words.one(PLACES)
    text = f"the {paper} for {place} set out in report {words.report_number()} be approved"
    return Clause(text, f"{paper.capitalize()} for {place}", "approve")


def _grant(words: Words) -> Clause:
    club = f"{words.one(PLACES)} {words.one(CLUBS)}"
    text = f"a grant of {words.sum()} to {club} towards {words.one(PURPOSES)} be approved"
    return Clause(text, f"Grant to {club}", "approve")


def _permit(words: Words) -> Clause:
    number, what, where = words.reference(), words.proposal(), words.address()
    text = f"planning permission be granted for application {number} for {what} at {where}"
    return Clause(text, f"{number}: {where}", "approve")


def _refuse(words: Words) -> Clause:
    number, what, where = words.reference(), words.proposal(), words.address()
    text = f"planning permission be refused for application {number} for {what} at {where}"
    return Clause(text, f"{number}: {where}", "refuse")


def _authorise(words: Words) -> Clause:
    act, place = words.one(ACTS), words.one(PLACES)
    text = (
        f"the {words.one(POSTS)} be authorised, in consultation with the {words.one(HOLDERS)}, to {act} at {place}"
        f" at a cost of up to {words.sum()}"
    )
    return Clause(text, f"{place}: proposal to {act}", "authorise")


def _note(words: Words) -> Clause:
    report, number = words.one(REPORTS), words.report_number()
    text = f"the {report} for {words.period()} (report {number}) be noted"
    return Clause(text, f"{report.capitalize()} {number}", "note")


def _defer(words: Words) -> Clause:
    matter, place = words.one(MATTERS), words.one(PLACES)
    text = f"consideration of {matter} at {place} (report {words.report_number()}) be deferred until {words.later()}"
    return Clause(text, f"{_titled(matter)} at {place}", "defer")


def _appoint(words: Words) -> Clause:
    body = f"{words.one(PLACES)} {words.one(BODIES)}"
    name = f"{words.one(FORENAMES)} {words.one(SURNAMES)}"
    text = f"Councillor {name} be appointed to the {body} until {words.later()}"
    return Clause(text, f"Appointment to the {body}", "appoint")


def _request(words: Words) -> Clause:
    matter, place = words.one(MATTERS), words.one(PLACES)
    text = (
        f"the {words.one(POSTS)} be requested to report on {matter} at {place} by {words.later()},"
        f" further to report {words.report_number()}"
    )
    return Clause(text, f"{_titled(matter)} at {place}", "request")


def _adopt(words: Words) -> Clause:
    policy, place = words.one(POLICIES), words.one(PLACES)
    number = words.report_number()
    text = f"the revised {policy} for {place} in report {number} be adopted with effect from {words.later()}"
    return Clause(text, f"{policy.capitalize()} for {place}", "approve")


def _recommend(words: Words) -> Clause:
    place = words.one(PLACES)
    text = f"Council be recommended to approve a budget of {words.sum()} for {words.one(WORKS)} at {place}"
    return Clause(text, f"Budget for works at {place}", "recommend")


def _refer(words: Words) -> Clause:
    matter, place = words.one(MATTERS), words.one(PLACES)
    text = f"{matter} at {place} be referred to the {words.one(POSTS)} with report {words.report_number()}"
    return Clause(text, f"{_titled(matter)} at {place}", "refer")


def _titled(words: str) -> str:
    words = words.removeprefix("the ")
    return words[0].upper() + words[1:]


MAKERS: dict[str, Callable[[Words], Clause]] = {
    "award": _award,
    "paper": _paper,
    "grant": _grant,
    "permit": _permit,
    "refuse": _refuse,
    "authorise": _authorise,
    "note": _note,
    "defer": _defer,
    "appoint": _appoint,
    "request": _request,
    "adopt": _adopt,
    "recommend": _recommend,
    "refer": _refer,
}
"""What makes a clause of each sort."""
