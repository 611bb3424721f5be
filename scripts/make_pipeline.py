"""Write the pipeline ``en_council_minutes`` to ``models/``."""

from __future__ import annotations

import json
from pathlib import Path

import spacy

from minutes_miner import __version__
from minutes_miner.config import PIPELINE_NAME

COMPONENTS = ("sections", "money", "dates", "resolutions", "actions", "owners", "votes")
FOLDER = Path(__file__).parents[1] / "models" / PIPELINE_NAME


def main() -> None:
    """Build the pipeline from its components and save it."""
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(f"minutes_{name}", name=name)
    nlp.meta["name"] = PIPELINE_NAME.removeprefix("en_")
    nlp.meta["version"] = __version__
    nlp.meta["description"] = "Decisions, actions, owners, dates, sums and votes in the minutes of UK councils"
    nlp.meta["license"] = "MIT"
    nlp.meta["author"] = "The minutes_miner contributors"
    nlp.to_disk(FOLDER)
    meta = FOLDER / "meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text("utf-8")), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
