"""Show the reference of the interface for programs, made of its own description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from minutes_miner.web.api.description import describe
from minutes_miner.web.api.routing import PREFIX
from minutes_miner.web.page import Page
from minutes_miner.web.rendering import address_of, render, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)


@dataclass(frozen=True, slots=True)
class Member:
    """Describe a parameter of a question, or a member of an answer; its type may end in the name of a shape."""

    name: str
    type: str
    shape: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Describe a question that can be asked, and its answer: the name of a shape, or a media type of a file."""

    path: str
    group: str
    about: str
    parameters: tuple[Member, ...]
    shape: str | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Describe what an answer, or a part of one, holds."""

    name: str
    about: str
    members: tuple[Member, ...]


@router.get("/api")
def show_reference(request: Request) -> Response:
    """Show what can be asked, and what the answers hold."""
    described = describe(request.app)
    operations = [_operation(path, held["get"]) for path, held in described["paths"].items()]
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(operation.group, []).append(operation)
    return render(
        request,
        "reference.html",
        about=described["info"]["description"],
        groups=groups,
        shapes=list(_shapes(described["components"]["schemas"])),
        base=address_of(request, PREFIX),
        rate=site_of(request).settings.rate,
        max_rows=site_of(request).settings.max_rows,
    )


def _operation(path: str, held: Mapping[str, Any]) -> Operation:
    told = (_member(one["name"], one["schema"], one.get("description", "")) for one in held.get("parameters", ()))
    media_type, content = next(iter(held["responses"]["200"]["content"].items()))
    shape = shape_of(content.get("schema", {}))
    return Operation(path, held["tags"][0], held["description"], tuple(told), shape, media_type)


def _shapes(schemas: Mapping[str, Any]) -> Iterator[Shape]:
    for name, held in sorted(schemas.items()):
        members = (_member(one, part, part.get("description", "")) for one, part in held.get("properties", {}).items())
        about = held.get("description", "").partition("\n")[0]
        if "enum" in held:
            about = f"One of: {', '.join(held['enum'])}."
        yield Shape(name, about, tuple(members))


def _member(name: str, schema: Mapping[str, Any], meaning: str) -> Member:
    shape = shape_of(schema)
    return Member(name, type_of(schema).removesuffix(shape or ""), shape, meaning)


def shape_of(schema: Mapping[str, Any]) -> str | None:
    """Give the name of the shape that the type of a value ends in, if it does."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    inner = schema.get("items") or schema.get("additionalProperties")
    return shape_of(inner) if isinstance(inner, dict) else None


def type_of(schema: Mapping[str, Any]) -> str:
    """Write what a value is: ``text``, ``day``, ``list of Decision``, ``whole number or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    match schema.get("type"):
        case "array":
            return f"list of {type_of(schema.get('items', {}))}"
        case "object":
            inner = schema.get("additionalProperties")
            return f"object of {type_of(inner)}" if isinstance(inner, dict) else "object"
        case "string":
            return "day" if schema.get("format") == "date" else "text"
        case kind:
            return {"integer": "whole number", "boolean": "true or false"}.get(str(kind), str(kind or "anything"))
