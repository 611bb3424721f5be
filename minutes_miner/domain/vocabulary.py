"""List the words a record may use, each with its definition."""

from __future__ import annotations

from enum import StrEnum


class _Term(StrEnum):
    """A word of a closed list that carries its definition."""

    definition: str

    def __new__(cls, value: str, definition: str = "") -> _Term:
        term = str.__new__(cls, value)
        term._value_ = value
        term.definition = definition
        return term


class Kind(_Term):
    """What a decision does, told by its operative verb."""

    APPROVE = "approve", "approve, adopt, confirm, sign, grant, award, or set a tax or budget"
    AGREE = "agree", "agree, endorse, support, accept, welcome, or resolve to do something"
    NOTE = "note", "note or receive"
    RECOMMEND = "recommend", "recommend to another body"
    REFUSE = "refuse", "refuse, reject, not approve, or resolve not to"
    DEFER = "defer", "defer, adjourn or postpone"
    REFER = "refer", "refer to another body or officer"
    APPOINT = "appoint", "appoint, elect, nominate or co-opt"
    AUTHORISE = "authorise", "authorise or delegate"
    REQUEST = "request", "request, ask or instruct"
    COMMENT = "comment", "answer a consultation or planning application: no objection, object, support, comment"
    OTHER = "other", "anything else, such as excluding the press and public"


class Outcome(_Term):
    """What became of the proposal."""

    CARRIED = "carried", "the meeting, or the person with the power, settled it so"
    LOST = "lost", "a motion or amendment that was put and fell"
    WITHDRAWN = "withdrawn", "a motion or amendment that was pulled before a vote"


class Territory(_Term):
    """In which part of the United Kingdom an authority lies."""

    ENGLAND = "ENG", "England"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"
    SCOTLAND = "SCT", "Scotland"
    WALES = "WLS", "Wales"


def find_territories(part: str) -> list[str]:
    """List the codes of the territories that a reader means by a part of a code or name."""
    wanted = part.strip().casefold()
    return [place.value for place in Territory if wanted in f"{place.definition} {place.value}".casefold()]


class Manner(_Term):
    """How a decision was carried or lost."""

    UNANIMOUS = "unanimous", "everybody voted for it"
    NEM_CON = "nem_con", "nobody voted against it"
    COUNTED = "counted", "votes were counted, without names"
    NAMED = "named", "a recorded vote: each person's vote is given"
    CASTING_VOTE = "casting_vote", "the chair's second vote settled a tie"
    ASSENT = "assent", "general assent without a vote"


class Ballot(_Term):
    """How one person voted."""

    FOR = "for", "voted for"
    AGAINST = "against", "voted against"
    ABSTAIN = "abstain", "abstained or did not vote"


class Presence(_Term):
    """Whether somebody was at the meeting."""

    PRESENT = "present", "named among those present or in attendance"
    APOLOGIES = "apologies", "sent apologies"
    ABSENT = "absent", "named as absent without apologies"


class Status(_Term):
    """Where an action stands, as the document tells it."""

    OPEN = "open", "still to be done"
    DONE = "done", "told as done or complete"


class Coverage(_Term):
    """How far an authority, a committee or a meeting has been read; all but the last is what the gatherer saw."""

    NOT_TRIED = "not_tried", "nobody has asked for it yet"
    REFUSED = "refused", "the server, or its robots.txt, says no"
    BLOCKED = "blocked", "a challenge or an error page stood in the place of the answer"
    FAILED = "failed", "no answer, a server error, or something that can't be read"
    EMPTY = "empty", "the meeting is listed, without agenda and minutes"
    AGENDA_ONLY = "agenda_only", "an agenda and no minutes yet"
    DRAFT = "draft", "minutes that the body has not approved yet, fetched"
    APPROVED = "approved", "minutes, fetched"
    MINED = "mined", "minutes, fetched and read into the database"


OBSTACLES = frozenset({Coverage.REFUSED, Coverage.BLOCKED, Coverage.FAILED})
"""States of what could not be read: nobody knows what was decided there."""


class BlockRole(_Term):
    """What part of a page a block is."""

    HEADING = "heading", "a title above other blocks"
    PARAGRAPH = "paragraph", "running text"
    LIST_ITEM = "list_item", "one point of a numbered or bulleted list"
    TABLE_CELL = "table_cell", "one cell of a table"
    MARGIN_NOTE = "margin_note", "a note beside a block, such as initials in an Action column"


class Precision(_Term):
    """How finely an expression names a time."""

    DAY = "day", "a calendar day"
    MONTH = "month", "a month, or part of one such as 'early June'"
    QUARTER = "quarter", "a quarter of a calendar or financial year"
    SEASON = "season", "spring, summer, autumn or winter"
    YEAR = "year", "a calendar year"
    FINANCIAL_YEAR = "financial_year", "1 April to 31 March, or a municipal year"
    SPAN = "span", "a range whose ends are named"


class SumRole(_Term):
    """What a sum of money is, where the words tell."""

    APPROVED = "approved", "set aside, allocated, contributed, lent, or otherwise agreed to be spent"
    CONTRACT = "contract", "the price of a contract or a tender"
    GRANT = "grant", "given or received as a grant or donation"
    PAYMENT = "payment", "paid or to be paid: an invoice, a salary, a line in a list of payments"
    BUDGET = "budget", "a budget, a precept, or what one sets aside for a service or a year"
    COST = "cost", "what something costs or would cost: an estimate, a quote, a price"
    SAVING = "saving", "spent less, or to be spent less"
    INCOME = "income", "received or expected: takings, a sale, a refund"
    CHARGE = "charge", "what is charged: a fee, a rent, a fare, a fine, a tax"
    RATE = "rate", "the price of one: an hour, a week, a head, a dwelling in Band D"
    THRESHOLD = "threshold", "a limit from which, or up to which, a rule holds"
    BALANCE = "balance", "what is held or owed on a day: a bank account, reserves, debts, assets"
    GAP = "gap", "more or less than there should be: an overspend, a deficit, a surplus"
    TOTAL = "total", "what other sums of the same list add up to"
    PART = "part", "part of another sum, what that is paid from, or the lower end of a range"


class SpanKey(_Term):
    """The span groups that the pipeline sets on a spaCy ``Doc``."""

    SECTIONS = "sections", "agenda items and other headed parts"
    RESOLUTIONS = "resolutions", "operative clauses of decisions, motions and amendments"
    ACTIONS = "actions", "tasks set, asked for or promised"
    OWNERS = "owners", "who must carry out an action"
    DATES = "dates", "expressions that name a time"
    MONEY = "money", "sums in a currency"
    VOTES = "votes", "how a decision was carried or lost"


class Label(_Term):
    """The labels of the spans in those groups."""

    AGENDA_ITEM = "AGENDA_ITEM", "an item of business, from its heading to the next"
    DECISION = "DECISION", "words that settle something"
    MOTION = "MOTION", "words put to the meeting, settled by a later sentence"
    ACTION = "ACTION", "words that set a task"
    OWNER = "OWNER", "who must do it"
    DATE = "DATE", "a day, month, quarter, season or year"
    DUE = "DUE", "when a task must be done"
    MONEY = "MONEY", "a sum in a currency"
    VOTE = "VOTE", "a vote, its counts or its names"
    MOVER = "MOVER", "who proposed"
    SECONDER = "SECONDER", "who seconded"


class WarningCode(_Term):
    """What a reader should be wary of."""

    VOTE_CONFLICT = "vote_conflict", "two statements of one decision give different votes"
    VOTE_MISMATCH = "vote_mismatch", "the counted votes and the names given do not agree"
    DATE_IMPOSSIBLE = "date_impossible", "a date that is in no calendar"
    NO_TEXT = "no_text", "pages without a text layer: the document needs OCR before anything can be found"
    OCR = "ocr", "pages that were read from a picture: words and figures may be misread"
    WORDS_LOST = "words_lost", "pages of which more than 2 % of the words did not reach the text"
    TRUNCATED = "truncated", "the page shows only the beginning of the minutes and links to the rest"
    ENCODING = "encoding", "the bytes were not valid in the encoding they claim"
    PROPOSED_ONLY = "proposed_only", "the document proposes decisions and records none"


class PartyKind(_Term):
    """What a party of an authority is."""

    PERSON = "person", "a member: listed as one, or moving, seconding, voting or holding a portfolio"
    POST = "post", "a post that owns an action or takes a decision, such as a director or the clerk"
    BODY = "body", "a body that met, owns an action or takes a decision"


class Part(_Term):
    """What a party does where a paper names it."""

    ATTENDED = "attended", "named in a list of those present, absent or excused"
    MOVED = "moved", "proposed a decision"
    SECONDED = "seconded", "seconded a decision"
    VOTED = "voted", "named in a recorded vote"
    PORTFOLIO = "portfolio", "holds the portfolio that a decision belongs to"
    DECIDED = "decided", "took a decision alone, where no meeting did"
    MET = "met", "the body whose meeting a paper tells of"
    OWNS = "owns", "must carry out a decision or an action"
