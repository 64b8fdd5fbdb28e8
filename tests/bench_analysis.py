"""How long reading takes: opening the gazetteer, folding, statements, places, the whole; and how it grows with the text.

    python -m tests.bench_analysis

One run measures all, so that the ratios hold on any machine. The texts are the sample articles.
"""

import statistics
import sys
import time
from collections.abc import Callable

from corpus.analysis import analyse
from corpus.documents import Document
from corpus.readers import samples
from extract.statements import read
from extract.text import fold
from geo.gazetteer import open_gazetteer
from geo.places import locate

_ROUNDS = 7
_LENGTHS = (10_000, 100_000, 1_000_000, 5_000_000)
# What could make a reader go back over its steps: marks that never close, a sentence without end, a line a word.
_HOSTILE = (
    ("100,000 opening marks", "«" * 100_000),
    ("100,000 opening marks and words", "« كلمة " * 100_000),
    ("one sentence of a million words", "كلمة قال الوزير من بغداد " * 200_000),
    ("100,000 lines of a word", "أخبار\n" * 100_000),
    ("50,000 distances", "30 كلم شمال بغداد " * 50_000),
)


def _milliseconds(action: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> int:
    """Measure and print the tables; returns the exit status."""
    start = time.perf_counter()
    gazetteer = open_gazetteer()
    print(f"opening the gazetteer, first time      {(time.perf_counter() - start) * 1000:9.1f} ms")
    articles = [document.text for document in samples()]
    folded = [fold(text) for text in articles]
    locate(folded[0], gazetteer)
    size = sum(map(len, articles)) / len(articles)
    print(f"\nan article of {size:.0f} characters, median of {_ROUNDS} rounds")
    for name, action in (
        ("folding", lambda: [fold(text) for text in articles]),
        ("statements", lambda: [read(text) for text in folded]),
        ("places", lambda: [locate(text, gazetteer) for text in folded]),
        ("all", lambda: [analyse(Document("x", text), gazetteer) for text in articles]),
    ):
        print(f"{name:38} {_milliseconds(action) / len(articles):9.2f} ms")
    print("\nthe whole analysis by length")
    joined = "\n".join(articles)
    for length in _LENGTHS:
        text = (joined * (length // len(joined) + 1))[:length]
        start = time.perf_counter()
        analyse(Document("x", text), gazetteer)
        took = time.perf_counter() - start
        print(f"{length:>12,} characters {took:22.2f} s  {took / length * 1e6:6.2f} µs a character")
    print("\nhostile texts")
    for name, text in _HOSTILE:
        start = time.perf_counter()
        analyse(Document("x", text), gazetteer)
        took = time.perf_counter() - start
        print(f"{name:38} {took:6.2f} s  {took / len(text) * 1e6:6.2f} µs a character")
    return 0


if __name__ == "__main__":
    sys.exit(main())
