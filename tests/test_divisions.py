"""The areas of governorates and provinces: where their towns are, without gaps and overlaps."""

import csv
from functools import cache
from typing import Any

import pytest
import shapely

from geo import areas, divisions, outlines, sources
from geo.derive import divisions as derive
from geo.derive.divisions import Division, Seed
from geo.model import Place

TABLE = derive.divisions_table()
PLACES = {entry.place.id.removeprefix("makan:"): entry.place for entry, _ in sources.own_entries()}
# Natural Earth draws Bahrain as one island.
OFF_THE_OUTLINE = {"bh-muharraq-gov"}
# Some divisions of these countries are not among the project's rows.
INCOMPLETE = {"DJ", "ET", "PK", "MA"}


@cache
def area(id: str) -> Any:
    found = divisions.area(id)
    assert found is not None, id
    return found


@pytest.mark.parametrize(
    ("division", "towns"),
    [
        ("iq-nineveh", "Mosul 36.34 43.13; Tal Afar 36.38 42.45; Sinjar 36.32 41.86; Baaj 36.04 41.72"),
        ("iq-anbar", "Ramadi 33.42 43.30; Fallujah 33.35 43.78; al-Qaim 34.37 41.09; Rutba 33.04 40.28"),
        ("iq-salahaddin", "Tikrit 34.60 43.68; Samarra 34.20 43.88; Tuz Khurmatu 34.88 44.63; Shirqat 35.51 43.24"),
        ("iq-diyala", "Baqubah 33.75 44.64; Khanaqin 34.35 45.39"),
        ("iq-halabja-gov", "Halabja 35.18 45.99"),
        ("iq-erbil-gov", "Erbil 36.19 44.01; Soran 36.65 44.54"),
        ("iq-dohuk-gov", "Dohuk 36.87 42.99; Zakho 37.14 42.69"),
        ("iq-basra-gov", "Basra 30.51 47.78; Faw 29.98 48.47; Safwan 30.11 47.72"),
        ("iq-muthanna", "Samawah 31.33 45.29; Salman 30.50 44.54"),
        ("iq-baghdad-gov", "Baghdad 33.31 44.37; Abu Ghraib 33.30 44.07; Taji 33.51 44.24"),
        ("sy-deir-ezzor-gov", "Deir ez-Zor 35.34 40.14; Albu Kamal 34.45 40.92; Mayadin 35.02 40.45"),
        ("sy-aleppo-gov", "Aleppo 36.20 37.16; Manbij 36.53 37.95; Afrin 36.51 36.87; Kobani 36.89 38.35"),
        ("sy-hasakah-gov", "Hasakah 36.50 40.75; Qamishli 37.05 41.22; Ras al-Ayn 36.85 40.07"),
        ("sy-raqqa-gov", "Raqqa 35.95 39.01; Tabqa 35.84 38.55; Tal Abyad 36.70 38.95"),
        ("sy-homs-gov", "Homs 34.73 36.71; Palmyra 34.56 38.28; al-Qusayr 34.51 36.58"),
        ("sy-idlib-gov", "Idlib 35.93 36.63; Jisr al-Shughur 35.81 36.32; Maarat al-Numan 35.64 36.67"),
        ("sy-quneitra-gov", "Quneitra 33.125 35.83; Majdal Shams 33.27 35.77; Khan Arnabah 33.18 35.89"),
        ("sy-damascus-gov", "Damascus 33.51 36.29"),
        ("sy-rif-dimashq", "Douma 33.57 36.40; Zabadani 33.72 36.10; Yabroud 33.97 36.66"),
        ("lb-south", "Sidon 33.56 35.38; Tyre 33.27 35.21; Jezzine 33.54 35.58"),
        ("lb-nabatieh-gov", "Nabatieh 33.38 35.48; Bint Jbeil 33.12 35.43; Marjayoun 33.36 35.59"),
        ("lb-baalbek-hermel", "Baalbek 34.01 36.21; Arsal 34.18 36.42; Hermel 34.39 36.38"),
        ("lb-keserwan-jbeil", "Jounieh 33.98 35.63; Byblos 34.12 35.66"),
        ("ye-hodeidah-gov", "Hodeidah 14.80 42.96; Zabid 14.20 43.32"),
        ("ye-hadramawt", "Mukalla 14.54 49.13; Sayun 15.94 48.79"),
        ("ye-marib-gov", "Marib 15.46 45.33"),
        ("ye-amanat", "Sanaa 15.35 44.21"),
        ("eg-north-sinai", "Arish 31.13 33.80; Rafah 31.28 34.24; Nakhl 29.91 33.75"),
        ("eg-luxor-gov", "Luxor 25.69 32.64; Esna 25.29 32.55"),
        ("eg-giza-gov", "Giza 30.01 31.21; Bawiti 28.35 28.87"),
        ("eg-new-valley", "Kharga 25.44 30.55; Farafra 27.06 27.97"),
        ("eg-matrouh-gov", "Marsa Matruh 31.35 27.24; Siwa 29.20 25.52; Sallum 31.55 25.15"),
        ("ly-kufra-gov", "Kufra 24.18 23.29"),
        ("ly-wahat-ly", "Ajdabiya 30.76 20.22; Brega 30.41 19.57"),
        ("ly-misrata-gov", "Misrata 32.38 15.09; Bani Walid 31.76 13.99"),
        ("ly-jabal-gharbi", "Gharyan 32.17 13.02; Mizda 31.44 12.98"),
        ("sd-north-darfur", "El Fasher 13.63 25.35; Kutum 14.20 24.66"),
        ("sd-gezira", "Wad Madani 14.40 33.52"),
        ("sd-west-kordofan", "Fula 11.73 28.35; Nuhud 12.69 28.43"),
        ("sa-najran-region", "Najran 17.49 44.13; Sharurah 17.47 47.11"),
        ("sa-makkah-region", "Jeddah 21.52 39.19; Taif 21.27 40.42; Ranyah 21.25 42.85"),
        ("sa-eastern-province", "Dammam 26.43 50.10; Hafar al-Batin 28.43 45.97; Hofuf 25.36 49.59"),
        ("sa-northern-borders", "Arar 30.98 41.04; Rafha 29.63 43.49; Turaif 31.67 38.66"),
        ("jo-maan-gov", "Maan 30.20 35.73; Jafr 30.30 36.21"),
        ("jo-mafraq-gov", "Mafraq 32.34 36.21; Ruwaished 32.50 38.20"),
        ("ps-khan-yunis-gov", "Khan Yunis 31.34 34.31; Khuzaa 31.31 34.36"),
        ("ps-north-gaza", "Jabalia 31.53 34.48; Beit Hanoun 31.54 34.54"),
        ("ps-jenin-gov", "Jenin 32.46 35.30; Yabad 32.45 35.17"),
        ("ps-hebron-gov", "Hebron 31.53 35.10; Yatta 31.45 35.09"),
        ("il-north-district", "Nazareth 32.70 35.30; Kiryat Shmona 33.21 35.57"),
        ("il-south-district", "Beersheba 31.25 34.79; Eilat 29.57 34.96; Sderot 31.52 34.60"),
        ("ae-sharjah-emirate", "Sharjah 25.34 55.40; Khor Fakkan 25.34 56.34"),
        ("ae-dubai-emirate", "Dubai 25.20 55.28; Hatta 24.80 56.12"),
        ("om-musandam", "Khasab 26.18 56.25"),
        ("om-wusta-om", "Haima 19.96 56.28; Duqm 19.65 57.68"),
        ("kw-jahra-gov", "Jahra 29.34 47.66; Bubiyan 29.75 48.20"),
        ("qa-wakrah-mun", "Wakrah 25.17 51.60; Mesaieed 24.99 51.55"),
        ("dz-in-salah-w", "In Salah 27.19 2.47"),
        ("dz-tizi-ouzou-w", "Tizi Ouzou 36.72 4.05; Azazga 36.75 4.37"),
        ("dz-djelfa-w", "Djelfa 34.67 3.26"),
        ("dz-bou-saada-province", "Bou Saada 35.21 4.18"),
        ("dz-tindouf-w", "Tindouf 27.67 -8.15"),
        ("tn-tataouine", "Tataouine 32.93 10.45; Remada 32.31 10.40"),
        ("tn-kasserine", "Kasserine 35.17 8.84; Thala 35.57 8.67"),
        ("ma-oriental", "Oujda 34.68 -1.91; Figuig 32.11 -1.23"),
        ("eh-dakhla-region", "Dakhla 23.70 -15.93"),
        ("mr-trarza", "Rosso 16.52 -15.80; Boutilimit 17.55 -14.69"),
        ("mr-hodh-chargui", "Nema 16.62 -7.26; Bassikounou 15.87 -5.95"),
        ("so-mudug", "Galkayo 6.77 47.43; Hobyo 5.35 48.52"),
        ("so-lower-juba", "Kismayo -0.36 42.54; Afmadow 0.51 42.07"),
        ("dj-obock-r", "Obock 11.97 43.29"),
        ("tr-hatay", "Antakya 36.21 36.16; Iskenderun 36.59 36.17; Reyhanli 36.27 36.57"),
        ("tr-gaziantep-province", "Gaziantep 37.06 37.38; Karkamis 36.83 38.02"),
        ("tr-sirnak-province", "Sirnak 37.52 42.46; Cizre 37.33 42.19"),
        ("ir-khuzestan", "Ahvaz 31.32 48.67; Abadan 30.34 48.30"),
        ("ir-hormozgan", "Bandar Abbas 27.19 56.28; Jask 25.65 57.78"),
        ("ir-sistan", "Zahedan 29.50 60.86; Chabahar 25.30 60.65"),
        ("pk-khyber-pakhtunkhwa", "Peshawar 34.01 71.58; Miranshah 33.00 70.07"),
        ("af-nangarhar", "Jalalabad 34.43 70.45; Achin 34.13 70.71"),
        ("et-tigray", "Mekelle 13.50 39.47; Axum 14.12 38.72"),
        ("ss-jonglei", "Bor 6.21 31.56; Pibor 6.80 33.13"),
    ],
)
def test_towns_lie_in_their_division(division: str, towns: str) -> None:
    # The coast is thinned, and ports lie on it.
    around = area(division).buffer(0.03)
    for town in towns.split("; "):
        *_, lat, lon = town.split()
        assert around.contains(shapely.Point(float(lon), float(lat))), town


@pytest.mark.parametrize("country", TABLE)
def test_divisions_fill_their_country_without_overlaps(country: str) -> None:
    found = {id: area(id) for id in TABLE[country] if id not in OFF_THE_OUTLINE}
    assert all(a.is_valid and a.geom_type in ("Polygon", "MultiPolygon") and a.area > 0 for a in found.values())
    territory = derive.territory(country)
    together = shapely.union_all(list(found.values()))
    assert sum(a.area for a in found.values()) == pytest.approx(together.area, rel=0.001)
    assert together.difference(territory.buffer(0.03)).is_empty
    if country not in INCOMPLETE:
        assert together.intersection(territory).area > 0.98 * territory.area


@pytest.mark.parametrize("country", TABLE)
def test_a_division_holds_its_own_point(country: str) -> None:
    for id in TABLE[country]:
        if id not in OFF_THE_OUTLINE:
            place = PLACES[id]
            assert area(id).distance(shapely.Point(place.lon, place.lat)) < 0.06, id


def test_every_division_of_these_countries_has_an_area() -> None:
    rows = {id for id, place in PLACES.items() if place.feature == "governorate" and place.country in TABLE}
    assert {id for id in rows if areas.area(id) is None} <= OFF_THE_OUTLINE
    assert divisions.ids() <= PLACES.keys()
    assert divisions.area("iq-mosul") is None


def test_the_golan_is_syrias() -> None:
    golan = shapely.Point(35.78, 33.0)
    assert outlines.country_at(33.0, 35.78) == "IL"
    assert area("sy-quneitra-gov").contains(golan)
    assert not area("il-north-district").contains(golan)


def seed(lat: float, lon: float, division: str) -> Seed:
    return Seed(lat, lon, division)


def test_areas_are_what_is_nearest_to_the_towns() -> None:
    square = shapely.box(0, 0, 10, 10)
    seeds = [seed(5, x, "west") for x in (1, 2, 3)] + [seed(5, x, "east") for x in (7, 8, 9)]
    found = derive.areas(square, seeds)
    assert found["west"].area == pytest.approx(50, rel=0.02)
    assert found["west"].contains(shapely.Point(4.8, 1))
    assert found["east"].contains(shapely.Point(5.2, 9))
    assert found["west"].union(found["east"]).symmetric_difference(square).area < 0.05
    assert found["west"].intersection(found["east"]).area == 0


def test_a_single_stray_town_makes_no_exclave_unless_they_are_real() -> None:
    square = shapely.box(0, 0, 10, 10)
    seeds = [seed(y, x, "west" if x < 5 else "east") for x in (1, 3, 7, 9) for y in (1, 3, 5, 7, 9)]
    stray = [*seeds, seed(4, 8, "west")]
    assert derive.areas(square, stray)["west"].geom_type == "Polygon"
    assert derive.areas(square, stray, real_exclaves=True)["west"].geom_type == "MultiPolygon"


def test_an_island_without_towns_goes_to_the_nearest_division() -> None:
    land = shapely.union_all([shapely.box(0, 0, 10, 4), shapely.box(8, 5, 9, 6)])
    seeds = [seed(2, x, "west") for x in (1, 2, 3)] + [seed(2, x, "east") for x in (7, 8, 9)]
    found = derive.areas(land, seeds)
    assert found["east"].contains(shapely.Point(8.5, 5.5))


def test_seeds_of_towns_and_rows() -> None:
    def row(id: str, lon: float, within: str | None, kind: str = "city") -> Place:
        return Place(f"makan:{id}", id, id, kind, kind, "XX", 0.0, lon, 1.0, 4.0, "test", within)  # type: ignore[arg-type]

    table = {"xx-a": Division(("1",), ((0.0, 50.0),)), "xx-b": Division(("1",), ()), "xx-c": Division(("2",), ())}
    places = {
        "xx-a": row("xx-a", 1, None, "admin"),
        "xx-a-county": row("xx-a-county", 2, "makan:xx-a", "admin"),
        "xx-a-town": row("xx-a-town", 3, "makan:xx-a-county"),
        "xx-b": row("xx-b", 20, None, "admin"),
        "xx-river": row("xx-river", 4, "makan:xx-a", "natural"),
        "xx-elsewhere": row("xx-elsewhere", 5, "makan:yy"),
    }
    known = list(derive.own_seeds(places, table))
    assert [(s.lon, s.division) for s in known] == [
        (1, "xx-a"), (2, "xx-a"), (3, "xx-a"), (20, "xx-b"), (50.0, "xx-a"),
    ]  # fmt: skip
    towns = [
        {"admin1code": code, "latitude": 0, "longitude": lon}
        for code, lon in [("1", 6), ("1", 19), ("2", 0), ("3", 0), ("", 0)]
    ]
    assert [(s.lon, s.division, s.own) for s in derive.town_seeds(towns, table, known)] == [
        (6, "xx-a", False), (19, "xx-b", False), (0, "xx-c", False),
    ]  # fmt: skip


def test_the_table_of_divisions() -> None:
    with derive.TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len({row["id"] for row in rows}) == len(rows)
    assert [row["id"] for row in rows if not row["codes"] and not row["points"]] == []
    for row in rows:
        assert PLACES[row["id"]].feature == "governorate"
    for country, table_of in TABLE.items():
        for id, division in table_of.items():
            for lat, lon in division.points:
                assert derive.territory(country).distance(shapely.Point(lon, lat)) < 0.05, (id, lat, lon)
