"""The geocoder against a real Nominatim on this machine. What it knows is in places.osm."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.cli import main
from corpus.store import Store
from geo import sources
from geo.geocoders import Access, NominatimGeocoder, Service, Unavailable, from_settings
from geo.model import Question
from tests.geocoders.stub import Memory
from tests.nominatim.server import Nominatim
from tests.small_world import ENTRIES

pytestmark = pytest.mark.nominatim


def settings(served: Nominatim) -> dict[str, str]:
    return {
        "MAKAN_GEOCODER": "nominatim", "MAKAN_GEOCODER_URL": served.address, "MAKAN_USER_AGENT": "makan-tests",
        "MAKAN_GEOCODER_DELAY": "0",
    }  # fmt: skip


def geocoder(served: Nominatim, cache: Any = None) -> Service:
    asking = from_settings(settings(served), cache or Memory())
    assert asking is not None
    return asking


BAGHDAD, MOSUL, HASAKA = (33.2, 44.2, 33.5, 44.6), (36.2, 42.4, 36.5, 43.2), (36.4, 40.6, 36.8, 41.0)


@pytest.mark.parametrize(
    ("question", "id", "what"),
    [
        # What the gazetteer lacks.
        (Question("حردان", "IQ", "city"), "osm:N201", "village"),
        (Question("باعذرة"), "osm:N202", "village"),
        (Question("تل بنات", "IQ"), "osm:N203", "village"),
        (Question("شيخ ابراهيم", "IQ", "city"), "osm:N209", "village"),
        (Question("معبر ربيعة الحدودي", "IQ", "facility"), "osm:N302", "crossing"),
        (Question("جبل سنجار", "IQ", "natural"), "osm:N303", "mountain"),
        # A city and its governorate of one name.
        (Question("بغداد", "IQ", "city"), "osm:N101", "city"),
        (Question("بغداد", "IQ", "admin"), "osm:R2", "governorate"),
        (Question("البصرة", None, "city"), "osm:N102", "city"),
        (Question("نينوى", "IQ", "admin"), "osm:R1", "governorate"),
        # A street and a village of one name.
        (Question("جبة", "IQ", "city"), "osm:N204", "village"),
        (Question("جبة", "IQ", "city", BAGHDAD), "osm:N204", "village"),
        (Question("جبة", "IQ", "facility"), "osm:W6", "road"),
        # What Nominatim itself finds nothing for.
        (Question("البصره", "IQ", "city"), "osm:N102", "city"),
        (Question("القياره"), "osm:N106", "town"),
        (Question("الأَنبـار", None, "admin"), "osm:R3", "governorate"),
        # Namesakes.
        (Question("عداية", "IQ"), "osm:N205", "village"),
        (Question("عداية", "SY"), "osm:N206", "village"),
        (Question("عداية", None, "city", MOSUL), "osm:N205", "village"),
        (Question("عداية", None, "city", HASAKA), "osm:N206", "village"),
        (Question("تل الذهب", None, "city", BAGHDAD), "osm:N207", "village"),
        (Question("تل الذهب", None, "city", MOSUL), "osm:N208", "village"),
        (Question("العراق", None, "country"), "osm:country:IQ", "country"),
        # Not there: by name, in the country, or as what it should be.
        (Question("الرملة الزرقاء", "IQ", "city"), None, None),
        (Question("حردان", "SY"), None, None),
        (Question("بالبصرة"), None, None),
        (Question("معبر ربيعة الحدودي", "IQ", "city"), None, None),
        # For which Nominatim gives Sadr City, the quarter «مدينة الصدر» in بغداد.
        (Question("مدينة بغداد", "IQ", "district"), None, None),
    ],
    ids=lambda value: value.name if isinstance(value, Question) else None,
)
def test_places(served: Nominatim, question: Question, id: str | None, what: str | None) -> None:
    found = geocoder(served).find(question)
    assert ((found.id, found.feature) if found else (None, None)) == (id, what)


def test_a_place_has_all_its_parts(served: Nominatim) -> None:
    found = geocoder(served).find(Question("حردان", "IQ", "city"))
    assert found is not None
    assert (found.ar, found.en, found.kind, found.country) == ("حردان", "Hardan", "city", "IQ")
    assert (found.lat, found.lon) == (36.4751, 42.1056)
    assert 0.5 <= found.radius_km < 5
    assert found.source == "OpenStreetMap, ODbL"


def test_a_user_chooses(served: Nominatim) -> None:
    asking = geocoder(served)
    assert [place.id for place in asking.search(Question("بغداد"))] == ["osm:R2", "osm:N101"]
    assert [place.en for place in asking.search(Question("سنجار، نينوى"))] == ["Sinjar", "Mount Sinjar"]
    assert [place.id for place in asking.search(Question("Hardan"))] == ["osm:N201"]
    assert len(asking.search(Question("عداية"), limit=1)) == 1


def test_one_cache_serves_two_texts_with_different_boxes(served: Nominatim) -> None:
    """Nominatim leaves out the namesakes beyond a viewbox: one text's must not decide for the next."""
    asking = geocoder(served)
    for box, id in ((MOSUL, "osm:N205"), (HASAKA, "osm:N206"), (MOSUL, "osm:N205"), (BAGHDAD, "osm:N205")):
        found = asking.find(Question("عداية", None, "city", box))
        assert found is not None
        assert found.id == id


def test_down_in_the_middle(served: Nominatim, tmp_path: Path) -> None:
    store = Store(tmp_path / "makan.sqlite3")
    asking = geocoder(served, store)
    assert asking.find(Question("حردان", "IQ")) is not None
    assert asking.find(Question("الرملة الزرقاء", "IQ")) is None
    served.stop()
    with pytest.raises(Unavailable) as caught:
        asking.find(Question("باعذرة", "IQ"))
    assert caught.value.reason == "unreachable"
    assert asking.find(Question("حردان", "IQ")) is not None
    assert asking.find(Question("الرملة الزرقاء", "IQ")) is None
    served.start()
    assert geocoder(served, store).find(Question("باعذرة", "IQ")) is not None
    store.close()


def test_no_answer_in_time(served: Nominatim) -> None:
    asking = NominatimGeocoder(Access(served.address, "makan-tests", delay=0, timeout=0.5, pause=0), Memory())
    with served.halted(), pytest.raises(Unavailable) as caught:
        asking.find(Question("حردان"))
    assert caught.value.reason == "timeout"
    assert asking.find(Question("حردان")) is not None


def test_a_wrong_address_is_no_miss(served: Nominatim) -> None:
    asking = from_settings(settings(served) | {"MAKAN_GEOCODER_URL": f"{served.address}/wrong"}, Memory())
    assert asking is not None
    with pytest.raises(Unavailable):
        asking.find(Question("حردان"))


def test_the_command_line_places_what_the_gazetteer_lacks(
    served: Nominatim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A gazetteer of a dozen places, so that it does not matter which villages the tables learn.
    monkeypatch.setattr(sources, "entries", lambda: (list(ENTRIES), {}))
    places = {"MAKAN_STORE": str(tmp_path / "makan.sqlite3"), "MAKAN_GAZETTEER": str(tmp_path / "gazetteer.bin")}
    for name, value in (settings(served) | places).items():
        monkeypatch.setenv(name, value)
    article, output = tmp_path / "a.txt", tmp_path / "out.jsonl"
    article.write_text(
        "قال المتحدث إن القافلة غادرت بغداد إلى قرية حردان. وأضاف أن قرية الرملة الزرقاء خالية من السكان.",
        encoding="utf-8",
    )
    for up in (True, False):  # the second time from what was kept
        if not up:
            served.stop()
        assert main(["analyse", str(article), "--output", str(output)]) == 0
        analysis = json.loads(output.read_text(encoding="utf-8"))
        text = json.dumps(analysis, ensure_ascii=False)
        assert ("osm:N201" in text, "not-in-gazetteer" in text, "geocoder-unavailable" in text) == (True, True, False)
