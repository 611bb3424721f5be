"""List the words that generated minutes are made of; templates hold marks as ``marked_text`` reads them.

Slots: ``{topic}`` the item's subject, ``{day} {month} {year}`` a marked date, ``{sum}`` a marked sum, ``{post}``
``{body}`` ``{group}`` ``{person}`` names; ``⟦D kind|…⟧`` and ``⟦A|…⟧`` get the next free number.
"""

from __future__ import annotations

COUNCILS = (
    "Aldermoor", "Brackenthwaite", "Cranesea", "Dunlevick", "Elmswade", "Foxholt", "Glanyrafon", "Hexley Vale",
    "Inverlochar", "Kempsworth", "Larkbeck", "Merrowdale", "Netherfold", "Oakhanger Moor", "Pennygarth", "Quenby",
)  # fmt: skip
COMMITTEES = ("Cabinet", "Audit Committee", "Finance Committee", "Highways Committee", "Environment Committee")
NAMES = (
    "Achebe", "Bancroft-Lee", "Cwmbrook", "Dhillon", "Eastaugh", "Fitzmorton", "Gwilliam", "Hosseini", "Ibekwe",
    "Jarvis-Kaur", "Kowalewski", "Lovibond", "MacInroy", "Nakamura-Dean", "Ó Dochart", "Pemberwick", "Quashie",
    "Rowntree-Das", "Szewczyk", "Tregenna", "Umarov", "Vasanth", "Wainfleet", "Yeboah", "Zielska",
)  # fmt: skip
POSTS = (
    "Head of Finance", "Director of Environment", "Monitoring Officer", "Head of Property", "Transport Manager",
    "Chief Executive", "Head of Housing", "Democratic Services Manager",
)  # fmt: skip
BODIES = ("Resources Board", "Licensing Committee", "Scrutiny Panel", "Planning Committee", "Standards Committee")
GROUPS = ("the Allotment Society", "the Rowing Club", "the Civic Trust", "the Carers’ Forum", "the Market Traders")
TOPICS = (
    "the winter gritting service", "the replacement of street lamps", "the library at Hob Lane", "flood defences",
    "the purchase of two refuse lorries", "the repair of the town hall roof", "school crossing patrols",
    "the play area at Swale Green", "the bus shelter programme", "cemetery charges", "the tree planting scheme",
    "home insulation", "the youth club lease", "public toilets", "the riverside path", "parking in Cope Street",
    "the food waste trial", "temporary accommodation", "the pension fund accounts", "broadband in the uplands",
)  # fmt: skip

REMARKS = (
    "Councillor {person} asked what {topic} had cost in {year}, and was told that the figure had been {sum}.",
    "The {post} introduced the report and drew attention to the risks described in section 3 of it.",
    "Councillor {person} said that residents had been patient for a long time and that the matter was urgent.",
    "In reply to Councillor {person} it was explained that the contractor had been asked for a new programme.",
    "At its meeting on {day} the {body} had agreed to set aside {sum} for {topic}.",
    "Some members felt that the survey should have been sent to every household; others thought it thorough.",
    "A member of the public, Ms {person}, spoke against the proposals and urged the Council to think again.",
    "The work had begun in {month} and was expected to take two years, at a cost of between {sum} and {sum}.",
    "Councillor {person} observed that it was agreed on all sides that something ought to be done.",
    "Members discussed the condition of the buildings, the number of users and the views of neighbours.",
)

THAT_CLAUSES = (
    "⟦D note|the report on {topic} be noted⟧",
    "⟦D approve|expenditure of {sum} on {topic} be approved⟧",
    "⟦D approve|the revised policy on {topic} be adopted with effect from {day}⟧",
    "⟦D agree|the priorities for {topic} set out in the report be endorsed⟧",
    "⟦D authorise|the {post} be authorised to let a contract for {topic} up to a value of {sum}⟧",
    "⟦D defer|further consideration of {topic} be deferred to the meeting in {month}⟧",
    "⟦D refuse|the application from {group} for a grant of {sum} be refused⟧",
    "⟦D recommend|Council be recommended to include {sum} for {topic} in the budget for {year}⟧",
    "⟦D refer|the matter of {topic} be referred to the {body} for consideration⟧",
    "⟦D appoint|Councillor {person} be appointed to represent the Council on the {body} for {year}⟧",
    "⟦D request|⟦A|⟦o|the {post}⟧ be requested to report on {topic} by ⟦due {due}⟧⟧⟧",
)
SENTENCES = (
    "⟦D agree|It was agreed to support {group} in their work on {topic}.⟧",
    "⟦D approve|The quotation of {sum} for {topic} was approved.⟧",
    "⟦D note|The report on {topic} was noted.⟧",
    "⟦D defer|A decision on {topic} was deferred until the meeting in {month}.⟧",
    "⟦D approve|A donation of {sum} to {group} was approved.⟧",
    "⟦D agree|The Council agreed to hold an open day about {topic} on {day}.⟧",
)
ACTIONS = (
    "⟦A|⟦o|The {post}⟧ undertook to circulate a note on {topic} by ⟦due {due}⟧.⟧",
    "⟦A|ACTION: ⟦o|{post}⟧ to write to {group} about {topic} by ⟦due {due}⟧.⟧",
    "⟦A|⟦o|The {post}⟧ was asked to obtain three quotations.⟧",
    "⟦A|⟦o|Councillor {person}⟧ agreed to meet {group} to discuss {topic}.⟧",
)
PARISH_ACTIONS = (
    "⟦A|⟦o|Clerk⟧ to write to {group} about {topic}.⟧",
    "⟦A|⟦o|Clerk⟧ to obtain quotes for {topic} by ⟦due {due}⟧.⟧",
    "⟦A|⟦o|Cllr {person}⟧ will look into {topic} and report back.⟧",
)
