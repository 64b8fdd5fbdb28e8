"""A gazetteer of a dozen places, for tests of the rules alone. Names and points are real, importance is made to suit."""

from geo.compilation import build
from geo.gazetteer import Gazetteer
from geo.model import Kind, Place
from geo.sources import Entry


def entry(
    key: str,
    names: str,
    kind: Kind,
    feature: str,
    country: str | None,
    lat: float,
    lon: float,
    importance: float,
    radius_km: float = 10,
    within: str | None = None,
    flags: str = "",
) -> Entry:
    """A row as the tables give it; names are separated by "|"."""
    written = names.split("|")
    place = Place(
        f"makan:{key}", written[0].removeprefix("?"), key, kind, feature, country, lat, lon, radius_km, importance, "test",
        within=f"makan:{within}" if within else None,
    )  # fmt: skip
    doubtful = frozenset(name[1:] for name in written if name.startswith("?"))
    return Entry(place, tuple(name.removeprefix("?") for name in written), frozenset(flags.split()), doubtful)


ENTRIES = (
    entry("iq", "العراق", "country", "country", "IQ", 33, 43.7, 9, 480),
    entry("sy", "سوريا|سورية", "country", "country", "SY", 35, 38.5, 9, 380),
    entry("lb", "لبنان", "country", "country", "LB", 33.9, 35.9, 9, 100),
    entry("ly", "ليبيا", "country", "country", "LY", 27, 17.5, 9, 800),
    entry("iq-baghdad", "بغداد", "city", "city", "IQ", 33.34, 44.4, 6.9, 22),
    entry("iq-basra", "البصرة", "city", "city", "IQ", 30.5, 47.8, 6.1, 12),
    entry("iq-basra-gov", "البصرة", "admin", "governorate", "IQ", 30.4, 47.6, 6, 90),
    entry("lb-tripoli", "طرابلس", "city", "city", "LB", 34.44, 35.85, 5.4),
    entry("ly-tripoli", "طرابلس", "city", "city", "LY", 32.89, 13.19, 6.1),
    entry("sy-bab", "الباب", "city", "town", "SY", 36.37, 37.52, 5, flags="word"),
    entry("sy-rastan", "الرستن", "city", "town", "SY", 34.92, 36.73, 4.7),
    entry("xx-sea", "البحر المتوسط|?المتوسط", "natural", "sea", None, 35.5, 18, 7.2, 1900),
    entry("iq-zubair", "الزبير", "admin", "county", "IQ", 30.39, 47.7, 5, flags="head"),
)  # fmt: skip


def small_gazetteer() -> Gazetteer:
    """The gazetteer of ENTRIES."""
    return Gazetteer(build(ENTRIES, {"IQ": "makan:iq-baghdad"}, "small"))
