"""Print council minutes as PDFs whose words, order and structure are known.

``compose`` writes a paper's content and dress from a seed; ``canvas``, ``platypus`` and ``office`` print it; what was
printed is the truth that ``evaluate_parse`` holds the parser to.
"""
