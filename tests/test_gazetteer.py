"""The compiled gazetteer: look-ups, flags, search, opening and compiling anew."""

from pathlib import Path

import pytest

from geo import compilation
from geo import gazetteer as module
from geo.compilation import build, name_key, spellings
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.sources import Entry
from tests.small_world import ENTRIES, entry, small_gazetteer


@pytest.fixture(scope="module")
def small() -> Gazetteer:
    return small_gazetteer()


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("البصره", ["iq-basra", "iq-basra-gov"]),  # the most important first
        ("طرابلس", ["ly-tripoli", "lb-tripoli"]),
        ("سوريه", ["sy"]),
        ("لا احد", []),
    ],
)
def test_find(name: str, ids: list[str], small: Gazetteer) -> None:
    assert [id.removeprefix("makan:") for id in small.find(name)] == ids


def test_place_country_and_capital(small: Gazetteer) -> None:
    assert small.place("makan:iq-baghdad") == ENTRIES[4].place
    assert small.country("IQ").en == "iq"
    capital = small.capital("IQ")
    assert capital is not None and capital.id == "makan:iq-baghdad"
    assert small.capital("SY") is None
    with pytest.raises(KeyError):
        small.place("makan:nowhere")


def test_flags_of_places_and_of_single_names(small: Gazetteer) -> None:
    assert small.needs_head("makan:iq-zubair") and not small.needs_head("makan:iq-basra")
    assert small.is_word("makan:sy-bab", "الباب")
    assert small.is_word("makan:xx-sea", "المتوسط") and not small.is_word("makan:xx-sea", "البحر المتوسط")


@pytest.mark.parametrize(
    ("query", "first"),
    [("البصرة", "iq-basra"), ("بصر", "iq-basra"), ("iq-bag", "iq-baghdad"), ("سورية", "sy"), ("  ", None), ("xyzzy", None)],
)  # fmt: skip
def test_search(query: str, first: str | None, small: Gazetteer) -> None:
    found = small.search(query)
    assert (found[0].id.removeprefix("makan:") if found else None) == first
    assert len(small.search("ا", limit=3)) == 3


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("iq", ["iq", "iq-basra", "iq-basra-gov", "iq-baghdad", "iq-zubair"]),  # whole names, then beginnings
        ("ZUBAIR", ["iq-zubair"]),
        ("tripoli", ["ly-tripoli", "lb-tripoli"]),
        ("xx-sea", ["xx-sea"]),
        ("-b", ["iq-baghdad", "iq-basra", "iq-basra-gov", "sy-bab"]),
        ("a\ud800", []),
    ],
)
def test_search_in_english(query: str, ids: list[str], small: Gazetteer) -> None:
    found = [place.id.removeprefix("makan:") for place in small.search(query)]
    assert sorted(found) == sorted(ids) and found[:1] == ids[:1]


def test_every_place_is_there_by_its_id(small: Gazetteer) -> None:
    for one in ENTRIES:
        assert one.place.id in small and small.place(one.place.id) == one.place
    assert "makan:" not in small and "zz" not in small and None not in small


@pytest.mark.parametrize(
    ("feature", "country", "id"),
    [("city", "IQ", "iq-baghdad"), ("county", "IQ", "iq-zubair"), ("desert", "IQ", None), ("city", "FR", None)],
)
def test_the_main_place_of_a_feature(feature: str, country: str, id: str | None, small: Gazetteer) -> None:
    found = small.main(feature, country)
    assert (found.id.removeprefix("makan:") if found else None) == id


def test_an_added_place_takes_no_spelling_from_a_built_in_one() -> None:
    known = entry("sa-hafr", "حفر الباطن", "city", "city", "SA", 28.4, 46.0, 5.6)
    same = entry("x", "حفرالباطن", "city", "village", "EG", 30.0, 31.0, 2.3, flags="added")
    both = Gazetteer(build([same, known]))
    assert both.find("حفرالباطن") == ("makan:sa-hafr", "makan:x")
    assert both.is_added("makan:x") and not both.is_added("makan:sa-hafr")


def test_keys_and_spellings() -> None:
    assert name_key("رأس  العين-الشرقي") == "راس العين الشرقي"
    assert list(spellings("حفر الباطن", near=True)) == ["حفرالباطن"]
    assert list(spellings("هونغ كونغ", near=False)) == ["هونج كونج"]


def _digest(monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    for reader in (module, compilation):
        monkeypatch.setattr(reader, "inputs_version", lambda _: digest)


def test_an_edited_table_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "gazetteer.bin"
    compiled: list[str] = []

    def entries() -> tuple[list[Entry], dict[str, str]]:
        compiled.append("once")
        return list(ENTRIES), {}

    monkeypatch.setattr(compilation.sources, "entries", entries)
    _digest(monkeypatch, "1")
    assert open_gazetteer(path).version == open_gazetteer(path).version == "1"
    assert compiled == ["once"]
    _digest(monkeypatch, "2")
    assert open_gazetteer(path).version == "2"
    path.write_bytes(b"not a gazetteer")
    assert len(open_gazetteer(path)) == len(ENTRIES)
    assert len(compiled) == 3
    assert [p.name for p in path.parent.iterdir()] == ["gazetteer.bin"]


def test_an_empty_gazetteer_finds_nothing() -> None:
    empty = Gazetteer(build([]))
    assert len(empty) == 0 and empty.find("بغداد") == () and empty.search("بغداد") == []


def test_the_real_one_has_what_news_name() -> None:
    real = open_gazetteer()
    assert len(real) > 9000
    missing = [
        name
        for name in [
            "بغداد",
            "البصرة",
            "الموصل",
            "دمشق",
            "حلب",
            "صنعاء",
            "عدن",
            "غزة",
            "القدس",
            "بيروت",
            "الخرطوم",
            "طرابلس",
            "تونس",
            "الجزائر",
            "الرباط",
            "نواكشوط",
            "القاهرة",
            "عمان",
            "الرياض",
            "الدوحة",
            "المنامة",
            "مسقط",
            "أبوظبي",
            "الكويت",
            "جيبوتي",
            "مقديشو",
            "موروني",
            "أنقرة",
            "طهران",
            "واشنطن",
            "موسكو",
            "بكين",
        ]
        if not real.find(name_key(name))
    ]
    assert missing == []


def test_the_attributions_are_kept() -> None:
    real = open_gazetteer()
    sources = {real.place(id).source for name in ("بغداد", "الاردن", "نهر دجله") for id in real.find(name)}
    assert sources <= {"GeoNames, CC BY 4.0", "Makan, MIT"} and len(sources) == 2
