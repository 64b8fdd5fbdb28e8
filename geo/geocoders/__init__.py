"""Services asked over the network for names that the gazetteer lacks. Off unless the settings ask for one.

One module a service, each with its policy; ``base`` has what they share.
"""

from geo.geocoders.base import Access, Cache, Geocoder, Reason, Service, Unavailable
from geo.geocoders.geonames import GeoNamesGeocoder
from geo.geocoders.names import normalised
from geo.geocoders.nominatim import NominatimGeocoder
from geo.geocoders.opencage import OpenCageGeocoder
from geo.geocoders.pelias import PeliasGeocoder
from geo.geocoders.photon import PhotonGeocoder
from geo.geocoders.settings import from_settings

__all__ = [
    "Access",
    "Cache",
    "GeoNamesGeocoder",
    "Geocoder",
    "NominatimGeocoder",
    "OpenCageGeocoder",
    "PeliasGeocoder",
    "PhotonGeocoder",
    "Reason",
    "Service",
    "Unavailable",
    "from_settings",
    "normalised",
]
