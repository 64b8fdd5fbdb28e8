import sqlite3
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.store import Store, StoreUnusable, default_path
from geo.model import Place
from tests.port_story import BASRA, BORDER, DOCUMENT, analysis

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
