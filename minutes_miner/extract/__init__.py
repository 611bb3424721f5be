"""Make records with evidence from a spaCy Doc: Doc → Extraction."""

from minutes_miner.extract.assemble import extract

__all__ = ["extract"]
