"""Where an outlet is at home, by its name, its address or its domain."""

import re
from collections import defaultdict

import pytest

from extract.text import folded
from geo.lexicon import rows
from geo.outlets import home_of
from geo.sources import country_names


@pytest.mark.parametrize(
    ("source", "home"),
    [
        # names, with what is left out or put before them
        ("وكالة الأنباء العراقية", "IQ"),
        ("وكالة الأنباء العراقية (واع)", "IQ"),
        ("واع", "IQ"),
        ("الوكالة الوطنية العراقية للأنباء/ نينا", "IQ"),
        ("صحيفة المدى", "IQ"),
        ("السومريه نيوز", "IQ"),
        ("شفق نيوز", "IQ"),
        ("سانا", "SY"),
        ("دمشق - سانا", "SY"),
        ("عمان - بترا", "JO"),
        ("جريدة عمان", "OM"),
        ("نقلا عن صحيفة مصري اليوم", "EG"),
        ("جريدة عكاظ", "SA"),
        ("عكاظ", "SA"),
        ("موقع هسبريس الإخباري", "MA"),
        ("وَكالة أنبَاء الإمارات", "AE"),
        ("بوابة الأهرام", "EG"),
        ("المصدر: القبس", "KW"),
        ("Hespress", "MA"),
        ("SANA", "SY"),
        # an outlet nobody knows that names its country
        ("صحيفة النور السورية", "SY"),
        ("قناة الأمل اليمنية", "YE"),
        # one name, several countries
        ("الوطن", None),
        ("صحيفة الوطن", None),
        ("الوطن السعودية", "SA"),
        ("صحيفة الوطن القطرية", "QA"),
        ("جريدة الرياض", "SA"),
        ("قناة الجزيرة", None),
        ("جريدة الجزيرة", "SA"),
        # no one country's
        ("رويترز", None),
        ("القاهرة (رويترز)", None),
        ("وكالة الصحافة الفرنسية", None),
        ("الشرق الأوسط", None),
        ("وكالة أنباء الشرق الأوسط", "EG"),
        ("بي بي سي عربي", None),
        ("مراسلنا", None),
        ("القاهرة", None),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_by_name(source: str | None, home: str | None) -> None:
    assert home_of(source) == home


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("https://www.alsumaria.tv/news/localnews/1/x", "IQ"),
        ("www.alsumaria.tv", "IQ"),
        ("ALSUMARIA.TV", "IQ"),
        ("http://m.youm7.com:8080/story?id=1", "EG"),
        ("شفق نيوز https://shafaq.com/ar", "IQ"),
        ("https://arabic.rt.com/world", None),
        ("https://www.alaraby.co.uk/politics", None),
        # domains nobody knows: the country's own
        ("https://moi.gov.iq/posts/5", "IQ"),
        ("uobaghdad.edu.iq", "IQ"),
        ("news.example.sy", "SY"),
        ("https://example.gov.eg", "EG"),
        ("https://example.com.ly/x", "LY"),
        ("https://bit.ly/3xYz", None),
        ("example.so", None),
        ("https://example.com/iq", None),
        ("https://example.tv", None),
        ("notalsumaria.tv", None),
        ("https://sputnikarabic.ae/2024", None),
        ("articles/report.txt", None),
        ("https://", None),
        ("...", None),
        ("a" * 100_000 + ".iq", None),
    ],
)
def test_by_address(source: str, home: str | None) -> None:
    assert home_of(source) == home


def test_the_table() -> None:
    table = list(rows("outlets.csv"))
    assert len(table) >= 250
    assert {"IQ", "SY", "LB", "JO", "PS", "SA", "YE", "AE", "KW", "BH", "QA", "OM", "EG", "SD", "LY", "TN", "DZ", "MA", "MR", "SO", "DJ", "KM"} <= {row["country"] for row in table}  # fmt: skip
    names, domains = defaultdict(set), []
    for row in table:
        assert row["country"] == "" or row["country"] in country_names(), row
        assert row["name"] and row["domain"], row
        for name in row["name"].split("|"):
            assert name == name.strip() != "", row
            names[folded(name)].add(row["country"])
            assert home_of(name) == (row["country"] or None), name
        for domain in row["domain"].split("|"):
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) and not domain.startswith("www."), domain
            domains.append(domain)
    assert [name for name, countries in names.items() if len(countries) > 1] == []
    assert len(domains) == len(set(domains))
