"""Drawings, unions and listed parts: every id is a row, every area valid and where its row is."""

import csv
import json
from pathlib import Path

import pytest
import shapely

from geo import areas, divisions, outlines, sources
from geo.clipping import DIRECTIONS
from geo.sphere import DEGREE_KM

PLACES = {entry.place.id.removeprefix("makan:"): entry.place for entry, _ in sources.own_entries()}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


UNIONS, PARTS = table(areas.UNIONS), table(areas.PARTS)
DRAWN = [feature["id"] for feature in json.loads(areas.DRAWINGS.read_text(encoding="utf-8"))["features"]]


def test_nothing_is_both_drawn_and_derived() -> None:
    ids = [*DRAWN, *divisions.ids(), *(row["id"] for row in UNIONS)]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= PLACES.keys()


@pytest.mark.parametrize("row", UNIONS, ids=lambda row: row["id"])
def test_unions_have_members_and_hold_their_place(row: dict[str, str]) -> None:
    members = row["members"].split("|")
    assert len(set(members)) == len(members)
    for member in members:
        assert member in outlines.countries() or member.partition(":")[0] in divisions.ids(), member
        assert member.partition(":")[2] in ("", *DIRECTIONS), member
    found, place = areas.area(row["id"]), PLACES[row["id"]]
    assert found is not None
    assert found.is_valid
    away = found.distance(shapely.Point(place.lon, place.lat)) * DEGREE_KM
    assert away <= max(place.radius_km, 30), away


@pytest.mark.parametrize("row", PARTS, ids=lambda row: f"{row['country']} {row['direction']}")
def test_parts_are_divisions_of_their_country(row: dict[str, str]) -> None:
    members = row["divisions"].split("|")
    assert len(set(members)) == len(members)
    assert row["direction"] in DIRECTIONS
    assert set(members) <= divisions.ids()
    assert {PLACES[member].country for member in members} <= {row["country"], "EH"}


def test_a_part_that_is_not_listed_is_none() -> None:
    assert areas.country_part("FR", "n") is None


# What news name most is an area or a line, but for the whole oceans and for peaks.
@pytest.mark.parametrize("feature", ["region", "continent", "desert", "sea", "gulf", "river", "lake"])
def test_what_matters_has_an_extent(feature: str) -> None:
    named = [id for id, place in PLACES.items() if place.feature == feature and place.importance >= 6]
    bare = {id for id in named if areas.area(id) is None}
    assert bare <= {
        "xx-eurasia", "xx-indo-pacific", "xx-arctic", "xx-polynesia", "xx-pacific-ocean", "xx-arctic-ocean", "az-zangezur",
        "us-silicon-valley", "id-kalimantan", "xx-pacific-region", "xx-pacific-islands", "xx-amazon-region",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "inside", "outside"),
    [
        ("xx-levant", "33.5 36.3; 31.9 35.9", "33.3 44.4; 30.0 31.2"),
        ("iq-kurdistan", "36.2 44.0; 36.9 43.0; 35.6 45.4", "36.3 43.1; 35.5 44.4"),
        ("sd-darfur", "13.6 25.4; 12.0 24.9", "15.6 32.5; 13.2 30.2"),
        ("xx-europe", "48.9 2.4; 55.8 37.6", "4.9 -52.3; 55.0 82.9; 30.0 31.2"),
        ("ru-far-east", "48.5 135.3; 66.0 175.0", "55.8 37.6"),
        ("sy-aleppo-rif-n", "36.6 37.0", "35.9 37.1"),
        ("xx-mediterranean", "34.0 25.0; 38.0 5.0", "30.0 31.2; 43.0 34.0"),
        ("xx-red-sea", "20.0 38.5; 25.0 36.0", "21.4 39.9; 15.3 44.2"),
        ("xx-gulf", "27.0 51.0", "24.7 46.7; 24.5 58.5"),
        ("iq-tharthar", "34.0 43.3", "33.3 44.4"),
    ],
)
def test_areas_hold_what_they_should(id: str, inside: str, outside: str) -> None:
    found = areas.area(id)
    assert found is not None

    def holds(point: str) -> bool:
        lat, lon = map(float, point.split())
        return bool(found.intersects(shapely.Point(lon, lat)))

    assert [p for p in inside.split("; ") if not holds(p)] == []
    assert [p for p in outside.split("; ") if holds(p)] == []


@pytest.mark.parametrize(
    ("id", "south", "west", "north", "east"),
    [
        ("xx-euphrates", 30.9, 37.9, 39.9, 47.5),
        ("xx-tigris", 30.9, 39.2, 38.6, 47.5),
        ("xx-nile", 15.5, 29.9, 31.6, 34.0),
        ("xx-jordan-river", 31.7, 35.5, 33.3, 35.7),
        ("cn-yangtze", 26.0, 91.5, 34.6, 121.9),
        ("ir-karun", 30.3, 48.1, 32.3, 50.4),
    ],
)
def test_rivers_run_where_they_run(id: str, south: float, west: float, north: float, east: float) -> None:
    course = areas.area(id)
    assert course is not None
    assert "LineString" in course.geom_type
    assert course.bounds == pytest.approx((west, south, east, north), abs=0.8)


def test_an_island_is_a_piece_of_the_outline() -> None:
    qeshm = areas.island("IR", 26.8, 55.9, 60)
    assert qeshm is not None
    assert qeshm.bounds == pytest.approx((55.3, 26.5, 56.3, 27.0), abs=0.15)
    assert areas.island("IR", 0.0, 55.9, 60) is None
    assert areas.island("??", 26.8, 55.9, 60) is None
    # Tuti lies in the Nile: the outline around its point is all of Sudan.
    assert areas.island("SD", 15.62, 32.5, 2) is None
