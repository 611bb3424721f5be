"""Gather what councils publish: sites and saved files to bytes, kept as they came."""
