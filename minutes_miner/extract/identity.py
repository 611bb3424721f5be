"""Give records ids that are the same wherever the same bytes are mined."""

from __future__ import annotations

import hashlib
import re
from collections import Counter


class Identities:
    """Make ids from a document's digest, the kind of record, its words and how often they came before."""

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self._seen: Counter[tuple[str, str]] = Counter()

    def make(self, noun: str, words: str) -> str:
        """Give 16 hexadecimal digits."""
        plain = " ".join(re.findall(r"\w+", words.lower()))
        count = self._seen[noun, plain]
        self._seen[noun, plain] += 1
        return hashlib.sha256(f"{self._digest}\n{noun}\n{plain}\n{count}".encode()).hexdigest()[:16]
