"""What goes to the map: nothing that Jinja, HTML or JavaScript could read as its own."""

import json
import re
from typing import Any

import pytest
from jinja2 import Template
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from geo.layers import Mark, base_map, features, literal, overlay, shape_of
from geo.model import Place
from tests.handmade import BAGHDAD, BASRA, BORDER, IRAQ, NORTHEAST, place

HOSTILE = [
    "{{ 7 * 7 }}", "{% raise %}", "{# x #}", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "`${alert(1)}`",
    "'; alert(1); '", '"; alert(1); "', "\\'; alert(1)", "\\u0027", "a\nb\r\u2028\u2029", "&lt;b&gt;", "map_div_0 _a1b2", "#{x}", "بغداد «س»",
]  # fmt: skip


def mark(where: Place, **more: Any) -> Mark:
    return Mark(
        **({"place": where, "name": where.ar, "detail": "", "count": 1, "colour": "#000000", "actor": False} | more)
    )


def unescaped(script: str) -> Any:
    """What the browser's JSON.parse('…') makes of the literal."""
    assert script[0] == script[-1] == "'" and "'" not in script[1:-1] and "\n" not in script
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found.group(1), 16)), script[1:-1])
    return json.loads(plain)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_says_what_it_was_given_and_nothing_else(text: str) -> None:
    script = literal({"name": text})
    assert unescaped(script) == {"name": text}
    assert not set(script) & set("<>{}%#&`$")
    assert Template(script).render() == script


@pytest.mark.parametrize("text", HOSTILE)
def test_what_folium_makes_of_it_says_so_still(text: str) -> None:
    data = features([mark(BASRA, name=text, detail=text)])
    group = overlay(data, version="v", selected=text, fit="1", texts={"map": text})
    script = _get_feature_group_string(group, base_map("../x/"))
    found = re.search(r"JSON\.parse\(('[^']*')\)", script)
    assert found
    payload = unescaped(found.group(1))
    assert payload["data"]["features"][0]["properties"]["name"] == text
    assert (payload["selected"], payload["texts"]["map"]) == (text, text)


@pytest.mark.parametrize(
    ("where", "shape"),
    [
        (BAGHDAD, "point"),
        (IRAQ, "country"),
        (BORDER, "line"),
        (NORTHEAST, "area"),
        (place("x", "x", "x", "country"), "country"),
    ],
)
def test_shapes(where: Place, shape: str) -> None:
    assert shape_of(where) == shape


def test_one_feature_a_place_and_large_areas_first() -> None:
    collection = features([mark(BASRA), mark(NORTHEAST), mark(BORDER), mark(IRAQ)])
    assert [feature["id"] for feature in collection["features"]] == [IRAQ.id, BORDER.id, NORTHEAST.id, BASRA.id]
    assert collection["features"][-1]["geometry"] == {"type": "Point", "coordinates": [47.8, 30.51]}
    assert json.loads(json.dumps(collection)) == collection


def test_outlines_are_simplified_but_keep_their_ends() -> None:
    line = [[40 + i / 1000, 35.0] for i in range(1001)]
    long = place("x", "x", "x", "border", geometry={"type": "LineString", "coordinates": line})
    assert features([mark(long)])["features"][0]["geometry"]["coordinates"] == [[40.0, 35.0], [41.0, 35.0]]


def test_the_base_map_is_the_same_on_every_run_and_asks_nobody_else() -> None:
    first, second = base_map("../x/"), base_map("../x/")
    assert generate_js_hash(_get_map_string(first)) == generate_js_hash(_get_map_string(second))
    addresses = [address for _, address in first.default_js + first.default_css]
    assert addresses and all(address.startswith("../x/") for address in addresses)
    assert "http" not in _get_map_string(first)
