"""Give the description of the interface that other programs are made from."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from minutes_miner.web.api.routing import make_router

router = make_router("Description")

ABOUT = (
    "Decisions and actions of councils, read by a program from published minutes, with the words they were read from. "
    "Everything is read by GET. Within version 1 answers may gain members; none is taken away or changes its meaning."
)


@router.get("/openapi.json", include_in_schema=False)
def give_description(request: Request) -> JSONResponse:
    """Give the description of this interface after OpenAPI 3.1."""
    return JSONResponse(describe(request.app))


def describe(app: FastAPI) -> dict[str, Any]:
    """Describe the interface; it is made once."""
    app.description = ABOUT
    return app.openapi()
