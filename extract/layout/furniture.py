"""What the page put around the article: marks judged by their neighbours, and the lists of other articles.

The article is taken to lie between its first and its last paragraph of prose. A list of links begins at a
line that announces it («اقرأ أيضاً») or, behind the article, among numbers, dates and categories; it ends
at the next prose. A text without any mark has no furniture.
"""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache

from extract.layout.datelines import byline, is_caption, names_only
from extract.layout.marks import Row
from extract.layout.words import WORD, vocabulary
from extract.lexicon import cue_forms
from extract.nouns import first_names

_LONG = 100  # characters from which a line shows whether the article ends its paragraphs with full stops
_PROSE_WITHOUT_STOP = 180  # characters, where the other paragraphs have their stops
_PROSE_OF_STOPLESS = 110  # characters, where they have none
_PROSE_WITH_STOP = 60
_PROSE_WITH_VERB = 80  # that a report opens with: قال مسؤول
_PROSE_OF_CONJUNCTION = 45
_PROSE_WITH_CONNECTIVE = 30
_LONGEST_INLINE_LINK = 130
_LONGEST_TITLE = 190
_LEAD = 300  # characters of the first paragraph that a headline is compared with
_LISTED = frozenset({"number", "section", "stamp", "platform", "age", "updated", "views"})
_ALONE = frozenset({"section", "stamp", "platform", "font"})
_FAR = 40  # lines within which a list was announced
_WITHIN = re.compile(r"(?<!\.)[؟!.] \S")
BULLETS = ("-", "–", "—", "•", "*", "●", "■", "▪", "◄", "·")


class Page:
    """The rows of a text, its prose, and the row of its headline (None where none stands out)."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.marked = any(row.mark for row in rows)
        limit = _limit(rows)
        prose: list[int] = []
        begun = False
        for i, row in enumerate(rows):
            if row.mark is None and _is_prose(row, limit) and not (self.marked and self._between_marks(i, begun)):
                prose.append(i)
            begun = begun or bool(prose) or (row.mark is None and len(row.text) >= _LONG)
        self.teasers = self._teasers(prose) if self.marked else frozenset()
        kept = [i for i in prose if i not in self.teasers]
        self.prose = frozenset(kept)
        # Without prose the longest line before the lists stands for the article.
        self.first, self.last = (kept[0], kept[-1]) if kept else (self._longest(),) * 2
        self.headline = self._headline() if self.prose or self.marked else None

    def _between_marks(self, i: int, begun: bool) -> bool:
        """A long title without full stop between two numbers, dates or categories of a list."""
        rows = self.rows
        if rows[i].stop or i == 0 or rows[i - 1].mark not in _LISTED:
            return False
        if i + 1 < len(rows) and rows[i + 1].mark is None:
            return False
        return begun or any(row.mark == "opener" for row in rows[max(i - _FAR, 0) : i])

    def _teasers(self, prose: list[int]) -> frozenset[int]:
        """Prose that is the first lines of other articles: title, teaser, date, twice at least in a list."""
        rows, known = self.rows, set(prose)
        listed = next((i for i, row in enumerate(rows) if row.mark in ("opener", "later")), len(rows))
        found = frozenset(
            i
            for i in prose[1:]
            if i > listed + 1 and i - 1 not in known and rows[i - 1].mark is None
            if i + 1 < len(rows) and rows[i + 1].mark in _LISTED
        )
        return found if len(found) > 1 else frozenset()

    def _longest(self) -> int:
        rows = self.rows
        lists = next((i for i, row in enumerate(rows) if row.mark in ("opener", "inline")), len(rows))
        return max(range(lists or 1), key=lambda i: (rows[i].mark is None, len(rows[i].text)))

    def _headline(self) -> int | None:
        """The row before the prose that shares most words with it; of a page without such a one, the first or last."""
        rows = [i for i in range(self.first) if self.rows[i].mark is None and self._titled(self.rows[i])]
        if not rows:
            return None
        lead = set(_content(self.rows[self.first].text[:_LEAD]))
        shared = {i: len(lead & set(_content(self.rows[i].text))) for i in rows}
        best = max(rows, key=lambda i: (not self.rows[i].cut, shared[i], -i))
        if shared[best] >= 2:
            return best
        listed = next((i for i, row in enumerate(self.rows) if row.mark == "opener"), len(self.rows))
        found = rows[0] if rows[0] < listed else rows[-1]
        # Two words that the article does not repeat name the site rather than the article.
        return None if self.marked and self.rows[found].text.count(" ") < 2 else found

    @staticmethod
    def _titled(row: Row) -> bool:
        short = len(row.text) <= _LONGEST_TITLE and row.text[-1] not in ":،"
        return short and " " in row.text and not (names_only(row.text) or byline(row.text) or is_caption(row.text))

    def furniture(self) -> list[str | None]:
        """The rule by which each row is page furniture, None where it is the article's."""
        rows = self.rows
        rules: list[str | None] = [None] * len(rows)
        if not self.marked or not (self.prose or any(row.strong for row in rows)):
            return rules
        in_tail = [i for i in range(self.last + 1, len(rows)) if rows[i].mark]
        dated = [i for i in in_tail if rows[i].mark in _LISTED]
        listed_tail = dated[0] if len(dated) > 1 else len(rows)
        listing: str | None = None
        begin = 0
        for i, row in enumerate(rows):
            if row.mark == "opener" or (row.mark == "later" and i > self.first) or i == listed_tail:
                listing, begin = "related", i
            if row.mark == "later" and not listing:
                continue
            if row.mark:
                if row.strong or listing or self._in_company(i, rules, len(in_tail)):
                    rules[i] = row.mark
            elif listing and i != self.headline and self._is_link(i):
                rules[i] = listing
            elif i != self.headline:
                if listing and i in self.prose:
                    self._spare_subheading(rules, begin, i)
                listing = None
        self._titles(rules)
        return rules

    def _in_company(self, i: int, rules: list[str | None], tail_marks: int) -> bool:
        """Whether a weak mark stands where furniture stands: around the article, or beside other marks."""
        rows = self.rows
        beside = (i > 0 and rows[i - 1].mark is not None) or (i + 1 < len(rows) and rows[i + 1].mark is not None)
        if i < self.first:
            return beside or rows[i].mark in _ALONE
        if i > self.last:
            return beside or tail_marks > 1 or rows[i].mark == "stamp"
        return i > 0 and rules[i - 1] in ("related", "opener", "share")

    def _is_link(self, i: int) -> bool:
        """Whether a row of a list of links is one: no prose; within the article nothing that could be its own."""
        row = self.rows[i]
        if i in self.teasers:
            return True
        if i in self.prose or row.stop or (not self.prose and len(row.text) > _LONGEST_TITLE):
            return False
        if i > self.last:
            return True
        return len(row.text) <= _LONGEST_INLINE_LINK and row.text[0] not in BULLETS and row.text[-1] != ":"

    def _spare_subheading(self, rules: list[str | None], begin: int, at: int) -> None:
        """Give back the last line of a list within the article that heads the paragraph after it."""
        links = [i for i in range(begin + 1, at) if rules[i] == "related"]
        if len(links) < 2 or links[-1] != at - 1 or len(self.rows[at - 1].text) > _PROSE_WITH_STOP:
            return
        following = set(_content(self.rows[at].text[:_LEAD]))
        if at > self.first and len(following & set(_content(self.rows[at - 1].text))) >= 2:
            rules[at - 1] = None

    def _titles(self, rules: list[str | None]) -> None:
        """The headline again: shortened in the trail, repeated around the article; and the tags under a category."""
        rows = self.rows
        title = set(_content(rows[self.headline].text)) if self.headline is not None else set()
        texts = sorted({row.text.strip("- ") for row in rows}) if any(row.cut for row in rows) else []
        head = Counter(row.text.strip("- ") for row in rows[: self.first])
        for i, row in enumerate(rows):
            if self.first <= i <= self.last or rules[i] or i == self.headline:
                continue
            text = row.text.strip("- ")
            if row.cut and _begins_another(text, texts):
                rules[i] = "cut-title"
            elif len(title) >= 4 and _repeats(row, title):
                rules[i] = "repeated-title"
            elif i < self.first and (self._is_tag(i, rules) or _is_repeated_label(text, head)):
                rules[i] = "tag"

    def _is_tag(self, i: int, rules: list[str | None]) -> bool:
        """One or two words under a category, before the article: a sub-category."""
        words = WORD.findall(self.rows[i].text)
        named = words and words[0] in first_names()
        tagged = i > 0 and rules[i - 1] in ("section", "tag") and self.rows[i].text[-1] != ":"
        return tagged and len(words) <= 2 and not named


def _begins_another(cut: str, texts: list[str]) -> bool:
    """Whether a shortened title is the beginning of another of the sorted ``texts``."""
    stem = cut.rstrip(".… ")
    at = bisect_left(texts, stem)
    return any(text != cut and text.startswith(stem) for text in texts[at : at + 2])


def _is_repeated_label(text: str, head: Counter[str]) -> bool:
    return head[text] > 1 and text.count(" ") < 5 and not names_only(text)


def _limit(rows: list[Row]) -> int:
    """From how many characters a line without full stop is prose, by the habit of the text's long lines."""
    long = [row.stop for row in rows if row.mark is None and len(row.text) >= _LONG]
    return _PROSE_WITHOUT_STOP if long and sum(long) * 2 >= len(long) else _PROSE_OF_STOPLESS


def _is_prose(row: Row, limit: int) -> bool:
    size = len(row.text)
    if row.cut or size < _PROSE_WITH_CONNECTIVE:
        return False
    first = row.text.split(None, 1)[0]
    if size >= limit or goes_on(first) or (size >= _PROSE_WITH_VERB and ".." not in row.text and _reports(first)):
        return True
    if size >= _PROSE_OF_CONJUNCTION and _joined(first):
        return True
    if row.text[-1] in "؟?!":
        return size >= _LONG or (size >= _PROSE_WITH_STOP and bool(_WITHIN.search(row.text)))
    return size >= _PROSE_WITH_STOP and (row.stop or row.text[-1] == ":")


def goes_on(word: str) -> bool:
    """Whether a paragraph with this first word goes on with an article: وأضاف، كما، من جانبه."""
    return word in _connectives() or (word[0] in "وف" and word[1:] in cue_forms())


def _reports(word: str) -> bool:
    return any(form.shape == "past" for form in cue_forms().get(word, ()))


def _joined(word: str) -> bool:
    """Whether a word begins with the conjunction و, as paragraphs do and titles hardly ever."""
    return len(word) > 3 and word[0] == "و" and word not in vocabulary("waw")


@cache
def _connectives() -> frozenset[str]:
    return vocabulary("connective")


def _content(text: str) -> list[str]:
    """The words that carry the meaning of a title, without article and conjunction."""
    out = []
    for word in WORD.findall(text):
        bare = word.removeprefix("و") if len(word) > 4 else word
        bare = bare.removeprefix("ال").removeprefix("لل")
        if len(bare) > 2:
            out.append(bare)
    return out


def _repeats(row: Row, title: set[str]) -> bool:
    words = _content(row.text)
    return len(words) <= len(title) * 1.4 and len(title & set(words)) >= 0.8 * len(title)
