"""Borders, parts, surroundings and drawn geometries of places."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo import outlines, shapes
from geo.model import Kind, Place
from geo.shapes import DIRECTIONS, Direction
from geo.sphere import bearing as bearing_between
from geo.sphere import belt, distance_km, length_km


def place(id: str, lat: float = 0, lon: float = 0, *, kind: Kind = "city", radius: float = 10, **more: Any) -> Place:
    fields = {"ar": id, "en": id, "feature": kind, "country": None, "importance": 5.0, "source": "test"} | more
    return Place(id=id, kind=kind, lat=lat, lon=lon, radius_km=radius, **fields)


def country(iso: str, ar: str = "", en: str = "") -> Place:
    return place(f"makan:{iso.lower()}", kind="country", radius=400, country=iso, ar=ar, en=en, importance=9.0)


def area(found: Place) -> Any:
    assert found.geometry is not None
    return shapely.geometry.shape(dict(found.geometry))


IRAQ, SYRIA = country("IQ", "العراق", "Iraq"), country("SY", "سوريا", "Syria")


def test_a_border_is_a_line_with_its_point_half_way() -> None:
    found = shapes.border(SYRIA, IRAQ)
    assert found is not None
    assert found == shapes.border(IRAQ, SYRIA)
    assert (found.id, found.kind, found.country) == ("border:IQ-SY", "border", None)
    assert (found.ar, found.en) == ("الحدود بين العراق وسوريا", "Iraq–Syria border")
    assert length_km(area(found)) == pytest.approx(599, abs=10)
    assert found.geometry is not None
    assert shapes.length_km(found.geometry) == length_km(area(found))
    assert area(found).distance(shapely.Point(found.lon, found.lat)) < 0.01
    assert 599 / 2 - 60 < found.radius_km < 599 / 2
    assert not found.approximate


@pytest.mark.parametrize("other", [country("EG"), country("??"), place("no country"), IRAQ])
def test_no_border_where_countries_do_not_touch(other: Place) -> None:
    assert shapes.border(IRAQ, other) is None


def test_the_outer_border_is_the_whole_rim() -> None:
    found = shapes.outer_border(IRAQ)
    assert found is not None
    assert (found.id, found.ar, found.country, found.within) == ("border:IQ", "حدود العراق", "IQ", "makan:iq")
    assert "LineString" in area(found).geom_type
    assert length_km(area(found)) == pytest.approx(3500, rel=0.1)
    assert outlines.country_at(found.lat, found.lon) == "IQ"
    assert shapes.outer_border(country("??")) is None
    assert shapes.outer_border(place("no country")) is None


POINTS = {
    "Qamishli": (37.05, 41.22), "Hasakah": (36.50, 40.75), "Raqqa": (35.95, 39.01), "Deir ez-Zor": (35.34, 40.14),
    "Damascus": (33.51, 36.29), "Aleppo": (36.20, 37.16), "Latakia": (35.53, 35.80), "Idlib": (35.93, 36.63),
    "Daraa": (32.62, 36.10), "Homs": (34.73, 36.71), "Tyre": (33.27, 35.20), "Sidon": (33.56, 35.37),
    "Tripoli LB": (34.43, 35.84), "Beirut": (33.89, 35.50), "Rutba": (33.04, 40.28), "Basra": (30.51, 47.78),
    "Mosul": (36.34, 43.13), "Baghdad": (33.31, 44.37), "Nasiriyah": (31.05, 46.26), "Diyarbakir": (37.91, 40.24),
    "Istanbul": (41.01, 28.95), "Izmir": (38.42, 27.14), "Benghazi": (32.12, 20.09), "Tripoli LY": (32.89, 13.19),
    "El Fasher": (13.63, 25.35), "Port Sudan": (19.62, 37.22), "Aswan": (24.09, 32.90), "Cairo": (30.04, 31.24),
    "Mecca": (21.39, 39.86), "Dammam": (26.43, 50.10), "Aden": (12.83, 44.98), "Marseille": (43.30, 5.40),
    "Cayenne": (4.93, -52.33), "Anchorage": (61.20, -149.90), "Seattle": (47.60, -122.20), "Miami": (25.80, -80.30),
    "Vladivostok": (43.20, 131.90), "Anadyr": (64.72, 177.48), "Moscow": (55.75, 37.60),
}  # fmt: skip


@pytest.mark.parametrize(
    ("iso", "direction", "inside", "outside"),
    [
        ("SY", "ne", "Qamishli, Hasakah, Raqqa, Deir ez-Zor", "Damascus, Aleppo, Homs"),
        ("SY", "n", "Aleppo, Idlib, Qamishli", "Homs, Damascus"),
        ("SY", "nw", "Idlib, Aleppo, Latakia", "Damascus, Qamishli"),
        ("SY", "s", "Daraa, Damascus", "Aleppo, Homs"),
        ("SY", "e", "Deir ez-Zor, Hasakah", "Aleppo, Damascus"),
        ("LB", "s", "Tyre, Sidon", "Tripoli LB, Beirut"),
        ("LB", "n", "Tripoli LB", "Tyre, Beirut"),
        ("IQ", "w", "Rutba", "Basra, Baghdad"),
        ("IQ", "n", "Mosul", "Baghdad, Basra"),
        ("IQ", "s", "Basra, Nasiriyah", "Baghdad, Mosul"),
        ("IQ", "centre", "Baghdad", "Basra, Mosul, Rutba"),
        ("TR", "se", "Diyarbakir", "Istanbul, Izmir"),
        ("LY", "e", "Benghazi", "Tripoli LY"),
        ("SD", "w", "El Fasher", "Port Sudan"),
        ("EG", "s", "Aswan", "Cairo"),
        ("SA", "e", "Dammam", "Mecca"),
        ("YE", "s", "Aden", ""),
        ("FR", "se", "Marseille", "Cayenne"),
        ("US", "nw", "Seattle", "Anchorage, Miami"),
        ("RU", "e", "Anadyr", "Moscow"),
        ("RU", "se", "Vladivostok", "Anadyr, Moscow"),
    ],
)
def test_parts_of_countries_hold_what_news_mean(iso: str, direction: Direction, inside: str, outside: str) -> None:
    # A city on the coast may lie just off the thinned outline.
    found = area(shapes.part(country(iso), direction)).buffer(0.05)
    points = {name: shapely.Point(lon, lat) for name, (lat, lon) in POINTS.items()}
    assert [n for n in inside.split(", ") if not found.contains(points[n])] == []
    assert [n for n in filter(None, outside.split(", ")) if found.contains(points[n])] == []


def test_a_part_says_what_it_is() -> None:
    found = shapes.part(SYRIA, "ne")
    assert found.id == "part:makan:sy:ne"
    assert (found.ar, found.en) == ("شمال شرق سوريا", "Northeastern Syria")
    assert (found.kind, found.feature, found.country, found.within) == ("region", "part", "SY", "makan:sy")
    assert found.approximate
    assert area(found).contains(shapely.Point(found.lon, found.lat))
    assert 150 < found.radius_km < 350


@pytest.mark.parametrize("iso", outlines.countries())
def test_every_country_has_every_part(iso: str) -> None:
    outline = outlines.country(iso)
    assert outline is not None
    for direction in DIRECTIONS:
        found = shapes.part(country(iso), direction)
        drawn = area(found)
        assert drawn.is_valid, direction
        assert drawn.geom_type in ("Polygon", "MultiPolygon"), direction
        assert drawn.area > 0, direction
        assert -180 <= drawn.bounds[0] <= drawn.bounds[2] <= 180, direction
        assert drawn.difference(outline).area < 0.05 * drawn.area, direction  # thinned for display
        assert outlines.country_at(found.lat, found.lon) is not None, direction
        assert found.radius_km > 0, direction
        assert len(json.dumps(found.geometry)) < 60_000, direction


@pytest.mark.parametrize("iso", ["IQ", "CA", "RU", "US", "FJ", "AQ", "ID", "NO", "GL", "MV", "PS"])
def test_a_displayed_country_is_small_and_within_the_world(iso: str) -> None:
    found = shapes.with_geometry(country(iso))
    assert area(found).is_valid
    assert "Polygon" in area(found).geom_type
    assert -180 <= area(found).bounds[0] < area(found).bounds[2] <= 180
    assert len(json.dumps(found.geometry)) < 60_000
    outline = outlines.country(iso)
    assert outline is not None
    assert area(found).symmetric_difference(outline).area < 0.05 * outline.area
    assert shapes.with_geometry(found) is found


@pytest.mark.parametrize(
    ("direction", "bearing"), [("n", 0), ("ne", 45), ("e", 90), ("se", 135), ("s", 180), ("sw", 225), ("nw", 315)]
)
def test_beside_a_town_is_outside_it_on_that_side(direction: Direction, bearing: float) -> None:
    mosul = place("geonames:99072", 36.34, 43.13, radius=12, country="IQ", ar="الموصل", en="Mosul", feature="city")
    found = shapes.part(mosul, direction)
    assert not area(found).contains(shapely.Point(mosul.lon, mosul.lat))
    assert area(found).contains(shapely.Point(found.lon, found.lat))
    away = distance_km(mosul.lat, mosul.lon, found.lat, found.lon)
    assert 12 < away < 36
    turned = bearing_between(mosul.lat, mosul.lon, found.lat, found.lon) - bearing
    assert (turned + 180) % 360 - 180 == pytest.approx(0, abs=1.5)


def test_names_of_parts_of_towns_and_areas() -> None:
    town = place("t", 36, 43, ar="الموصل", en="Mosul")
    governorate = place("g", 36, 43, kind="admin", radius=100, country="IQ", ar="نينوى", en="Nineveh")
    assert (shapes.part(town, "s").ar, shapes.part(town, "s").en) == ("جنوب الموصل", "South of Mosul")
    assert (shapes.part(town, "centre").ar, shapes.part(town, "centre").en) == ("وسط الموصل", "Central Mosul")
    assert (shapes.part(governorate, "w").ar, shapes.part(governorate, "w").en) == ("غرب نينوى", "Western Nineveh")


@pytest.mark.parametrize("radius", [0, 1, 5, 40])
def test_a_small_town_still_has_surroundings(radius: float) -> None:
    base = place("village", 36.6, 37.5, radius=radius)
    found = shapes.part(base, "e")
    assert area(found).is_valid
    reach = distance_km(base.lat, base.lon, *reversed(area(found).convex_hull.exterior.coords[0]))
    assert reach <= max(15, 3 * radius) * 1.01
    centre = shapes.part(base, "centre")
    assert area(centre).contains(shapely.Point(base.lon, base.lat))
    assert centre.radius_km <= max(0.5, radius / 2) * 1.01


def test_a_part_of_a_governorate_is_half_its_disc_within_the_country() -> None:
    basra = place("makan:iq-basra", 30.5, 47.6, kind="admin", radius=110, country="IQ")
    west, east = area(shapes.part(basra, "w")), area(shapes.part(basra, "e"))
    assert west.contains(shapely.Point(47.0, 30.5))
    assert not west.contains(shapely.Point(47.7, 30.5))
    iraq = outlines.country("IQ")
    assert iraq is not None
    assert east.difference(iraq.buffer(0.02)).is_empty


@pytest.fixture
def drawings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two drawn places, in the form of geo/data/areas.geojson."""
    desert = shapely.geometry.mapping(shapely.Polygon([(39, 31), (44, 31), (44, 34), (39, 34)]))
    river = shapely.geometry.mapping(shapely.LineString([(38, 37), (40, 35), (47, 31)]))
    features = [
        {"type": "Feature", "id": "xx-desert", "properties": {"source": "hand"}, "geometry": desert},
        {"type": "Feature", "id": "xx-river", "properties": {"source": "hand"}, "geometry": river},
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    monkeypatch.setattr(shapes, "AREAS", path)
    shapes._drawings.cache_clear()
    shapes.part.cache_clear()
    yield path
    monkeypatch.undo()
    shapes._drawings.cache_clear()
    shapes.part.cache_clear()


@pytest.mark.usefixtures("drawings")
def test_drawn_areas_and_courses_are_shown_and_clipped() -> None:
    desert = shapes.with_geometry(place("makan:xx-desert", 32.5, 41.5, kind="natural", radius=200))
    assert area(desert).geom_type == "Polygon"
    assert desert.approximate
    west = shapes.part(desert, "w")
    assert area(west).bounds == pytest.approx((39, 31, 41, 34))
    assert area(shapes.part(place("makan:xx-desert", 32.5, 41.5, kind="natural"), "w")).equals(area(west))
    river = shapes.with_geometry(place("makan:xx-river", 35, 40, kind="natural"))
    assert area(river).geom_type == "LineString"
    assert "LineString" in area(shapes.part(river, "n")).geom_type
    governorate = place("makan:iq-nineveh", 36, 43, kind="admin")
    assert shapes.with_geometry(governorate) is governorate


def test_without_drawings_places_stay_points(drawings: Path) -> None:
    drawings.unlink()
    shapes._drawings.cache_clear()
    desert = place("makan:xx-desert", 32.5, 41.5, kind="natural", radius=200)
    assert shapes.with_geometry(desert) is desert


def test_around_is_a_ring_at_that_distance() -> None:
    mosul = place("geonames:99072", 36.34, 43.13, ar="الموصل", en="Mosul")
    found = shapes.around(mosul, 30)
    assert found.id == "around:geonames:99072:30"
    assert (found.ar, found.en) == ("على بعد 30 كلم من الموصل", "30 km from Mosul")
    assert (found.lat, found.lon) == (mosul.lat, mosul.lon)
    assert found.radius_km == pytest.approx(33, abs=0.5)
    far = {round(distance_km(36.34, 43.13, y, x)) for x, y in shapely.get_coordinates(area(found)).tolist()}
    assert far == {27, 33}


def test_around_on_one_side_is_there() -> None:
    mosul = place("geonames:99072", 36.34, 43.13, ar="الموصل", en="Mosul")
    found = shapes.around(mosul, 30, "s")
    assert found.id == "around:geonames:99072:30:s"
    assert (found.ar, found.en) == ("على بعد 30 كلم جنوب الموصل", "30 km south of Mosul")
    assert found.lat < mosul.lat
    assert distance_km(mosul.lat, mosul.lon, found.lat, found.lon) == pytest.approx(30, abs=4)


def test_around_a_border_is_a_belt_along_it() -> None:
    line = shapes.border(IRAQ, SYRIA)
    assert line is not None
    found = shapes.around(line, 30)
    assert area(found).contains(area(line))
    rim = shapely.Point(shapely.get_coordinates(area(found)).tolist()[0])
    ends = shapely.shortest_line(rim, area(line)).coords
    assert distance_km(ends[0][1], ends[0][0], ends[1][1], ends[1][0]) == pytest.approx(30, rel=0.1)
    outside = belt(shapely.box(40, 30, 45, 35), 50)
    assert not outside.contains(shapely.Point(42, 32))


def test_between_two_places() -> None:
    baghdad = place("geonames:98182", 33.31, 44.37, country="IQ", ar="بغداد", en="Baghdad")
    basra = place("geonames:99532", 30.51, 47.78, country="IQ", ar="البصرة", en="Basra")
    found = shapes.between(basra, baghdad)
    assert found == shapes.between(baghdad, basra)
    assert found.ar == "بين بغداد والبصرة"
    assert found.country == "IQ"
    for end in (baghdad, basra):
        assert distance_km(found.lat, found.lon, end.lat, end.lon) == pytest.approx(found.radius_km, rel=0.01)
    fiji, samoa = place("a", -17, 178), place("b", -13.8, -172)
    assert shapes.between(fiji, samoa).lon == pytest.approx(-177, abs=1)


@pytest.mark.parametrize(
    ("geometry", "km"),
    [
        ({"type": "LineString", "coordinates": [[0, 0], [0, 1]]}, 111.2),
        ({"type": "MultiLineString", "coordinates": [[[0, 0], [0, 1]], [[5, 0], [5, 1]]]}, 222.4),
        ({"type": "LineString", "coordinates": [[179.5, 0], [-179.5, 0]]}, 111.2),
        ({"type": "Point", "coordinates": [1, 1]}, 0),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}, 444.8),
    ],
)
def test_length(geometry: dict[str, Any], km: float) -> None:
    assert shapes.length_km(geometry) == pytest.approx(km, abs=0.2)


@pytest.mark.parametrize("lon", [179.9, -179.9])
def test_figures_near_the_antimeridian_stay_on_the_map(lon: float) -> None:
    base = place("islet", -17, lon, radius=5)
    for found in (shapes.part(base, "e"), shapes.part(base, "w"), shapes.around(base, 50)):
        assert -180 <= area(found).bounds[0] <= area(found).bounds[2] <= 180
        assert -180 <= found.lon <= 180
