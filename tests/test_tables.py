"""Every row of the hand-written tables of places, adjectives, areas and word lists."""

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from shapely.geometry import shape

from extract.text import folded
from geo import outlines
from geo.lexicon import DATA
from geo.model import KINDS
from geo.sources import TABLES, own_entries
from geo.sphere import distance_km

HEADER = [
    "id",
    "kind",
    "feature",
    "country",
    "ar",
    "en",
    "lat",
    "lon",
    "radius_km",
    "importance",
    "within",
    "flags",
    "source",
]
FILES = sorted(TABLES.glob("*.csv"))
# As listed in geo/data/README.md.
FEATURES = {
    "country", "governorate", "county", "subdistrict", "city", "town", "village", "quarter", "region", "continent", "desert", "sea", "gulf", "strait", "canal", "river", "lake", "mountain", "valley", "plain", "island", "crossing", "camp", "airport", "base", "dam", "port", "oilfield", "shrine", "prison", "square", "hospital", "university", "stadium", "road", "parliament", "ministry", "palace", "headquarters", "refinery", "plant", "site", "mosque", "church",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ALL = [(path.name, row) for path in FILES for row in rows(path)]
IDS = {row["id"]: row for _, row in ALL}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_header(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == HEADER


def test_there_are_thousands_and_all_are_read() -> None:
    assert len(ALL) > 6000
    assert len(list(own_entries())) == len(ALL)


def test_ids_are_unique() -> None:
    assert len(IDS) == len(ALL)


def test_cells() -> None:
    wrong = []
    for name, row in ALL:
        problems = [
            row["kind"] not in KINDS,
            row["feature"] not in FEATURES,
            not row["id"].isascii(),
            not row["en"],
            not all(part.strip(" ?") for part in row["ar"].split("|")),
            not -90 <= float(row["lat"]) <= 90 or not -180 <= float(row["lon"]) <= 180,
            not 0 < float(row["radius_km"]) <= 10_000,
            not 1 <= float(row["importance"]) <= 10,
            row["within"] not in ("", *IDS),
            not set(row["flags"].split()) <= {"word", "head"},
            not (row["source"] in ("hand", "whosonfirst") or row["source"].startswith("geonames:")),
        ]
        if any(problems):
            wrong.append((name, row["id"], [number for number, problem in enumerate(problems) if problem]))
    assert not wrong


def test_no_name_twice_in_a_row() -> None:
    wrong = []
    for _, row in ALL:
        names = [folded(part.removeprefix("?")) for part in row["ar"].split("|")]
        if len(names) != len(set(names)):
            wrong.append(row["id"])
    assert not wrong


# First-level divisions by country: ISO 3166-2 as of 2025, with Iraq's Halabja (2025), Lebanon's Keserwan-Jbeil (2017),
# Palestine's 16 governorates, Libya's 22 districts (2007), Algeria's 69 wilayas (2025), Morocco's 12 regions (two of
# them in Western Sahara), Djibouti's 5 regions (its capital is a city of its own).
DIVISIONS = {
    "IQ": 19, "SY": 14, "LB": 9, "PS": 16, "JO": 12, "SA": 13, "YE": 22, "OM": 11, "AE": 7, "KW": 6, "QA": 8, "BH": 4,
    "EG": 27, "SD": 18, "LY": 22, "TN": 24, "DZ": 69, "MA": 10, "EH": 2, "MR": 15, "SO": 18, "DJ": 5, "KM": 3,
    "TR": 81, "IR": 31,
}  # fmt: skip


def test_every_first_level_division_is_there() -> None:
    counted = Counter(row["country"] for _, row in ALL if row["feature"] == "governorate")
    assert {country: counted[country] for country in DIVISIONS} == DIVISIONS


# Names with coordinates to check against: they lie beside the project and are no part of it.
REFERENCE = Path(__file__).parents[2] / "shared" / "reference" / "arabic_places.csv.gz"
_DIVISION = re.compile(r"^(?:محافظه|قضاء|منطقه|مديريه|ناحيه|مدينه|بلده|قريه|لواء|حي) ")


@cache
def reference() -> dict[tuple[str, str], list[tuple[float, float]]]:
    """The points of each folded name in each country."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with gzip.open(REFERENCE, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in row["ar"].split("|"):
                key = folded(name)
                for known in {key, _DIVISION.sub("", key)}:
                    points[row["cc"], known].append((float(row["lat"]), float(row["lon"])))
    return points


@pytest.mark.skipif(not REFERENCE.exists(), reason="no reference table beside the project")
def test_no_row_lies_far_from_its_namesakes_elsewhere() -> None:
    """A row whose namesakes in a larger table all lie far away has a wrong point, or is in namesakes.csv.

    That file lists the rows that the larger table lacks; rows with a flag have common names and are not asked.
    """
    apart = {row["id"] for row in rows(Path(__file__).with_name("namesakes.csv"))}
    far = set()
    for _, row in ALL:
        if row["flags"] or row["kind"] not in ("admin", "city", "district"):
            continue
        names = [folded(name) for name in row["ar"].split("|") if not name.startswith("?")]
        there = [point for name in names for point in reference().get((row["country"], name), ())]
        here = float(row["lat"]), float(row["lon"])
        if there and min(distance_km(*here, *point) for point in there) > max(50, 2 * float(row["radius_km"])):
            far.add(row["id"])
    assert far - apart == set()
    assert apart <= set(IDS)


# Natural Earth draws what is, not what is claimed; small islands are not drawn at all.
_DISPUTED = {("IL", "SY"), ("IL", "PS"), ("PS", "IL"), ("MA", "EH"), ("EH", "MA"), ("SD", "SS"), ("SD", "EG"), ("EG", "SD"), ("UA", "RU"), ("GI", "ES")}  # fmt: skip


def test_points_lie_in_or_near_their_country() -> None:
    wrong = []
    for _, row in ALL:
        country = row["country"]
        if not country or row["kind"] not in ("admin", "city", "district") or outlines.country(country) is None:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        there = outlines.country_at(lat, lon)
        if there in (None, country) or (there, country) in _DISPUTED or (country, there) in _DISPUTED:
            continue
        outline = outlines.country(country)
        near = min(outlines.country_at(lat + a, lon + b) != country for a in (-0.15, 0, 0.15) for b in (-0.15, 0, 0.15))
        if near and outline is not None:
            wrong.append((row["id"], country, there))
    assert not wrong


def test_namesakes_of_one_kind_in_one_country_lie_apart() -> None:
    known: dict[tuple[str, str, str, str], list[dict[str, str]]] = defaultdict(list)
    for _, row in ALL:
        for name in row["ar"].split("|"):
            known[row["country"], row["kind"], row["feature"], folded(name.removeprefix("?"))].append(row)
    wrong = []
    for (country, _, feature, name), same in known.items():
        for one, other in pairwise(same):
            away = distance_km(float(one["lat"]), float(one["lon"]), float(other["lat"]), float(other["lon"]))
            if away < 2 and feature not in ("region", "shrine"):
                wrong.append((country, name, one["id"], other["id"]))
    assert not wrong


def test_adjectives_belong_to_places() -> None:
    adjectives = rows(DATA / "adjectives.csv")
    assert len(adjectives) > 300
    assert [row for row in adjectives if row["place"] not in IDS or not row["adjective"].strip()] == []
    assert all(not row["adjective"].startswith("ال") for row in adjectives)


def test_areas_are_valid_and_belong_to_places() -> None:
    features = json.loads((DATA / "areas.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) > 80
    for feature in features:
        drawn = shape(feature["geometry"])
        assert drawn.is_valid and not drawn.is_empty, feature["id"]
        row = IDS[feature["id"]]
        lon, lat = drawn.representative_point().coords[0]
        away = distance_km(lat, lon, float(row["lat"]), float(row["lon"]))
        assert away <= 2 * float(row["radius_km"]) + 150, (feature["id"], away)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("heads.csv", {"noun", "number", "asks", "kind", "unknown", "inside"}),
        ("not_places.csv", {"where", "words", "what"}),
        ("persons.csv", {"what", "word"}),
        ("neighbours.csv", {"what", "word"}),
        ("words.csv", {"word"}),
        ("directions.csv", {"word", "direction", "sort"}),
        ("geographic.csv", {"word", "sort"}),
        ("borders.csv", {"word", "sort"}),
        ("coverage.csv", {"country", "population", "near"}),
    ],
)
def test_word_lists(name: str, columns: set[str]) -> None:
    table = rows(DATA / name)
    assert table and set(table[0]) == columns
    first = next(iter(table[0]))
    assert all(None not in row and None not in row.values() and row[first] for row in table)
    if name == "heads.csv":
        asked = {feature for row in table for feature in row["asks"].split("|") if feature}
        assert asked <= FEATURES
