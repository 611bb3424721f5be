"""Say what a page kind is: its routes, and its place in the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter


@dataclass(frozen=True, slots=True)
class Link:
    """Name a place in the navigation."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """Hold the routes of a page kind, and its link in the navigation where it has one."""

    router: APIRouter
    link: Link | None = None
