"""Load the pipeline for all workers at once: the process that they are forked from imports this module."""

from __future__ import annotations

import gc
from contextlib import suppress

from minutes_miner.annotate.phrases import compile_phrases
from minutes_miner.workflow.document import load_once

with suppress(Exception):  # a worker meets it again, and tells
    load_once()
    compile_phrases()
    gc.freeze()  # what is never collected stays in memory that the workers share
