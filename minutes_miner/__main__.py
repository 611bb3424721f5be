"""Run the command line as ``python -m minutes_miner``."""

from minutes_miner.cli import main

main()
