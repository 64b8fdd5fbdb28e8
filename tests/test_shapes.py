"""Borders, parts, surroundings and drawn geometries of places."""

import json
from typing import Any

import pytest
import shapely

from geo import outlines, shapes
from geo.derive import divisions as derive
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
    "Qamishli": (37.05, 41.22), "Hasakah": (36.5, 40.75), "Raqqa": (35.95, 39.01), "Deir ez-Zor": (35.34, 40.14),
    "Damascus": (33.51, 36.29), "Aleppo": (36.2, 37.16), "Latakia": (35.53, 35.8), "Idlib": (35.93, 36.63),
    "Daraa": (32.62, 36.1), "Homs": (34.73, 36.71), "Hama": (35.13, 36.75), "Tartus": (34.89, 35.89),
    "Suwayda": (32.71, 36.57), "Quneitra": (33.125, 35.83), "Manbij": (36.53, 37.95), "Afrin": (36.51, 36.87),
    "Albu Kamal": (34.45, 40.92), "Tanf": (33.5, 38.66), "Palmyra": (34.56, 38.28), "Tyre": (33.27, 35.2),
    "Sidon": (33.56, 35.37), "Nabatieh": (33.38, 35.48), "Bint Jbeil": (33.12, 35.43), "Marjayoun": (33.36, 35.59),
    "Halba": (34.54, 36.08), "Zgharta": (34.4, 35.9), "Zahle": (33.85, 35.9), "Baalbek": (34.01, 36.21),
    "Hermel": (34.39, 36.38), "Arsal": (34.18, 36.42), "Tripoli LB": (34.43, 35.84), "Beirut": (33.89, 35.5),
    "Rutba": (33.04, 40.28), "Basra": (30.51, 47.78), "Mosul": (36.34, 43.13), "Baghdad": (33.31, 44.37),
    "Nasiriyah": (31.05, 46.26), "Erbil": (36.19, 44.01), "Dohuk": (36.87, 42.99), "Kirkuk": (35.47, 44.39),
    "Sulaymaniyah": (35.56, 45.43), "Haditha": (34.13, 42.38), "Al-Qaim": (34.37, 41.09), "Ramadi": (33.42, 43.3),
    "Amara": (31.84, 47.15), "Samawah": (31.33, 45.29), "Karbala": (32.61, 44.02), "Samarra": (34.2, 43.88),
    "Kut": (32.51, 45.82), "Khanaqin": (34.35, 45.39), "Halabja": (35.18, 45.99), "Sinjar": (36.32, 41.86),
    "Tal Afar": (36.38, 42.45), "Saada": (16.94, 43.76), "Sanaa": (15.35, 44.21), "Amran": (15.66, 43.94),
    "Hajjah": (15.69, 43.6), "Lahij": (13.06, 44.88), "Zinjibar": (13.13, 45.38), "Aden": (12.83, 44.98),
    "Mukalla": (14.54, 49.13), "Ghaydah": (16.21, 52.18), "Sayun": (15.94, 48.79), "Hodeidah": (14.8, 42.95),
    "Mocha": (13.32, 43.25), "Ataq": (14.54, 46.83), "Taiz": (13.58, 44.02), "Marib": (15.46, 45.33),
    "Benghazi": (32.12, 20.09), "Tripoli LY": (32.89, 13.19), "Tobruk": (32.08, 23.96), "Derna": (32.77, 22.64),
    "Kufra": (24.18, 23.29), "Misrata": (32.38, 15.09), "Sabha": (27.04, 14.43), "Zawiya": (32.76, 12.73),
    "Zuwara": (32.93, 12.08), "Nalut": (31.87, 10.98), "Murzuq": (25.92, 13.92), "Ghat": (24.96, 10.17),
    "Sirte": (31.21, 16.59), "Hun": (29.13, 15.95), "Aswan": (24.09, 32.9), "Cairo": (30.04, 31.24),
    "Luxor": (25.69, 32.64), "Abu Simbel": (22.34, 31.62), "Alexandria": (31.2, 29.92), "Minya": (28.11, 30.75),
    "Port Said": (31.26, 32.3), "Arish": (31.13, 33.8), "Asyut": (27.18, 31.18), "Suez": (29.97, 32.53),
    "Siwa": (29.2, 25.52), "Marsa Matruh": (31.35, 27.24), "Hurghada": (27.26, 33.81),
    "Sharm el-Sheikh": (27.91, 34.33), "El Fasher": (13.63, 25.35), "Port Sudan": (19.62, 37.22),
    "Geneina": (13.45, 22.45), "Nyala": (12.05, 24.88), "Khartoum": (15.55, 32.53), "Kassala": (15.45, 36.4),
    "Gedaref": (14.03, 35.38), "El Obeid": (13.18, 30.22), "Kadugli": (11.01, 29.72), "Damazin": (11.79, 34.36),
    "Dongola": (19.18, 30.48), "Wadi Halfa": (21.8, 31.35), "Atbara": (17.7, 33.97), "Mecca": (21.43, 39.83),
    "Dammam": (26.43, 50.1), "Jeddah": (21.49, 39.19), "Medina": (24.47, 39.61), "Yanbu": (24.09, 38.06),
    "Tabuk": (28.4, 36.57), "Riyadh": (24.69, 46.72), "Hofuf": (25.36, 49.59), "Jubail": (27.0, 49.66),
    "Abha": (18.22, 42.51), "Jizan": (16.89, 42.55), "Najran": (17.49, 44.13), "Arar": (30.98, 41.04),
    "Sakaka": (29.97, 40.21), "Buraydah": (26.33, 43.97), "Tamanrasset": (22.79, 5.52), "In Salah": (27.19, 2.46),
    "Djanet": (24.55, 9.48), "Algiers": (36.75, 3.04), "Oran": (35.69, -0.64), "Constantine": (36.37, 6.61),
    "Djelfa": (34.67, 3.26), "Adrar": (27.87, -0.29), "Annaba": (36.9, 7.77), "Tebessa": (35.4, 8.12),
    "Tindouf": (27.67, -8.15), "Tlemcen": (34.88, -1.32), "Bechar": (31.62, -2.22), "Illizi": (26.48, 8.47),
    "Tataouine": (32.93, 10.45), "Medenine": (33.35, 10.51), "Tunis": (36.82, 10.17), "Bizerte": (37.27, 9.87),
    "Sousse": (35.83, 10.64), "Beja": (36.73, 9.18), "Gabes": (33.88, 10.1), "Gafsa": (34.43, 8.78),
    "Kairouan": (35.68, 10.1), "Sidi Bouzid": (35.04, 9.48), "Tangier": (35.77, -5.8), "Tetouan": (35.57, -5.37),
    "Rabat": (34.01, -6.83), "Laayoune": (27.14, -13.19), "Dakhla": (23.68, -15.96), "Guelmim": (28.99, -10.06),
    "Casablanca": (33.59, -7.61), "Oujda": (34.68, -1.91), "Figuig": (32.11, -1.23), "Agadir": (30.42, -9.6),
    "Irbid": (32.56, 35.85), "Mafraq": (32.34, 36.21), "Aqaba": (29.53, 35.01), "Maan": (30.2, 35.73),
    "Karak": (31.18, 35.7), "Amman": (31.96, 35.95), "Zarqa": (32.07, 36.09), "Ruwaished": (32.5, 38.2),
    "Diyarbakir": (37.91, 40.24), "Istanbul": (41.01, 28.95), "Izmir": (38.42, 27.14), "Sanliurfa": (37.17, 38.79),
    "Mardin": (37.31, 40.74), "Sirnak": (37.52, 42.46), "Ankara": (39.92, 32.85), "Adana": (36.99, 35.33),
    "Antalya": (36.91, 30.7), "Gaziantep": (37.06, 37.38), "Samsun": (41.29, 36.33), "Trabzon": (41.0, 39.73),
    "Zonguldak": (41.45, 31.79), "Edirne": (41.68, 26.56), "Bursa": (40.2, 29.06), "Van": (38.49, 43.38),
    "Erzurum": (39.91, 41.28), "Kars": (40.6, 43.1), "Konya": (37.87, 32.48), "Kayseri": (38.73, 35.49),
    "Kermanshah": (34.31, 47.07), "Sanandaj": (35.31, 47.0), "Ahvaz": (31.32, 48.67), "Urmia": (37.55, 45.07),
    "Mashhad": (36.3, 59.61), "Yazd": (31.9, 54.37), "Kerman": (30.28, 57.08), "Tabriz": (38.08, 46.29),
    "Shiraz": (29.61, 52.53), "Isfahan": (32.65, 51.67), "Tehran": (35.69, 51.42), "Zahedan": (29.5, 60.86),
    "Chabahar": (25.29, 60.64), "Bandar Abbas": (27.19, 56.28), "Bushehr": (28.97, 50.84), "Abadan": (30.34, 48.3),
    "Rasht": (37.28, 49.58), "Sari": (36.56, 53.06), "Muscat": (23.58, 58.41), "Sohar": (24.35, 56.71),
    "Nizwa": (22.93, 57.53), "Salalah": (17.02, 54.09), "Hargeisa": (9.56, 44.06), "Bosaso": (11.28, 49.18),
    "Berbera": (10.44, 45.01), "Mogadishu": (2.04, 45.34), "Kismayo": (-0.36, 42.55), "Baidoa": (3.11, 43.65),
    "Garowe": (8.4, 48.48), "Beledweyne": (4.74, 45.2), "Dhusamareb": (5.54, 46.39), "Haifa": (32.82, 34.99),
    "Nahariya": (33.01, 35.1), "Tiberias": (32.79, 35.53), "Beersheba": (31.25, 34.79), "Jerusalem": (31.77, 35.22),
    "Eilat": (29.56, 34.95), "Tel Aviv": (32.08, 34.78), "Donetsk": (48.02, 37.8), "Luhansk": (48.57, 39.31),
    "Kharkiv": (49.98, 36.25), "Kyiv": (50.45, 30.52), "Lviv": (49.84, 24.02), "Odesa": (46.48, 30.73),
    "Kherson": (46.66, 32.62), "Mykolaiv": (46.97, 31.99), "Jalalabad": (34.43, 70.45), "Asadabad": (34.87, 71.15),
    "Khost": (33.34, 69.92), "Herat": (34.35, 62.2), "Kandahar": (31.61, 65.71), "Lashkar Gah": (31.59, 64.37),
    "Kabul": (34.53, 69.17), "Mazar": (36.71, 67.11), "Kunduz": (36.73, 68.86), "Maymana": (35.92, 64.78),
    "Farah": (32.37, 62.12), "Gardez": (33.6, 69.22), "Peshawar": (34.01, 71.58), "Karachi": (24.86, 67.01),
    "Quetta": (30.18, 67.0), "Gwadar": (25.12, 62.33), "Lahore": (31.56, 74.35), "Islamabad": (33.72, 73.04),
    "Hyderabad PK": (25.4, 68.37), "Maiduguri": (11.85, 13.16), "Lagos": (6.45, 3.39), "Abuja": (9.06, 7.49),
    "Goma": (-1.67, 29.23), "Bukavu": (-2.49, 28.84), "Kinshasa": (-4.33, 15.31), "Mekelle": (13.5, 39.47),
    "Gondar": (12.6, 37.47), "Addis Ababa": (9.02, 38.75), "Milan": (45.46, 9.19), "Turin": (45.07, 7.69),
    "Venice": (45.44, 12.33), "Rome": (41.89, 12.51), "Naples": (40.85, 14.27), "Bari": (41.12, 16.87),
    "Palermo": (38.12, 13.36), "Hanoi": (21.02, 105.84), "Ho Chi Minh": (10.82, 106.63), "Da Nang": (16.07, 108.22),
    "Hue": (16.46, 107.6), "Marseille": (43.3, 5.4), "Lyon": (45.75, 4.85), "Cayenne": (4.93, -52.33),
    "Paris": (48.85, 2.35), "Berlin": (52.52, 13.41), "Dresden": (51.05, 13.74), "Leipzig": (51.34, 12.37),
    "Cologne": (50.93, 6.95), "Frankfurt": (50.12, 8.68), "Barcelona": (41.39, 2.16), "Valencia": (39.47, -0.38),
    "Madrid": (40.42, -3.7), "Seville": (37.38, -5.97), "Anchorage": (61.2, -149.9), "Seattle": (47.6, -122.2),
    "Miami": (25.8, -80.3), "Portland": (45.52, -122.68), "Vladivostok": (43.2, 131.9), "Anadyr": (64.72, 177.48),
    "Moscow": (55.75, 37.6), "Delhi": (28.65, 77.23), "Srinagar": (34.09, 74.81), "Mumbai": (19.07, 72.88),
    "Chennai": (13.09, 80.28), "Urumqi": (43.8, 87.6), "Kashgar": (39.47, 75.98), "Beijing": (39.91, 116.4),
    "Shanghai": (31.22, 121.46),
}  # fmt: skip


@pytest.mark.parametrize(
    ("iso", "direction", "inside", "outside"),
    [
        ("SY", "n", "Aleppo, Idlib, Manbij, Qamishli, Raqqa", "Damascus, Homs, Daraa"),
        ("SY", "ne", "Qamishli, Hasakah, Raqqa, Deir ez-Zor", "Damascus, Aleppo, Homs"),
        ("SY", "nw", "Idlib, Aleppo, Latakia, Afrin", "Damascus, Qamishli, Hasakah, Raqqa"),
        ("SY", "s", "Daraa, Suwayda, Quneitra", "Aleppo, Homs, Raqqa"),
        ("SY", "e", "Deir ez-Zor, Hasakah, Albu Kamal", "Aleppo, Damascus, Homs"),
        ("SY", "sw", "Damascus, Daraa, Quneitra", "Aleppo, Deir ez-Zor, Raqqa"),
        ("SY", "se", "Tanf", "Aleppo, Raqqa, Latakia"),
        ("SY", "w", "Latakia, Tartus, Homs, Hama", "Deir ez-Zor, Hasakah, Raqqa"),
        ("SY", "centre", "Palmyra", "Qamishli, Daraa, Latakia, Albu Kamal"),
        ("LB", "s", "Tyre, Sidon, Nabatieh, Bint Jbeil, Marjayoun", "Tripoli LB, Beirut, Baalbek"),
        ("LB", "n", "Tripoli LB, Halba, Zgharta", "Tyre, Beirut, Zahle"),
        ("LB", "e", "Baalbek, Hermel, Arsal", "Beirut, Tyre, Tripoli LB, Sidon"),
        ("IQ", "n", "Mosul, Erbil, Dohuk, Kirkuk, Sulaymaniyah", "Baghdad, Basra, Ramadi"),
        ("IQ", "w", "Rutba, Haditha, Al-Qaim, Ramadi", "Basra, Baghdad, Kirkuk"),
        ("IQ", "s", "Basra, Amara, Nasiriyah, Samawah", "Baghdad, Mosul, Ramadi"),
        ("IQ", "centre", "Baghdad, Karbala, Samarra", "Basra, Mosul, Rutba"),
        ("IQ", "e", "Kut, Amara, Khanaqin", "Rutba, Mosul, Ramadi"),
        ("IQ", "ne", "Sulaymaniyah, Halabja", "Rutba, Basra, Baghdad"),
        ("IQ", "nw", "Mosul, Sinjar, Tal Afar", "Basra, Baghdad, Sulaymaniyah"),
        ("IQ", "se", "Basra, Amara, Nasiriyah", "Mosul, Baghdad, Rutba"),
        ("YE", "n", "Saada, Sanaa, Amran, Hajjah", "Aden, Mukalla, Taiz"),
        ("YE", "s", "Aden, Lahij, Zinjibar", "Saada, Sanaa, Marib"),
        ("YE", "e", "Mukalla, Ghaydah, Sayun", "Sanaa, Aden, Saada"),
        ("YE", "w", "Hodeidah, Hajjah", "Mukalla, Ghaydah, Ataq"),
        ("YE", "nw", "Saada, Hajjah", "Aden, Mukalla, Ghaydah"),
        ("YE", "sw", "Aden, Taiz, Mocha", "Mukalla, Ghaydah, Saada"),
        ("LY", "e", "Benghazi, Tobruk, Derna, Kufra", "Tripoli LY, Misrata, Sabha"),
        ("LY", "w", "Tripoli LY, Zawiya, Zuwara, Nalut", "Benghazi, Tobruk, Kufra"),
        ("LY", "s", "Sabha, Murzuq, Ghat, Kufra", "Tripoli LY, Benghazi, Sirte"),
        ("LY", "nw", "Tripoli LY, Misrata, Nalut", "Benghazi, Kufra"),
        ("LY", "sw", "Sabha, Ghat, Murzuq", "Benghazi, Tripoli LY"),
        ("LY", "centre", "Hun", "Tripoli LY, Benghazi, Ghat"),
        ("EG", "s", "Aswan, Luxor, Abu Simbel", "Cairo, Alexandria, Minya"),
        ("EG", "n", "Alexandria, Port Said", "Aswan, Luxor, Asyut"),
        ("EG", "ne", "Arish, Port Said, Suez", "Aswan, Siwa, Luxor"),
        ("EG", "w", "Siwa, Marsa Matruh", "Cairo, Suez, Hurghada, Aswan"),
        ("EG", "e", "Suez, Hurghada, Sharm el-Sheikh", "Siwa, Marsa Matruh"),
        ("SD", "w", "El Fasher, Geneina, Nyala", "Port Sudan, Khartoum"),
        ("SD", "e", "Port Sudan, Kassala, Gedaref", "El Fasher, Nyala, El Obeid"),
        ("SD", "s", "Kadugli, Damazin", "Port Sudan, Khartoum, Dongola"),
        ("SD", "n", "Dongola, Wadi Halfa, Atbara", "Kadugli, Nyala, El Obeid"),
        ("SA", "e", "Dammam, Hofuf, Jubail", "Mecca, Jeddah, Medina"),
        ("SA", "w", "Mecca, Jeddah, Medina, Yanbu, Tabuk", "Dammam, Riyadh, Hofuf"),
        ("SA", "s", "Abha, Jizan, Najran", "Riyadh, Tabuk, Dammam"),
        ("SA", "n", "Arar, Sakaka, Tabuk", "Jeddah, Riyadh, Abha"),
        ("SA", "centre", "Riyadh, Buraydah", "Jeddah, Dammam, Tabuk"),
        ("SA", "sw", "Jizan, Abha, Najran", "Dammam, Riyadh, Tabuk"),
        ("SA", "nw", "Tabuk, Sakaka", "Riyadh, Jizan, Dammam"),
        ("DZ", "s", "Tamanrasset, In Salah, Djanet", "Algiers, Oran"),
        ("DZ", "n", "Algiers, Oran, Constantine, Djelfa", "Tamanrasset, Adrar"),
        ("DZ", "e", "Constantine, Annaba, Tebessa", "Oran, Tindouf, Algiers"),
        ("DZ", "w", "Oran, Tlemcen, Tindouf, Bechar", "Annaba, Constantine, Djanet"),
        ("DZ", "sw", "Tindouf, Adrar", "Algiers, Annaba, Djanet"),
        ("DZ", "se", "Djanet, Illizi", "Oran, Tindouf, Algiers"),
        ("TN", "s", "Tataouine, Medenine", "Tunis, Bizerte, Sousse"),
        ("TN", "n", "Tunis, Bizerte, Beja", "Tataouine, Gabes, Gafsa"),
        ("TN", "centre", "Kairouan, Sidi Bouzid", "Tunis, Tataouine"),
        ("MA", "n", "Tangier, Tetouan", "Laayoune, Dakhla, Guelmim"),
        ("MA", "s", "Laayoune, Dakhla", "Tangier, Rabat, Casablanca"),
        ("MA", "e", "Oujda, Figuig", "Casablanca, Agadir, Laayoune"),
        ("JO", "n", "Irbid, Mafraq", "Aqaba, Maan, Karak"),
        ("JO", "s", "Aqaba, Maan", "Amman, Irbid, Zarqa"),
        ("JO", "e", "Ruwaished", "Amman, Irbid, Aqaba"),
        ("TR", "se", "Diyarbakir, Sanliurfa, Mardin, Sirnak", "Istanbul, Izmir, Ankara"),
        ("TR", "s", "Adana, Antalya, Gaziantep", "Istanbul, Samsun, Ankara"),
        ("TR", "n", "Samsun, Trabzon, Zonguldak", "Adana, Antalya, Gaziantep"),
        ("TR", "nw", "Istanbul, Edirne, Bursa", "Adana, Van, Antalya"),
        ("TR", "e", "Van, Erzurum, Kars", "Ankara, Istanbul, Konya"),
        ("TR", "w", "Izmir, Istanbul, Bursa", "Van, Kayseri, Adana"),
        ("TR", "centre", "Ankara, Kayseri, Konya", "Istanbul, Van, Izmir"),
        ("IR", "w", "Kermanshah, Sanandaj", "Mashhad, Yazd, Kerman"),
        ("IR", "nw", "Tabriz, Urmia", "Mashhad, Shiraz, Isfahan"),
        ("IR", "ne", "Mashhad", "Tehran, Tabriz, Shiraz"),
        ("IR", "se", "Zahedan, Chabahar", "Tehran, Ahvaz, Mashhad"),
        ("IR", "s", "Bandar Abbas, Bushehr, Shiraz", "Tehran, Isfahan"),
        ("IR", "sw", "Ahvaz, Abadan", "Mashhad, Tehran, Tabriz"),
        ("IR", "centre", "Isfahan, Yazd", "Tabriz, Zahedan, Bandar Abbas"),
        ("IR", "n", "Rasht, Sari", "Shiraz, Isfahan"),
        ("OM", "n", "Muscat, Sohar, Nizwa", "Salalah"),
        ("OM", "s", "Salalah", "Muscat, Sohar"),
        ("SO", "n", "Hargeisa, Bosaso, Berbera", "Mogadishu, Kismayo"),
        ("SO", "s", "Kismayo, Mogadishu, Baidoa", "Hargeisa, Bosaso, Garowe"),
        ("SO", "centre", "Beledweyne, Dhusamareb", "Kismayo, Bosaso, Hargeisa"),
        ("IL", "n", "Haifa, Nahariya, Tiberias", "Beersheba, Jerusalem"),
        ("IL", "s", "Eilat, Beersheba", "Haifa, Tel Aviv"),
        ("UA", "e", "Donetsk, Luhansk, Kharkiv", "Kyiv, Lviv, Odesa"),
        ("UA", "s", "Odesa, Kherson, Mykolaiv", "Kyiv, Lviv, Kharkiv"),
        ("UA", "w", "Lviv", "Kyiv, Kharkiv"),
        ("AF", "e", "Jalalabad, Asadabad, Khost", "Herat, Kandahar"),
        ("AF", "s", "Kandahar, Lashkar Gah", "Kabul, Mazar, Herat"),
        ("AF", "n", "Mazar, Kunduz, Maymana", "Kandahar, Kabul"),
        ("AF", "w", "Herat, Farah", "Kabul, Kandahar"),
        ("AF", "se", "Khost, Gardez", "Herat, Mazar"),
        ("PK", "nw", "Peshawar", "Karachi, Quetta"),
        ("PK", "sw", "Quetta, Gwadar", "Lahore, Islamabad"),
        ("PK", "s", "Karachi, Hyderabad PK", "Islamabad, Lahore, Peshawar"),
        ("NG", "ne", "Maiduguri", "Lagos, Abuja"),
        ("CD", "e", "Goma, Bukavu", "Kinshasa"),
        ("ET", "n", "Mekelle, Gondar", "Addis Ababa"),
        ("IT", "n", "Milan, Turin, Venice", "Rome, Naples"),
        ("IT", "s", "Naples, Bari, Palermo", "Rome, Milan"),
        ("VN", "n", "Hanoi", "Ho Chi Minh, Da Nang"),
        ("VN", "s", "Ho Chi Minh", "Hanoi, Da Nang"),
        ("VN", "centre", "Hue", "Hanoi, Ho Chi Minh"),
        ("FR", "se", "Marseille, Lyon", "Cayenne, Paris"),
        ("DE", "e", "Berlin, Dresden, Leipzig", "Cologne, Frankfurt"),
        ("ES", "e", "Barcelona, Valencia", "Madrid, Seville"),
        ("US", "nw", "Seattle, Portland", "Anchorage, Miami"),
        ("RU", "e", "Anadyr", "Moscow"),
        ("RU", "se", "Vladivostok", "Anadyr, Moscow"),
        ("IN", "n", "Delhi, Srinagar", "Mumbai, Chennai"),
        ("CN", "w", "Urumqi, Kashgar", "Beijing, Shanghai"),
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
    if iso == "SY":  # the Golan is outside its outline and inside its governorate
        outline = derive.territory(iso)
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


def test_drawn_areas_and_courses_are_shown_and_clipped() -> None:
    desert = shapes.with_geometry(place("makan:sa-rub-khali", 20, 51, kind="natural", radius=400))
    assert area(desert).geom_type == "Polygon"
    assert desert.approximate
    assert desert.source == "test"
    west = shapes.part(desert, "w")
    assert area(west).bounds[2] < area(desert).centroid.x < area(shapes.part(desert, "e")).bounds[2]
    assert area(shapes.part(place("makan:sa-rub-khali", 20, 51, kind="natural"), "w")).equals(area(west))
    river = shapes.with_geometry(place("makan:xx-euphrates", 35, 40, kind="natural"))
    assert area(river).geom_type == "LineString"
    assert "LineString" in area(shapes.part(river, "n")).geom_type
    unknown = place("makan:xx-nowhere", 36, 43, kind="natural")
    assert shapes.with_geometry(unknown) is unknown


def test_a_governorate_is_an_approximate_area_with_its_sources() -> None:
    nineveh = place(
        "makan:iq-nineveh", 36.2, 42.6, kind="admin", radius=100, country="IQ", source="GeoNames, CC BY 4.0"
    )
    shown = shapes.with_geometry(nineveh)
    assert shown.approximate
    assert shown.source == "GeoNames, CC BY 4.0; Natural Earth, public domain"
    assert area(shown).contains(shapely.Point(42.45, 36.38))
    assert len(json.dumps(shown.geometry)) < 60_000
    north = shapes.part(nineveh, "n")
    assert north.source == shown.source
    assert area(north).difference(area(shown).buffer(0.01)).area < 0.001
    assert area(north).contains(shapely.Point(42.45, 36.38))  # Tal Afar
    assert not area(north).contains(shapely.Point(42.72, 35.58))  # Hatra


def test_a_union_of_countries_is_an_area() -> None:
    found = shapes.with_geometry(place("makan:xx-maghreb", 31, 2, kind="region", radius=1500))
    assert found.approximate
    assert {iso for iso in ("MA", "DZ", "TN", "LY", "MR", "EG") if _holds(found, iso)} == {"MA", "DZ", "TN", "LY", "MR"}


def _holds(found: Place, iso: str) -> bool:
    outline = outlines.country(iso)
    assert outline is not None
    return bool(area(found).contains(outline.representative_point()))


def test_an_island_is_the_piece_of_its_countrys_outline() -> None:
    socotra = shapes.with_geometry(
        place("makan:ye-socotra", 12.5, 53.9, kind="natural", radius=60, country="YE", feature="island")
    )
    assert area(socotra).bounds == pytest.approx((53.3, 12.3, 54.5, 12.7), abs=0.1)
    assert not socotra.approximate
    arwad = place("makan:sy-arwad", 34.86, 35.86, kind="natural", radius=0.5, country="SY", feature="island")
    assert shapes.with_geometry(arwad) is arwad


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
