"""Offer the kinds of pages, one module each; a new one is added to PAGES."""

from minutes_miner.web.page import Page
from minutes_miner.web.pages import action, actions, decision, document, meeting, money, search, status, suggest

PAGES: tuple[Page, ...] = (
    search.PAGE,
    suggest.PAGE,
    decision.PAGE,
    actions.PAGE,
    action.PAGE,
    money.PAGE,
    meeting.PAGE,
    document.PAGE,
    status.PAGE,
)
"""Every page kind; links stand in the navigation in this order."""
