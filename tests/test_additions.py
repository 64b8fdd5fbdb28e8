"""Places added on demand: downloaded from a server on this machine, kept, merged, and what they may do to a text."""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extract.text import fold
from geo import compilation as compiling
from geo.__main__ import main
from geo.additions import files
from geo.additions.download import Limits, NotAdded, each_second
from geo.additions.files import Record
from geo.additions.geonames import add
from geo.additions.merging import merged, sorts
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import KINDS
from geo.places import locate
from geo.sources import Entry, own_entries
from tests.small_world import ENTRIES, entry

Places = list[tuple[int, str, str, float, float, str, int]]


class Server(ThreadingHTTPServer):
    """Serves what is in ``pages``; a status instead of bytes is answered, and a tuple breaks off after its bytes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Serving)
        self.pages: dict[str, bytes | int | tuple[bytes]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/dump"

    def has(self, country: str, places: Places, names: list[tuple[int, str, str, str]] | None = None) -> None:
        """Offer a country: its places (id, English name, other names, lat, lon, code, population), and names.

        A name is its place's id, its language, itself and a flag ("preferred", "historic", "colloquial" or "").
        """
        lines = [
            [str(key), en, en, others, str(lat), str(lon), *code.split("."), country, *[""] * 5, str(population), "", "0", "Asia/X", "2024-01-01"]
            for key, en, others, lat, lon, code, population in places
        ]  # fmt: skip
        columns = ("preferred", "short", "colloquial", "historic")
        alternates = [
            ["1", str(key), language, name, *("1" if flag == column else "" for column in columns), "", ""]
            for key, language, name, flag in names or []
        ]
        self.pages[f"/dump/{country}.zip"] = archive(country, lines)
        self.pages[f"/dump/alternatenames/{country}.zip"] = archive(country, alternates)


def archive(country: str, lines: list[list[str]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("readme.txt", "What the columns are.")
        file.writestr(f"{country}.txt", "".join("\t".join(cells) + "\n" for cells in lines))
    return packed.getvalue()


class Serving(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path, 404)
        if isinstance(page, int):
            self.send_error(page)
            return
        body = page[0] if isinstance(page, tuple) else page
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + (100 if isinstance(page, tuple) else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Not on the test's output."""


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NO_PROXY", "no_proxy"):
            patch.setenv(name, "127.0.0.1")
        serving = Server()
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield serving
        serving.shutdown()
        serving.server_close()
        thread.join()


@pytest.fixture
def server(served: Server) -> Server:
    served.pages.clear()
    return served


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: Server) -> Path:
    """Where the gazetteer of a small world is compiled, to which this machine's server adds."""
    monkeypatch.setattr(compiling.sources, "entries", lambda: (list(ENTRIES), {}))
    monkeypatch.setattr(compiling.sources, "stand_ins", dict)
    monkeypatch.setenv("MAKAN_GAZETTEER", str(tmp_path / "gazetteer.bin"))
    monkeypatch.setenv("MAKAN_GEONAMES_URL", served.url + "/")
    return tmp_path / "gazetteer.bin"


HAMLETS: Places = [
    (101, "Tall Nuwas", "تل نواس", 36.1, 42.0, "P.PPL", 0),
    (102, "Nowhere", "Nulle part", 36.2, 42.1, "P.PPL", 0),
    (103, "Some Wall", "سور كذا", 36.2, 42.1, "S.WALL", 0),
]


def test_added_listed_found_and_removed(server: Server, compiled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.has("IQ", HAMLETS)
    before = open_gazetteer(compiled).version
    assert main(["add", "geonames", "iq"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("IQ: 1 places with an Arabic name, GeoNames, CC BY 4.0\n") and said.err == ""
    world = open_gazetteer(compiled)
    assert world.version != before and len(world) == len(ENTRIES) + 1
    place = world.place(*world.find("تل نواس"))
    assert (place.id, place.kind, place.feature, place.country) == ("geonames:101", "city", "village", "IQ")
    assert (place.source, world.is_added(place.id), world.is_added("makan:iq")) == ("GeoNames, CC BY 4.0", True, False)
    assert main(["list"]) == 0
    listed = capsys.readouterr().out
    assert listed.startswith("geonames IQ: 1 places, 20") and "CC BY 4.0" in listed and server.url in listed
    assert main(["remove", "geonames", "IQ"]) == 0
    assert open_gazetteer(compiled).version == before
    assert main(["remove", "geonames", "IQ", "../x"]) == 1
    assert "geonames IQ had not been added" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("country", "main_file", "names_file", "message"),
    [
        ("ZQ", None, None, "no country's code"),
        ("../IQ", None, None, "no country's code"),
        ("IQ", 404, None, "IQ.zip does not exist"),
        ("IQ", None, 404, "alternatenames/IQ.zip does not exist"),
        ("IQ", 503, None, "status 503"),
        ("IQ", b"<html>Sign in</html>", None, "not a zip archive"),
        ("IQ", archive("IQ", [])[:80], None, "not a zip archive"),
        ("IQ", archive("SY", []), None, "holds no IQ.txt"),
        ("IQ", (archive("IQ", []),), None, "broke off"),
        ("IQ", archive("IQ", [["<html>"], ["nothing here"]]), None, "2 of its 2 lines are not GeoNames'"),
        ("IQ", archive("IQ", []), None, "no place in IQ with an Arabic name"),
    ],
)
def test_what_fails_leaves_all_as_it_was(
    country: str,
    main_file: bytes | int | tuple[bytes] | None,
    names_file: int | None,
    message: str,
    server: Server,
    compiled: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.has("IQ", HAMLETS)
    server.has("SY", [(301, "Kafr Nuwas", "كفر نواس", 35.6, 36.6, "P.PPL", 0)])
    assert main(["add", "geonames", "IQ"]) == 0
    kept = files.path_of(files.folder_of(compiled), "geonames", "IQ").read_bytes()
    server.pages |= {"/dump/IQ.zip": main_file} if main_file else {}
    server.pages |= {"/dump/alternatenames/IQ.zip": names_file} if names_file else {}
    assert main(["add", "geonames", country, "SY"]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"geo: {country.upper()} was not added: ") and message in error and error.count("\n") == 1
    folder = files.folder_of(compiled)
    assert [path.name for path in sorted(folder.iterdir())] == ["geonames-IQ.jsonl.gz", "geonames-SY.jsonl.gz"]
    assert files.path_of(folder, "geonames", "IQ").read_bytes() == kept
    world = open_gazetteer(compiled)
    assert world.find("تل نواس") and world.find("كفر نواس")


def test_nobody_there(compiled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert main(["add", "geonames", "IQ", "--url", f"http://127.0.0.1:{port}"]) == 1
    assert "the server cannot be reached" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["file:///etc", "dump", "ftp://example.org/dump", "http://"])
def test_an_address_without_sense(url: str, compiled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "geonames", "IQ", "--url", url]) == 2
    assert "give an address such as" in capsys.readouterr().err and not compiled.exists()


def test_a_source_nobody_knows(compiled: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["add", "gazetteer-of-alexandria", "IQ"])
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(packed=100), "larger than 100 bytes"),
        (Limits(unpacked=3_000_000), "unpacks to more than 3,000,000 bytes"),
    ],
)
def test_a_bomb_is_not_unpacked(limits: Limits, message: str, server: Server, tmp_path: Path) -> None:
    server.has("IQ", [(101, "X" * 10_000_000, "تل نواس", 36.1, 42.0, "P.PPL", 0)])
    with pytest.raises(NotAdded, match=message):
        add("IQ", server.url, tmp_path, limits, lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_lines_that_cannot_be_read_are_counted(
    server: Server, compiled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good: Places = [(n, f"Place {n}", f"تل {'ابجدهوزح'[n - 1] * 4}", 36.0 + n, 42.0, "P.PPL", 0) for n in range(1, 8)]
    bad: Places = [
        (-1, "Below", "تل نواس", 36.0, 42.0, "P.PPL", 0),
        (20, "Nowhere", "تل نواس", float("nan"), 42.0, "P.PPL", 0),
        (21, "Off the earth", "تل نواس", 36.0, 420.0, "P.PPL", 0),
        (22, "Fewer than none", "تل نواس", 36.0, 42.0, "P.PPL", -5),
    ]
    server.has("IQ", good + bad)
    assert main(["add", "geonames", "IQ"]) == 0
    said = capsys.readouterr()
    assert "IQ: 7 places" in said.out and "IQ: 4 lines could not be read" in said.err
    # A place of another country is no business of this file.
    server.has("SY", good)
    server.pages["/dump/IQ.zip"] = server.pages["/dump/SY.zip"]
    assert main(["add", "geonames", "IQ"]) == 1


@pytest.mark.parametrize(
    ("alternates", "others", "kept"),
    [
        ([("ar", "تل نواس", "")], "", ("تل نواس",)),
        ([], "Tall Nuwas,تل نواس", ("تل نواس",)),
        ([("fa", "تل نواس", "")], "تل نواس", ()),
        ([("fa", "تل نواس", ""), ("ar", "تل نواس", "")], "تل نواس", ("تل نواس",)),
        ([("ar", "النواس القديمة", "historic"), ("ar", "تل نواس", "")], "النواس القديمة", ("تل نواس",)),
        ([("ar", "أم النواس", "colloquial")], "", ()),
        ([("ar", "النواس", ""), ("ar", "تل النواس الكبير", "preferred")], "", ("تل النواس الكبير", "النواس")),
        ([("ar", "قرية تل نواس", "")], "", ("تل نواس",)),
        ([("ar", "گرد نواس", ""), ("en", "Tall Nuwas", "")], "", ()),
        ([("ar", "ت" * 300, "")], "", ()),
    ],
)
def test_the_names_that_are_kept(
    alternates: list[tuple[str, str, str]], others: str, kept: tuple[str, ...], server: Server, tmp_path: Path
) -> None:
    certain = (102, "Certain", "تل اليقين", 36.5, 42.0, "P.PPL", 0)
    server.has("IQ", [(101, "T", others, 36.1, 42.0, "P.PPL", 0), certain], [(101, *name) for name in alternates])
    add("IQ", server.url, tmp_path, Limits(), lambda _: None)
    _, records = files.read(files.path_of(tmp_path, "geonames", "IQ"))
    assert next((record.names for record in records if record.id == 101), ()) == kept


def test_progress_is_told_when_it_takes_long() -> None:
    said: list[str] = []
    patient, eager = each_second(said.append, every=1000.0), each_second(said.append, every=0.0)
    patient("1 MB")
    eager("2 MB")
    assert said == ["2 MB"]


def test_a_damaged_file_is_left_out_and_named(
    server: Server, compiled: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    server.has("SY", [(301, "Kafr Nuwas", "كفر نواس", 35.6, 36.6, "P.PPL", 0)])
    assert main(["add", "geonames", "SY"]) == 0
    folder = files.folder_of(compiled)
    whole = files.path_of(folder, "geonames", "SY").read_bytes()
    for country, content in (("IQ", b"no gzip"), ("EG", whole[:-12])):
        files.path_of(folder, "geonames", country).write_bytes(content)
    world = open_gazetteer(compiled)
    assert len(world) == len(ENTRIES) + 1 and "geonames-IQ" in caplog.text and "geonames-EG" in caplog.text
    capsys.readouterr()
    assert main(["list"]) == 1
    said = capsys.readouterr()
    assert "geonames SY" in said.out and "geonames-IQ" in said.err
    assert main(["remove", "geonames", "IQ", "EG"]) == 0


# -- what an added place may be -------------------------------------------------------------------


def record(names: str, **more: object) -> Record:
    given = {"id": 900, "en": "X", "lat": 30.0, "lon": 31.0, "code": "P.PPL", "country": "EG", "population": 0}
    return Record._make(
        (given | more)[field] if field != "names" else tuple(names.split("|")) for field in Record._fields
    )


def added(*records: Record, built_in: tuple[Entry, ...] = ENTRIES, same: dict[int, str] | None = None) -> list[Entry]:
    return merged(built_in, same or {}, records)[len(built_in) :]


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (record("تل نواس"), ("تل نواس",)),
        (record("بغداد"), ()),  # a city's name abroad
        (record("بغداد|بغداد النواس"), ("بغداد النواس",)),
        (record("بغداد", lat=33.4, lon=44.5, country="IQ"), ()),  # the city itself
        (record("الرستن", country="SY", lat=36.5, lon=40.0), ()),  # a town of the same country, far away
        (record("البصرة", country="IQ", code="A.ADM1", lat=32.0, lon=46.0), ()),  # the governorate, its middle elsewhere
        (record("المدينة"), ()),  # a head noun
        (record("محمد|النواس"), ("النواس",)),  # a first name, without the article
        (record("ناحية النواس", code="A.ADM3"), ("النواس",)),
        (record("مطار النواس", code="S.AIRP"), ("مطار النواس",)),
        (record("النواس", code="S.WALL"), ()),  # a sort that is not kept
        (record("الصحراء"), ()),  # «صحراء النواس»
    ],
)  # fmt: skip
def test_which_names_an_added_place_has(one: Record, names: tuple[str, ...]) -> None:
    assert tuple(name for entry in added(one) for name in entry.names) == names


@pytest.mark.parametrize(
    ("one", "flags"),
    [
        (record("تل نواس"), {"added", "head"}),
        (record("تل نواس", population=80_000), {"added", "head"}),
        (record("مطار النواس", code="S.AIRP"), {"added"}),  # the name says what it is
        (record("النواس", code="S.AIRP"), {"added", "head"}),
        (record("السلام"), {"added", "head"}),
    ],
)
def test_when_an_added_place_needs_its_head_noun(one: Record, flags: set[str]) -> None:
    (entry,) = added(one)
    assert entry.flags == flags


@pytest.mark.parametrize(
    ("one", "importance", "feature"),
    [
        (record("تل نواس"), 2.3, "village"),
        (record("تل نواس", population=9_000), 3.95, "town"),
        (record("تل نواس", population=3_000_000), 4.5, "city"),
        (record("تل نواس", code="P.PPLA2"), 3.8, "town"),
        (record("نهر النواس", code="H.STM"), 3.0, "river"),
        (record("سد النواس", code="S.DAM"), 3.4, "dam"),
    ],
)
def test_how_important_an_added_place_is(one: Record, importance: float, feature: str) -> None:
    (found,) = added(one)
    assert (found.place.importance, found.place.feature) == (importance, feature)


def test_a_small_namesake_of_the_same_country_stays_below_the_built_in_one() -> None:
    known = entry("eg-nuwas", "النواس", "city", "village", "EG", 31.0, 31.0, 3.5)
    (beside,) = added(record("النواس", lat=25.0, population=40_000), built_in=(known,))
    assert beside.place.importance <= known.place.importance - 3 or beside.place.importance == 1.0
    assert "head" in beside.flags
    assert added(record("النواس", lat=31.1), built_in=(known,)) == []


def test_a_known_place_gets_further_names_that_are_safe() -> None:
    known = entry("eg-nuwas", "النواس", "city", "village", "EG", 30.0, 31.0, 3.5)
    far = entry("eg-far", "كوم الغراب", "city", "village", "EG", 25.0, 31.0, 3.5)
    twin = record("النواس|منية النواس|كوم الغراب|السلام|نوس")
    (widened, *_) = merged([known, far], {}, [twin])
    assert widened.names == ("النواس", "منية النواس") and widened.doubtful == {"منية النواس"}
    # The row that stands for a GeoNames entry is known by its number, whatever the name.
    (widened, *rest) = merged([known, far], {900: "makan:eg-nuwas"}, [record("نواس الكبرى", lat=20.0)])
    assert "نواس الكبرى" in widened.names and len(rest) == 1


def test_of_two_that_are_one_the_more_important_stays() -> None:
    small, big = record("تل نواس"), record("تل نواس", id=901, lat=30.01, population=7000)
    division = record("تل نواس", id=902, code="A.ADM3")
    assert {e.place.id for e in added(small, big, division)} == {"geonames:901", "geonames:902"}


def test_the_table_of_codes() -> None:
    own = {(found.place.kind, found.place.feature) for found, _ in own_entries()}
    for code, sort in sorts().items():
        assert sort.kind in KINDS and (sort.kind, sort.feature) in own, code
        assert 2 <= sort.importance <= 4.5 and sort.radius_km > 0, code


# -- what added places do to a text ---------------------------------------------------------------

VILLAGES = {
    "YE": [
        (1, "As Sahra", "الصحراء", 14.5, 44.2, "P.PPL", 0),
        (2, "Al Qa'im", "القائم", 15.1, 43.9, "P.PPL", 0),
        (3, "Baghdad", "بغداد", 13.9, 44.6, "P.PPL", 0),
        (4, "Bayt an Nuwas", "بيت النواس", 15.4, 44.0, "P.PPL", 0),
        (5, "Al Ghurayfah", "الغريفة الجنوبية", 15.8, 44.1, "P.PPL", 0),
        (6, "Muhammad Ali", "محمد علي", 15.9, 44.1, "P.PPL", 0),
        (7, "As Salam", "السلام", 15.2, 44.3, "P.PPL", 0),
        (8, "Al Madinah", "المدينة", 15.3, 44.3, "P.PPL", 0),
    ],
    "IR": [
        (21, "Basreh", "البصرة", 36.0, 54.0, "P.PPL", 30_000),
        (22, "Al Anbar", "الأنبار", 35.0, 53.0, "P.PPL", 60_000),
        (23, "Shandaf", "شنداف", 34.0, 52.0, "P.PPL", 40_000),
        (24, "Bab-e Shandaf", "باب شنداف", 34.1, 52.5, "P.PPL", 0),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def world(served: Server, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The real gazetteer, with villages called like cities, persons and words beside it."""
    served.pages.clear()
    path = tmp_path_factory.mktemp("world") / "gazetteer.bin"
    for country, places in VILLAGES.items():
        served.has(country, places)
        add(country, served.url, files.folder_of(path), Limits(), lambda _: None)
    return open_gazetteer(path)


@pytest.mark.parametrize(
    "text",
    [
        "قال ناطق عسكري إن الرتل عبر الصحراء باتجاه الحدود السورية.",
        "أعلنت وزارة الدفاع اليمنية أن القوات تقدمت في الصحراء شرق مأرب.",
        "ذكر مصدر في صنعاء أن الاتفاق القائم بين الطرفين لا يزال ساريا في اليمن.",
        "أعلنت خلية الإعلام أن القوات دخلت القائم غربي العراق.",
        "وصل وزير الخارجية اليمني إلى بغداد قادما من صنعاء، وبحث في بغداد أزمة عدن وتعز والحديدة.",
        "قال المبعوث في صنعاء إن السلام في اليمن بعيد، وإن جهود السلام في تعز متوقفة.",
        "التقى محمد علي وفدا من تعز في صنعاء.",
        "شهدت المدينة هدوءا حذرا بعد معارك عنيفة في تعز جنوبي اليمن.",
        "بحث الرئيس الإيراني في طهران ملف البصرة مع وفد من الأنبار زار أصفهان وتبريز.",
        "وصل شنداف إلى القاهرة أمس والتقى الصحفيين في الإسكندرية.",
        "تجمع المئات أمام باب شنداف في القاهرة القديمة.",
    ],
)
def test_no_added_place_wins_by_its_name(text: str, world: Gazetteer) -> None:
    found = locate(fold(text), world)
    assert [m.span.of(text) for m in found if m.place and m.place.id in world and world.is_added(m.place.id)] == []
    plain = locate(fold(text), open_gazetteer())
    assert [(m.span, m.place and m.place.id) for m in found] == [(m.span, m.place and m.place.id) for m in plain]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("قال شهود إن القصف طال قرية بيت النواس في محافظة عمران اليمنية.", 4),
        ("أفادت مصادر محلية في اليمن بسقوط جرحى في قريتي الغريفة الجنوبية وبيت النواس شمالي صنعاء.", 5),
        ("ذكرت وكالة الأنباء الإيرانية أن زلزالا ضرب بلدة شنداف وسط إيران.", 23),
    ],
)
def test_a_head_noun_finds_an_added_place(text: str, id: int, world: Gazetteer) -> None:
    assert f"geonames:{id}" in {m.place.id for m in locate(fold(text), world) if m.place}
