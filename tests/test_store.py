import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.analysis import analyse, edition, refresh, retry, waits
from corpus.correction_lines import correction_in, line_of
from corpus.corrections import SCOPES, point
from corpus.documents import Document
from corpus.store import Store, StoreUnusable, default_path
from geo.compilation import build
from geo.gazetteer import Gazetteer
from geo.geocoders import Unavailable
from geo.model import Place
from tests.port_story import BASRA, BORDER, DOCUMENT, analysis
from tests.small_world import ENTRIES, small_gazetteer

PORT = point(30.05, 47.95, ar="ميناء السدرة", kind="facility")
HOSTILE = "'); DROP TABLE documents; -- \"\\ \0 </script> {{7*7}} {% x %} ${a} ` \u202eبغداد\u2028\r\n\t😀\ufeff%s%%"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "new folder" / "news.sqlite3")


def test_round_trip_is_exact(store: Store) -> None:
    saved = analysis()
    store.save(saved)
    for again in (store.analysis(DOCUMENT.id), Store(store.path).analyses()[0]):
        assert again is not None
        assert again == saved
        assert list(again.mentions) == list(saved.mentions)
        for key, place in saved.places.items():
            # Geometry takes no part in the comparison of places.
            assert {f.name: getattr(again.places[key], f.name) for f in fields(Place)} == {
                f.name: getattr(place, f.name) for f in fields(Place)
            }
        assert type(again.statements[0].span) is type(saved.statements[0].span)


@settings(max_examples=40, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), number=st.floats(allow_nan=False))
def test_hostile_words_come_back(tmp_path_factory: pytest.TempPathFactory, words: str, number: float) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "s.sqlite3")
    hostile = words + HOSTILE
    place = replace(BASRA, id=hostile, ar=hostile, lat=number)
    saved = analysis(places=(place, None, BORDER), speaker=hostile)
    document = Document(hostile, DOCUMENT.text + hostile, hostile, hostile, hostile)
    store.save(replace(saved, document=document))
    assert store.analysis(hostile) == replace(saved, document=document)
    store.close()


def test_saving_again_replaces_in_place(store: Store) -> None:
    other = replace(analysis(), document=replace(DOCUMENT, id="other"))
    store.save(analysis(), other)
    changed = replace(analysis(speaker="الناطق"), document=replace(DOCUMENT, text=DOCUMENT.text + " انتهى"))
    store.save(changed)
    assert store.analyses() == [changed, other]


def test_remove(store: Store) -> None:
    other = replace(analysis(places=(BASRA, None, None)), document=replace(DOCUMENT, id="other"))
    store.save(analysis(), other)
    store.remove(DOCUMENT.id)
    store.remove("never there")
    assert store.analyses() == [other]
    assert store.analysis(DOCUMENT.id) is None
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("SELECT id FROM places").fetchall() == [(BASRA.id,)]


def test_same_id_in_two_shapes(store: Store) -> None:
    """A place may look otherwise in an older analysis: each keeps its own."""
    moved = replace(BASRA, lat=31.0)
    first, second = analysis(), replace(analysis(places=(moved, None, BORDER)), document=replace(DOCUMENT, id="2"))
    store.save(first, second)
    assert store.analyses() == [first, second]


def test_save_is_all_or_none(store: Store) -> None:
    store.save(analysis())
    before = store.version()
    broken = replace(analysis(), document=replace(DOCUMENT, id="broken", text=None))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        store.save(replace(analysis(), document=replace(DOCUMENT, id="fine")), broken)
    assert [kept.document.id for kept in store.analyses()] == [DOCUMENT.id]
    assert store.version() == before


def test_version_changes_with_every_change(store: Store) -> None:
    seen = [store.version()]
    store.save(analysis())
    seen.append(store.version())
    Store(store.path).save(analysis())
    seen.append(store.version())
    store.remove(DOCUMENT.id)
    seen.append(store.version())
    assert seen[0] == 0
    assert len(set(seen)) == len(seen)
    store.remember("k", "null")
    store.save()
    assert store.version() == seen[-1]


def test_outdated_documents(store: Store) -> None:
    store.save(analysis(), edition="1")
    store.save(replace(analysis(), document=replace(DOCUMENT, id="new")), edition="2")
    assert store.outdated("2") == [DOCUMENT]
    store.save(analysis(), edition="2")
    assert store.outdated("2") == []


def test_distinct_never_shadows_another_text(store: Store) -> None:
    store.save(analysis())
    assert store.distinct(DOCUMENT) == DOCUMENT
    other = replace(DOCUMENT, text="نص آخر")
    renamed = store.distinct(other)
    assert renamed == replace(other, id=f"{DOCUMENT.id} (2)")
    store.save(replace(analysis(), document=renamed))
    assert store.distinct(replace(DOCUMENT, text="ثالث")).id == f"{DOCUMENT.id} (3)"


def test_geocoder_cache(store: Store) -> None:
    assert store.recall("q") is None
    store.remember("q", "null")
    assert store.recall("q") == "null"
    store.remember("q", '{"lat": 1}')
    assert Store(store.path).recall("q") == '{"lat": 1}'


def test_corrections_are_applied_when_read_and_can_be_undone(store: Store) -> None:
    store.save(analysis())
    first = store.correct(DOCUMENT.id, "m1", PORT, note="من الميناء")
    second = store.correct(DOCUMENT.id, "m2", BORDER, "name")
    third = store.correct(DOCUMENT.id, "m10", None, "article")
    reopened = Store(store.path)
    assert reopened.corrections() == [first, second, third]
    assert [one.place and one.place.geometry for one in reopened.corrections()] == [None, BORDER.geometry, None]
    for kept in (reopened.analysis(DOCUMENT.id), reopened.analyses()[0]):
        assert kept is not None
        assert {key: mention.place for key, mention in kept.mentions.items()} == {"m1": PORT, "m2": BORDER}
        assert kept.mentions["m1"].alternatives[0] == BASRA.id
        assert kept.links == {"s1": ("m1", "m2"), "s2": ()}
    assert reopened.analyses(corrected=False) == [analysis()]
    assert reopened.analysis(DOCUMENT.id, corrected=False) == analysis()
    assert [reopened.undo(one.id) for one in (third, first, second, first)] == [True, True, True, False]
    assert reopened.analyses() == [analysis()]


def test_a_mention_that_is_no_place_any_more_can_be_corrected_again(store: Store) -> None:
    store.save(analysis())
    store.correct(DOCUMENT.id, "m1", None)
    store.correct(DOCUMENT.id, "m1", PORT)
    (kept,) = store.analyses()
    assert kept.mentions["m1"].place == PORT


@pytest.mark.parametrize(("document", "mention"), [("gone", "m1"), (DOCUMENT.id, "m3"), (DOCUMENT.id, "")])
def test_correcting_what_is_not_there(store: Store, document: str, mention: str) -> None:
    store.save(analysis())
    before = store.version()
    with pytest.raises(LookupError):
        store.correct(document, mention, PORT)
    with pytest.raises(ValueError, match="lat"):
        store.correct(DOCUMENT.id, "m1", replace(PORT, lat=100))
    assert (store.version(), store.corrections()) == (before, [])


def test_version_changes_with_every_correction(store: Store) -> None:
    store.save(analysis())
    seen = [store.version()]
    correction = store.correct(DOCUMENT.id, "m1", PORT)
    seen.append(store.version())
    store.undo(correction.id)
    seen.append(store.version())
    store.keep([correction])
    seen.append(store.version())
    assert len(set(seen)) == len(seen)


def test_what_is_said_later_holds_whatever_the_clock_says(store: Store) -> None:
    store.save(analysis())
    tomorrow = datetime.now(UTC) + timedelta(hours=20)
    ahead = replace(store.correct(DOCUMENT.id, "m1", PORT), made_at=tomorrow.isoformat(timespec="microseconds"))
    store.keep([ahead])
    for place in (BORDER, PORT, None, BASRA):
        store.correct(DOCUMENT.id, "m1", place)
        (kept,) = store.analyses()
        assert (kept.mentions["m1"].place if "m1" in kept.mentions else None) == place
    assert len(store.corrections()) == 6


def test_a_new_analysis_keeps_corrections(store: Store) -> None:
    """The gazetteer grows, the ids of mentions move, names resolve otherwise: what the user said stays."""
    text = "وصل الوفد إلى بغداد ثم البصرة. وقال الناطق إن طرابلس آمنة، وإن مدينة الرستن هادئة."
    small = Gazetteer(
        build([e for e in ENTRIES if e.place.id not in ("makan:iq-baghdad", "makan:ly-tripoli")], {}, "old")
    )
    store.save(replace(analysis(), document=Document("1", text), mentions={}, statements=(), links={}), edition="none")
    assert refresh(store, small) == 1

    def read() -> dict[str, str | None]:
        (kept,) = store.analyses()
        assert sum(len(keys) for keys in kept.links.values()) == len(kept.mentions)
        return {m.span.of(text): m.place.id if m.place else None for m in kept.mentions.values()}

    ids = {m.span.of(text): key for key, m in store.analyses()[0].mentions.items()}
    store.correct("1", ids["البصرة"], PORT)
    store.correct("1", ids["طرابلس"], PORT, "article")
    store.correct("1", ids["الرستن"], None, "name")
    assert read() == {"البصرة": PORT.id, "طرابلس": PORT.id}
    assert refresh(store, small_gazetteer()) == 1
    assert store.outdated(edition(small_gazetteer())) == []
    assert read() == {"بغداد": "makan:iq-baghdad", "البصرة": PORT.id, "طرابلس": PORT.id}
    (kept,) = store.analyses()
    assert {m.span.of(text): key for key, m in kept.mentions.items()}["البصرة"] != ids["البصرة"]
    # Without the town in the gazetteer the mention comes back by its correction.
    without = Gazetteer(build([e for e in ENTRIES if "basra" not in e.place.id], {}, "less"))
    assert refresh(store, without) == 1
    assert read() == {"بغداد": "makan:iq-baghdad", "البصرة": PORT.id, "طرابلس": PORT.id}
    for correction in store.corrections():
        store.undo(correction.id)
    assert set(read()) == {"بغداد", "طرابلس", "الرستن"}


def test_corrections_travel_to_another_store(store: Store, tmp_path: Path) -> None:
    store.save(analysis())
    made = [store.correct(DOCUMENT.id, "m1", PORT), store.correct(DOCUMENT.id, "m2", BORDER, "name")]
    lines = [line_of(one) for one in store.corrections()]
    other = Store(tmp_path / "other.sqlite3")
    assert other.keep(map(correction_in, lines)) == 2
    assert other.keep(map(correction_in, lines + lines)) == 0
    assert other.corrections() == made
    other.save(analysis())  # the document comes after what was said of it
    assert other.analyses() == store.analyses()


def test_keeping_is_all_or_none(store: Store) -> None:
    store.save(analysis())
    good = store.correct(DOCUMENT.id, "m1", PORT)
    store.undo(good.id)
    with pytest.raises(ValueError, match="kind"):
        store.keep([good, replace(good, place=replace(PORT, kind="planet"))])  # type: ignore[arg-type]
    assert store.corrections() == []


def test_corrections_outlive_their_document(store: Store) -> None:
    store.save(analysis(), replace(analysis(), document=replace(DOCUMENT, id="other")))
    correction = store.correct(DOCUMENT.id, "m1", PORT)
    everywhere = store.correct(DOCUMENT.id, "m2", PORT, "name")
    store.correct("other", "m2", None)
    store.remove(DOCUMENT.id)
    assert store.corrections(DOCUMENT.id) == [correction, everywhere]
    store.save(analysis())
    (_, kept) = store.analyses()
    assert kept.mentions["m1"].place == PORT


@settings(max_examples=25, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_hostile_names_in_corrections(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "s.sqlite3")
    hostile = words + HOSTILE
    document = Document(hostile, DOCUMENT.text.replace("البصرة", hostile))
    mention = analysis().mentions["m1"]
    at = document.text.index(hostile)
    mention = replace(mention, span=type(mention.span)(at, at + len(hostile)))
    store.save(replace(analysis(), document=document, mentions={"m1": mention}, links={"s1": ("m1",)}))
    place = replace(PORT, id=hostile, ar=hostile)
    made = [store.correct(hostile, "m1", place, scope, hostile) for scope in SCOPES]
    assert store.corrections(hostile) == made
    assert store.analyses()[0].mentions["m1"].place == place
    assert store.undo(hostile) is False
    store.close()


def test_foreign_rows_are_passed_over(store: Store) -> None:
    store.save(analysis())
    correction = store.correct(DOCUMENT.id, "m1", PORT)
    foreign = [
        "",
        "{",
        "null",
        "[]",
        '{"scope": "planet"}',
        line_of(correction).replace('"mention"', '"planet"'),
        b"\xff\x00",
        7,
    ]
    with sqlite3.connect(store.path) as connection:
        for number, body in enumerate(foreign):
            connection.execute("INSERT INTO corrections (id, body) VALUES (?, ?)", (f"f{number}", body))
    assert store.corrections() == [correction]
    assert store.analyses()[0].mentions["m1"].place == PORT
    assert store.correct(DOCUMENT.id, "m1", BASRA).place == BASRA
    assert store.undo("f0") is True


def test_a_file_of_version_1_is_upgraded_with_what_it_holds(store: Store) -> None:
    store.save(analysis(), edition="e")
    store.remember("q", "null")
    version = store.version()
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("DROP TABLE corrections")
        connection.execute("UPDATE alembic_version SET version_num = '1'")
    upgraded = Store(store.path)
    assert upgraded.analyses() == [analysis()]
    assert (upgraded.recall("q"), upgraded.version(), upgraded.outdated("e")) == ("null", version, [])
    upgraded.correct(DOCUMENT.id, "m1", PORT)
    assert upgraded.analyses()[0].mentions["m1"].place == PORT


VILLAGES = ("السدرة", "النعيمة", "الجويلة", "الصفيرة", "العوينة", "الرميلة")


class Answering:
    """A geocoder that knows every name, except while it is down."""

    provider, attribution = "test", "Test"

    def __init__(self) -> None:
        self.down, self.asked = True, 0

    def find(self, *_: object) -> Place | None:
        self.asked += 1
        if self.down:
            raise Unavailable("timeout", "no answer")
        return PORT

    def search(self, *_: object) -> list[Place]:
        return []


def test_what_waits_for_the_geocoder_is_asked_again(store: Store) -> None:
    gazetteer, geocoder = small_gazetteer(), Answering()
    documents = [Document(str(n), f"وصلت القوافل إلى قرية {name} شرق بغداد.") for n, name in enumerate(VILLAGES)]
    store.save(*(analyse(document, gazetteer, geocoder) for document in documents), edition="e")
    assert [waits(kept) for kept in store.analyses()] == [True] * 6
    geocoder.asked = 0
    assert retry(store, gazetteer, geocoder) == (0, 6)
    assert geocoder.asked == 3  # it is down: the others are left alone
    # What the user has said of it does not wait.
    (name,) = [key for key, mention in store.analyses()[5].mentions.items() if mention.place is None]
    store.correct("5", name, BASRA)
    geocoder.down = False
    assert retry(store, gazetteer, geocoder) == (5, 0)
    assert [waits(kept) for kept in store.analyses()] == [False] * 6
    assert [PORT.id in kept.places for kept in store.analyses()] == [True] * 5 + [False]
    geocoder.asked = 0
    assert retry(store, gazetteer, geocoder) == (0, 0)
    assert geocoder.asked == 0


def test_turns_are_taken_one_after_the_other(store: Store) -> None:
    first, second, third = (Store(store.path).turn("a", 50.0) for _ in range(3))
    assert first == 0
    assert 40 < second <= 50
    assert 90 < third <= 100
    assert store.turn("b", 50.0) == 0
    store.remember("a", "9e12")  # the clock was set back since
    assert store.turn("a", 50.0) == 0
    assert store.version() == 0


def test_two_processes_correct(store: Store) -> None:
    store.save(analysis())
    program = (
        "import sys; from pathlib import Path; from corpus.store import Store\n"
        "from corpus.corrections import SCOPES, point; from tests.port_story import DOCUMENT\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(20): store.correct(DOCUMENT.id, 'm1', point(n, 10, ar=sys.argv[2]))\n"
    )
    root = Path(__file__).parent.parent
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(store.path), name], cwd=root, env={"PYTHONPATH": str(root)}
        )
        for name in "ab"
    ]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: store.correct(DOCUMENT.id, "m2", point(n, 20, ar="ت")), range(20)))
    assert [writer.wait(60) for writer in writers] == [0, 0]
    made = store.corrections()
    assert len({one.id for one in made}) == len({one.made_at for one in made}) == 60
    assert store.version() == 61
    last = [one for one in made if one.place and one.place.lon == 10][-1]
    assert store.analyses()[0].mentions["m1"].place == last.place


def test_two_processes_write(store: Store) -> None:
    program = (
        "import sys; from dataclasses import replace; from pathlib import Path\n"
        "from corpus.store import Store; from tests.port_story import DOCUMENT, analysis\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(20): store.save(replace(analysis(), document=replace(DOCUMENT, id=f'{sys.argv[2]}{n}')))\n"
    )
    path = store.path.parent / "shared.sqlite3"  # neither has made it yet: both may upgrade at once
    root = Path(__file__).parent.parent
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(path), name], cwd=root, env={"PYTHONPATH": str(root)})
        for name in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    shared = Store(path)
    assert len(shared.analyses()) == 40
    assert shared.version() == 40


def test_path_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAKAN_STORE", str(tmp_path / "100% mine.sqlite3"))
    assert Store().path == tmp_path / "100% mine.sqlite3"
    assert (tmp_path / "100% mine.sqlite3").is_file()
    monkeypatch.delenv("MAKAN_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path().name == "makan.sqlite3"


def test_what_is_no_store(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(StoreUnusable):
        Store(text)
    assert text.read_text().startswith("no database")
    with pytest.raises(StoreUnusable):
        Store(tmp_path)
    newer = Store(tmp_path / "newer.sqlite3")
    with sqlite3.connect(newer.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '999'")
    with pytest.raises(StoreUnusable):
        Store(newer.path)
