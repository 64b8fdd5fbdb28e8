"""The derived outlines and borders: complete, valid, and where they should be."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import shapely

from geo import outlines
from geo.sphere import length_km

ROOT = Path(__file__).parent.parent
# fmt: off
ARAB_LEAGUE = [
    "AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO",
    "SY", "TN", "YE",
]
# fmt: on


# Measured on the earth: figures of the CIA World Factbook or, for Iraq–Syria, of Natural Earth at 1:10m.
@pytest.mark.parametrize(
    ("a", "b", "km", "tolerance"),
    [
        ("IQ", "SY", 599, 10),
        ("IQ", "IR", 1599, 300),
        ("IQ", "SA", 811, 20),
        ("EG", "SD", 1276, 20),
        ("SY", "TR", 899, 130),
        ("IQ", "JO", 179, 10),
        ("EG", "PS", 13, 3),
        ("SO", "ET", 1640, 40),
        ("CA", "US", 8893, 1000),
    ],
)
def test_borders_have_their_length(a: str, b: str, km: float, tolerance: float) -> None:
    line = outlines.border(a, b)
    assert line is not None
    assert line.equals(outlines.border(b, a))
    assert length_km(line) == pytest.approx(km, abs=tolerance)


@pytest.mark.parametrize(("a", "b"), [("IQ", "EG"), ("SA", "SY"), ("QA", "BH"), ("IQ", "IQ"), ("IQ", "??"), ("", "")])
def test_no_border_between_countries_that_do_not_touch(a: str, b: str) -> None:
    assert outlines.border(a, b) is None


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("IQ", "IR JO KW SA SY TR"),
        ("SY", "IL IQ JO LB TR"),
        ("SO", "DJ ET KE"),
        ("TN", "DZ LY"),
        ("PS", "EG IL JO"),
        ("BH", ""),
        ("??", ""),
    ],
)
def test_neighbours(iso: str, expected: str) -> None:
    assert outlines.neighbours(iso) == frozenset(expected.split())


@pytest.mark.parametrize(
    ("place", "lat", "lon", "expected"),
    [
        ("Baghdad", 33.31, 44.37, "IQ"),
        ("Qamishli", 37.05, 41.22, "SY"),
        ("Beirut, on the coast", 33.90, 35.48, "LB"),
        ("Gaza", 31.52, 34.45, "PS"),
        ("Ramallah", 31.90, 35.20, "PS"),
        ("Hargeisa, Somaliland", 9.56, 44.06, "SO"),
        ("Kyrenia, Northern Cyprus", 35.33, 33.32, "CY"),
        ("Pristina", 42.66, 21.16, "XK"),
        ("Manama", 26.22, 50.58, "BH"),
        ("Suva", -18.14, 178.44, "FJ"),
        ("Chukotka, beyond the antimeridian", 66.0, -172.0, "RU"),
        ("Vostok, near the pole", -78.46, 106.84, "AQ"),
        ("Maseru", -29.31, 27.48, "LS"),
        ("the Atlantic", 30.0, -40.0, None),
        ("the Red Sea", 20.0, 38.5, None),
    ],
)
def test_country_at(place: str, lat: float, lon: float, expected: str | None) -> None:
    assert outlines.country_at(lat, lon) == expected


def test_every_outline_is_a_valid_area_of_the_earth() -> None:
    assert set(ARAB_LEAGUE) <= set(outlines.countries())
    assert len(outlines.countries()) > 230
    for iso in outlines.countries():
        outline = outlines.country(iso)
        assert outline is not None
        assert outline.is_valid, iso
        assert outline.geom_type in ("Polygon", "MultiPolygon"), iso
        assert outline.area > 0, iso
        west, south, east, north = outline.bounds
        assert -180 <= west <= east <= 180, iso
        assert -90 <= south <= north <= 90, iso
    assert outlines.country("??") is None


def test_borders_run_along_both_outlines() -> None:
    for a in ARAB_LEAGUE:
        for b in outlines.neighbours(a):
            line, outline = outlines.border(a, b), outlines.country(a)
            assert line is not None
            assert outline is not None
            assert line.distance(outline.boundary) == pytest.approx(0, abs=0.02)
            assert shapely.hausdorff_distance(line, shapely.intersection(line, outline.boundary.buffer(0.06))) < 0.1


@pytest.mark.parametrize("iso", ["RU", "US", "FJ", "NZ", "KI"])
def test_unwrapping_joins_what_the_antimeridian_cuts_and_wrapping_undoes_it(iso: str) -> None:
    outline = outlines.country(iso)
    assert outline is not None
    whole = outlines.unwrapped(outline)
    assert whole.is_valid
    assert whole.bounds[2] - whole.bounds[0] < 200
    again = outlines.wrapped(whole)
    assert again.symmetric_difference(outline).area < 1e-6


def test_loading_is_quick() -> None:
    """A bound with room for a busy machine; what is asked for first is not all that is read."""
    began = time.process_time()
    for load in (outlines._outlines, outlines._borders, outlines._tree):
        load.cache_clear()
    outlines.border("IQ", "SY")
    outlines.country_at(33.0, 44.0)
    assert time.process_time() - began < 0.5


def test_the_base_map_is_a_script_of_polygons_with_codes_only() -> None:
    path = ROOT / "geo" / "assets" / "basemap.js"
    assert path.stat().st_size < 900_000
    notice, script = path.read_text(encoding="ascii").split("\n", 1)
    assert notice.startswith("//")
    collection = json.loads(script.removeprefix("window.BASEMAP=").rstrip().removesuffix(";"))
    assert {f["properties"]["iso"] for f in collection["features"]} == set(outlines.countries())
    for feature in collection["features"]:
        assert set(feature["properties"]) == {"iso"}
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        for x, y in shapely.get_coordinates(shapely.geometry.shape(feature["geometry"])).tolist():
            assert (x, y) == (round(x, 2), round(y, 2))


def test_deriving_from_a_small_topology(tmp_path: Path) -> None:
    """Two squares that share a side, and a third across the antimeridian: outlines, border and base map."""
    from geo.derive import outlines as derive

    package = tmp_path / "package"
    package.mkdir()
    # Arcs are differences on a grid of whole degrees from (-180, -90).
    arcs = [
        [[220, 120], [0, 10]],  # the shared side: 40° E, 30° N to 40° N
        [[220, 130], [-10, 0], [0, -10], [10, 0]],
        [[220, 120], [10, 0], [0, 10], [-10, 0]],
        [[355, 90], [5, 0], [-360, 0], [5, 0], [0, 5], [-10, 0], [360, 0], [0, -5]],
    ]
    geometries = [
        {"type": "Polygon", "id": "368", "properties": {"name": "Iraq"}, "arcs": [[0, 1]]},
        {"type": "Polygon", "id": "760", "properties": {"name": "Syria"}, "arcs": [[2, -1]]},
        {"type": "Polygon", "id": "242", "properties": {"name": "Fiji"}, "arcs": [[3]]},
        {"type": "Polygon", "properties": {"name": "Scarborough Reef"}, "arcs": [[1]]},
    ]
    topology = {
        "transform": {"scale": [1, 1], "translate": [-180, -90]},
        "objects": {"countries": {"geometries": geometries}},
        "arcs": arcs,
    }
    (package / "countries-10m.json").write_text(json.dumps(topology))
    read = derive.read_topology(package, "countries-10m.json")
    codes = derive.iso_codes()
    members = [(c, g) for g in read["objects"]["countries"]["geometries"] if (c := derive.code_of(g, codes))]
    assert [c for c, _ in members] == ["IQ", "SY", "FJ"]
    decoded = derive.decode(read)
    found = derive.countries(members, decoded, smallest=0.1)
    assert found["IQ"].equals(shapely.box(30, 30, 40, 40))
    assert found["SY"].equals(shapely.box(40, 30, 50, 40))
    assert found["FJ"].equals(shapely.union(shapely.box(175, 0, 180, 5), shapely.box(-180, 0, -175, 5)))
    assert {pair: line.bounds for pair, line in derive.borders(members, decoded).items()} == {
        ("IQ", "SY"): (40, 30, 40, 40)
    }
    derive.write_basemap(tmp_path / "basemap.js", found)
    assert '"iso":"FJ"' in (tmp_path / "basemap.js").read_text()


@pytest.mark.parametrize(("asked", "missing"), [([], "what"), (["outlines"], "package")])
def test_deriving_without_a_package_explains_itself(asked: list[str], missing: str) -> None:
    command = [sys.executable, "-m", "geo.derive", *asked]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert missing in run.stderr
