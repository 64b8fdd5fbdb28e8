"""Reading and merging the tables, GeoNames and CLDR."""

from pathlib import Path

import pytest

from geo.sources import GEONAMES_SOURCE, arabic_names, geonames_entries, merge, own_entries, stand_ins
from tests.small_world import entry

_HEADER = "id,kind,feature,country,ar,en,lat,lon,radius_km,importance,within,flags,source\n"


def test_a_row_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        _HEADER + "iq-x,natural,desert,iq,الصحراء الغربية|?الصحراء,Desert,32.9,41.2,180,4.6,iq,word,hand\n",
        encoding="utf-8",
    )
    ((found, source),) = own_entries(tmp_path)
    place = found.place
    assert (place.id, place.kind, place.country, place.within) == ("makan:iq-x", "natural", "IQ", "makan:iq")
    assert (found.names, found.doubtful) == (("الصحراء الغربية", "الصحراء"), frozenset({"الصحراء"}))
    assert (found.flags, source) == (frozenset({"word"}), "hand")


def test_of_two_rows_with_one_id_the_first_stays(tmp_path: Path) -> None:
    row = "x,city,town,IQ,{},X,33,44,5,4,,,hand\n"
    (tmp_path / "a.csv").write_text(_HEADER + row.format("أول"), encoding="utf-8")
    (tmp_path / "b.csv").write_text(_HEADER + row.format("ثان"), encoding="utf-8")
    assert [found.names for found, _ in own_entries(tmp_path)] == [("أول",)]


@pytest.mark.parametrize(
    ("alternates", "names"),
    [
        (["Baghdad", "بغداد", "بەغداد"], ("بغداد",)),
        (["چاپار", "گرگان"], ()),
        (["ثورة", "الثورة"], ("الثورة",)),
        (["مدينة الحديثة"], ("الحديثة",)),
        (["القائم (العراق)"], ("القائم",)),
        (["Mosul", "12"], ()),
    ],
)
def test_arabic_names(alternates: list[str], names: tuple[str, ...]) -> None:
    assert arabic_names(alternates) == names


def _city(country: str, population: int, name: str) -> dict[str, object]:
    return {
        "geonameid": 7, "name": "X", "latitude": 33.0, "longitude": 44.0, "countrycode": country, "population": population,
        "alternatenames": [name],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("country", "population", "kept"), [("IQ", 800, True), ("FR", 800, False), ("FR", 900_000, True)]
)
def test_villages_of_the_world_stay_out(country: str, population: int, kept: bool) -> None:
    assert bool(list(geonames_entries([_city(country, population, "القرية")]))) is kept


def test_an_own_row_replaces_the_entry_it_names_and_the_one_it_is() -> None:
    named = next(geonames_entries([_city("IQ", 50_000, "الاسم الآخر")]))
    same = entry("same", "القلعة", "city", "town", "IQ", 33.02, 44.02, 4)
    far = entry("far", "القلعة", "city", "town", "IQ", 36.0, 44.0, 4)
    own = entry("own", "القلعة", "city", "town", "IQ", 33.0, 44.0, 5)
    merged = merge([(own, "geonames:7")], [named, same, far], {})
    assert [e.place.id for e in merged] == ["makan:own", "makan:far"]
    assert merged[0].names == ("القلعة", "الاسم الآخر")
    assert merged[0].place.source == GEONAMES_SOURCE


def test_countries_get_their_cldr_name_too() -> None:
    iraq = entry("iq", "بلاد الرافدين", "country", "country", "IQ", 33, 44, 9)
    assert merge([(iraq, "hand")], [], {"IQ": "العراق"})[0].names == ("بلاد الرافدين", "العراق")


def test_rows_that_stand_for_an_entry_of_geonames() -> None:
    known = stand_ins()
    assert known[98182] == "makan:iq-baghdad"
    assert len(known) > 100
