"""Gather from CMIS, which serves meetings as pages of a DNN site."""

from __future__ import annotations

from minutes_miner.scrape.cmis.gatherer import Cmis

__all__ = ["Cmis"]
