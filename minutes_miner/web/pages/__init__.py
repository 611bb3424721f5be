"""Offer the kinds of pages, one module each; a new one is added to PAGES."""

from minutes_miner.web.page import Page
from minutes_miner.web.pages import (
    action,
    actions,
    compare,
    council,
    coverage,
    decision,
    document,
    feeds,
    meeting,
    money,
    people,
    reference,
    report,
    search,
    sitemap,
    status,
    suggest,
    watch,
)

PAGES: tuple[Page, ...] = (
    search.PAGE,
    suggest.PAGE,
    decision.PAGE,
    actions.PAGE,
    report.PAGE,
    action.PAGE,
    money.PAGE,
    compare.PAGE,
    council.PAGE,
    people.PAGE,
    coverage.PAGE,
    meeting.PAGE,
    document.PAGE,
    feeds.PAGE,
    watch.PAGE,
    sitemap.PAGE,
    reference.PAGE,
    status.PAGE,
)
"""Every page kind; links stand in the navigation in this order."""
