"""Turn council minutes into decisions, actions, votes, dates and sums of money."""

__version__ = "0.1.0"
