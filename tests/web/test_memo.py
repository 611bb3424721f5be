"""Answers that are kept for a while."""

from __future__ import annotations

from minutes_miner.web.memo import Memo


def test_a_question_is_answered_once_while_it_is_held() -> None:
    memo: Memo[int] = Memo(seconds=1_000, most=2)
    asked: list[str] = []

    def ask(key: str) -> int:
        return memo.get(key, lambda: asked.append(key) or len(asked))

    assert [ask("a"), ask("a"), ask("b"), ask("a")] == [1, 1, 2, 1]
    assert [ask("c"), ask("a")] == [3, 4], "the oldest is let go"


def test_an_answer_that_is_too_old_is_found_again() -> None:
    memo: Memo[int] = Memo(seconds=0, most=2)
    assert [memo.get("a", lambda: 1), memo.get("a", lambda: 2)] == [1, 2]
