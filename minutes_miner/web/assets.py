"""Serve the files that never change but by their address."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Assets(StaticFiles):
    """Serve static files; those that are asked for with their version may be kept for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file."""
        answer = await super().get_response(path, scope)
        is_versioned = scope["query_string"].startswith(b"v=")
        for_how_long = "max-age=31536000, immutable" if is_versioned else "max-age=300"
        answer.headers["Cache-Control"] = f"public, {for_how_long}"
        return answer
