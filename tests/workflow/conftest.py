"""Folders of small invented minutes."""

from __future__ import annotations

from pathlib import Path

import pytest
from workflow_cases import write_minutes


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """Give a folder of six documents."""
    write_minutes(tmp_path / "minutes", 6)
    return tmp_path / "minutes"
