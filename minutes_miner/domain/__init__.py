"""Name the things the product speaks of: documents, decisions, actions and their evidence.

Standard library only, no input or output. Every stage takes one noun of this package and gives another.
"""
