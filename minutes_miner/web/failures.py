"""Turn what goes wrong into a page that says what to do, or into JSON for machines."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from minutes_miner.errors import MinutesMinerError, StoreError
from minutes_miner.store.search import SlowQueryError, UnknownRecordError
from minutes_miner.web.rendering import render
from minutes_miner.web.security import HEADERS

_LOG = logging.getLogger("minutes_miner.web")

ADVICE = {
    400: "Check the address, or begin with a search.",
    403: "Open the page of the search on this site again, and send the form from there.",
    404: "The address may be mistyped, or the record may have been withdrawn. A search may find what you want.",
    405: "This page can only be read.",
    410: "Ask for a new one on the page of the search.",
    414: "Search for fewer words.",
    429: "Wait a minute, then ask again.",
    503: "Ask for less, with more conditions, or try again in a minute.",
    500: "It has been noted in the server’s log. Try again in a minute.",
}
"""What a reader can do, by the status of the answer."""


MACHINE = (".json", ".atom", ".ics", ".csv", ".jsonl", ".parquet", ".pdf")
"""Ends of the addresses that programs ask."""


def handle_failures(app: FastAPI) -> None:
    """Let the application answer each kind of failure."""
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(RequestValidationError, _reject)
    app.add_exception_handler(MinutesMinerError, _explain)
    app.add_exception_handler(Exception, _apologise)


def tell(request: Request, status: int, reason: str | None = None, advice: str | None = None) -> Response:
    """Answer with a failure: as JSON where a program asks, otherwise as a page."""
    if is_for_programs(request.url.path):
        return problem(status, reason, advice)
    title, advice = HTTPStatus(status).phrase, advice or ADVICE.get(status, ADVICE[400])
    return render(request, "failure.html", status=status, title=title, reason=reason, advice=advice)


def is_for_programs(path: str) -> bool:
    """Tell whether an address is one that programs ask, not readers."""
    return path.startswith("/api/") or path.endswith(MACHINE)


def problem(status: int, reason: str | None = None, advice: str | None = None) -> JSONResponse:
    """Give a failure as RFC 9457 has it."""
    title, advice = HTTPStatus(status).phrase, advice or ADVICE.get(status, ADVICE[400])
    told = {"type": "about:blank", "title": title, "status": status, "detail": reason, "advice": advice}
    return JSONResponse(told, status_code=status, media_type="application/problem+json")


def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    answer = tell(request, error.status_code, reason)
    answer.headers.update(error.headers or {})
    return answer


def _reject(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    status = 422 if is_for_programs(request.url.path) else 400
    return tell(request, status, f"{first['loc'][1]}: {first['msg']}"[:300])


def _explain(request: Request, error: Exception) -> Response:
    assert isinstance(error, MinutesMinerError)
    if isinstance(error, UnknownRecordError):
        return tell(request, 404, error.reason)
    if isinstance(error, SlowQueryError):
        return tell(request, 503, error.reason, error.advice)
    if isinstance(error, StoreError) and error.where is None:  # it is about the question, not about the database
        return tell(request, 400, error.reason, error.advice)
    _LOG.error("%s: %s", request.url.path, error)
    return tell(request, 503, "the database can’t be read")


def _apologise(request: Request, error: Exception) -> Response:
    answer = tell(request, 500)
    answer.headers.update(HEADERS)  # this answer comes from outside the middleware that adds them
    return answer
