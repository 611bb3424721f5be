"""Let readers watch a search by mail: ask, confirm and end, each by a form that works without scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from minutes_miner.errors import StoreError
from minutes_miner.store.search import search_decisions
from minutes_miner.store.subscribing import MOST_FOUND
from minutes_miner.web.asking import Asking
from minutes_miner.web.failures import tell
from minutes_miner.web.forms import read_form
from minutes_miner.web.limiting import client_of
from minutes_miner.web.page import Page
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.signing import LINK_HOURS, ExpiredError
from minutes_miner.web.watching import Watching, is_address, plain, read_search, write_search

router = APIRouter(include_in_schema=False)
PAGE = Page(router)

Form = Annotated[QueryParams, Depends(read_form)]


@router.get("/watch")
def show_form(request: Request) -> Response:
    """Ask for the address to which a search is mailed."""
    return _show(request, _read(request, request.query_params))


@router.post("/watch")
def ask(request: Request, form: Form) -> Response:
    """Mail a link to confirm; the answer is the same whoever has the address."""
    watching, address = _watching(request), " ".join((form.get("email") or "").split())
    if not watching.signer.is_form(form.get("token") or ""):
        raise HTTPException(403, "the page was open for too long, or was not this site's")
    asking = _read(request, form)
    if not is_address(address):
        return _show(request, asking, error="That is no mail address. Write it as name@example.org.", email=address)
    if problem := _judge(request, asking):
        return _show(request, asking, error=problem, email=address)
    wait = watching.wait(client_of(request.scope))
    if wait:
        raise HTTPException(429, "you asked for many mails", {"Retry-After": str(wait)})
    if not watching.ask(address, asking):
        return tell(request, 503, "many mails are just asked for", "Try again in an hour, or follow the feed.")
    return _answer(
        request,
        "Look in your mail",
        f"If {address} is right, a mail with a link is on its way. The search is watched when you have followed it.",
        hint=f"The link can be used for {LINK_HOURS} hours. Nothing is kept of your address until then.",
        asking=asking,
    )


@router.get("/watch/confirm")
def show_confirmation(request: Request, t: str = "") -> Response:
    """Show which search is to be watched; only the button does it, for mail programs open links by themselves."""
    address, asking = _open(request, t)
    words = f"{address} will get a mail whenever this search finds something new, or something in it changes."
    return _answer(request, "Watch this search?", words, asking=asking, button="Yes, watch it", action=("t", t))


@router.post("/watch/confirm")
def confirm(request: Request, form: Form) -> Response:
    """Save the search."""
    address, asking = _open(request, form.get("t") or "")
    try:
        _watching(request).confirm(address, asking)
    except StoreError as error:
        if error.where is None:
            raise
        return tell(request, 503, "the search can’t be saved just now", "Try again in a few minutes.")
    words = f"{address} gets a mail when there is something new. Each mail has a link to end it."
    return _answer(request, "You watch this search", words, asking=asking)


@router.get("/watch/stop/{key}")
def show_stop(request: Request, key: str) -> Response:
    """Show which mails are to end."""
    watch = _watching(request).subscriptions.find(key)
    if watch is None or watch.subscriber is None:
        return _stopped(request)
    asking = read_search(watch.subscriber.path.partition("?")[2])
    words = "Your address and what was mailed are then forgotten."
    return _answer(request, "No more of these mails?", words, asking=asking, button="End them", action=("stop", key))


@router.post("/watch/stop/{key}")
def stop(request: Request, key: str) -> Response:
    """End the mails; the key alone does it, so that a mail program can by one click (RFC 8058)."""
    try:
        _watching(request).subscriptions.remove(key)
    except StoreError:
        return tell(request, 503, "the mails can’t be ended just now", "Try again in a few minutes.")
    return _stopped(request)


def _stopped(request: Request) -> Response:
    return _answer(request, "No more mails come", "This search is not watched any more, and the address is forgotten.")


def _watching(request: Request) -> Watching:
    watching = site_of(request).watching
    if watching is None:
        raise HTTPException(404, "searches can’t be watched by mail here")
    return watching


def _read(request: Request, fields: QueryParams) -> Asking:
    most = site_of(request).settings.max_query
    asking = plain(Asking.read(fields))
    if len(asking.text) > most or len(asking.address()) > 4 * most:
        raise HTTPException(414, f"a search may have {most} characters")
    return asking


def _judge(request: Request, asking: Asking) -> str | None:
    """Say why a search can't be watched.

    Raises:
        StoreError: it can't be understood.
    """
    if asking.is_blank:
        return "Search for something first: all that is decided is too much for mails."
    total = search_decisions(site_of(request).store, asking.filter(1)).total
    if total.count > MOST_FOUND:
        return f"The search finds more than {MOST_FOUND:,} decisions. Add conditions, or follow its feed."
    is_full = _watching(request).subscriptions.is_full
    return "No more searches can be watched here. Follow this one by its feed." if is_full else None


def _open(request: Request, token: str) -> tuple[str, Asking]:
    """Read the link that was mailed.

    Raises:
        HTTPException: it is none, or too old.
    """
    try:
        held = _watching(request).signer.read_link(token)
    except ExpiredError as error:
        raise HTTPException(410, f"the link is older than {LINK_HOURS} hours") from error
    if held is None:
        raise HTTPException(400, "the link is not whole")
    return held[0], read_search(held[1])


def _show(request: Request, asking: Asking, *, error: str | None = None, email: str = "") -> Response:
    token, status = _watching(request).signer.sign_form(), 422 if error else 200
    shown = {"asking": asking, "words": write_search(asking), "watch_token": token, "error": error, "email": email}
    return _private(render(request, "watch.html", status=status, **shown))


def _answer(
    request: Request,
    title: str,
    words: str,
    *,
    hint: str = "",
    asking: Asking | None = None,
    button: str = "",
    action: tuple[str, str] = ("", ""),
) -> Response:
    return _private(
        render(
            request,
            "watch_told.html",
            title=title,
            words=words,
            hint=hint,
            asking=asking,
            search=write_search(asking) if asking else "",
            button=button,
            action=action,
        )
    )


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
