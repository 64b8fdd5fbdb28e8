"""Commands about mentions: what they were taken for, what else they may be, and what the user says they are."""

import argparse
from dataclasses import asdict
from json import dumps, loads
from typing import TYPE_CHECKING, Any

from corpus.commands.library import kept, library, required_geocoder
from corpus.commands.terminal import Refused, table, tell, written
from corpus.corrections import SCOPES, name_at, point
from corpus.documents import Analysis
from corpus.ledger import Ledger
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import KINDS, Mention, Place, Question
from geo.shapes import with_geometry

if TYPE_CHECKING:
    from corpus.store import Store


def add_to(commands: Any) -> None:
    """Add the commands to a parser's subparsers."""
    command = commands.add_parser("mentions", help="the places mentioned in a document, and what else they may be")
    command.add_argument("document", metavar="DOCUMENT", help="its id, see list")
    command.set_defaults(run=_mentions)

    command = commands.add_parser("search", help="places by name, for correct --place")
    command.add_argument("name", metavar="NAME", help="in Arabic or English")
    command.add_argument("--online", action="store_true", help="ask the geocoder, not the gazetteer")
    command.add_argument("--country", metavar="CODE", help="ISO 3166-1 alpha-2: only places of this country")
    command.add_argument("--limit", type=int, default=20, metavar="N", help="default: 20")
    command.set_defaults(run=_search)

    command = commands.add_parser("correct", help="say what a mention is; see corrections for the way back")
    command.add_argument("document", metavar="DOCUMENT", help="its id, see list")
    command.add_argument("mention", metavar="MENTION", help="its id, see mentions")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--place", metavar="ID", help="this place: one of the alternatives, or found by search")
    what.add_argument("--point", metavar="LAT,LON", help="this point, in degrees; south: --point=-33.9,18.4")
    what.add_argument("--no-place", action="store_true", help="no place at all")
    command.add_argument("--scope", choices=SCOPES, default="mention", help=_SCOPE)
    command.add_argument("--name-ar", metavar="NAME", default="", help="of the point; default: as the text has it")
    command.add_argument("--name-en", metavar="NAME", default="", help="of the point")
    command.add_argument("--kind", choices=KINDS, help="of the point; default: that of the mention")
    command.add_argument("--note", metavar="TEXT", help="kept with the correction")
    command.set_defaults(run=_correct)


_SCOPE = "for this mention (default), for its name in this article, or wherever its name is resolved to the same place"


def _mentions(options: argparse.Namespace) -> int:
    with library() as store:
        found = kept(store, written(options.document), corrected=False)
        ledger = Ledger(store.corrections(found.document.id))
    now, verdict = ledger.corrected(found), ledger.verdict(found)
    corrections = verdict.decided | verdict.added
    rows = []
    for key in sorted({**found.mentions, **verdict.added}, key=lambda key: _mention(found, now, ledger, key).span):
        mention, correction = _mention(found, now, ledger, key), corrections.get(key)
        place = mention.place
        gone = key not in now.mentions
        rows.append(
            (
                key,
                mention.span.of(found.document.text),
                None if gone or place is None else place.id,
                None if gone or place is None else f"{place.ar} / {place.en}",
                "correction" if gone else mention.rule,
                "no place" if gone else mention.reason,
                " ".join(mention.alternatives) or None,
                correction.id if correction else None,
            )
        )
    table(("mention", "text", "place", "name", "rule", "reason", "alternatives", "correction"), rows)
    return 0


def _mention(found: Analysis, now: Analysis, ledger: Ledger, key: str) -> Mention:
    """The mention as it is now, or as it was found where it is no place any more."""
    mention = now.mentions.get(key) or ledger.found(found, key)
    assert mention
    return mention


def _search(options: argparse.Namespace) -> int:
    name = " ".join(written(options.name).split())
    country = options.country.upper() if options.country else None
    if options.limit < 1:
        raise Refused("--limit: at least 1")
    if options.online:
        from geo.geocoders import Unavailable

        with library() as store:
            try:
                found = list(required_geocoder(store).search(Question(name=name, country=country), options.limit))
            except Unavailable as problem:
                raise Refused(str(problem)) from problem
            for place in found:
                # Where correct --place finds it again.
                store.remember(_remembered(place.id), dumps(asdict(place)))
    else:
        # The country is one of many: all are searched before the limit.
        gazetteer = open_gazetteer()
        everywhere = gazetteer.search(name, len(gazetteer) if country else options.limit)
        found = [place for place in everywhere if country in (None, place.country)][: options.limit]
    columns = ("place", "ar", "en", "kind", "feature", "country", "lat", "lon", "source")
    table(columns, ((place.id, *(getattr(place, column) for column in columns[1:])) for place in found))
    return 0


def _correct(options: argparse.Namespace) -> int:
    name, key = written(options.document), options.mention
    if options.point is None and (options.name_ar or options.name_en or options.kind):
        raise Refused("--name-ar, --name-en and --kind describe a --point")
    with library() as store:
        found = kept(store, name, corrected=False)
        document = found.document
        mention = Ledger(store.corrections(document.id)).found(found, key)
        if mention is None:
            raise Refused(f"{name}: no mention {written(key)} in it; see: mentions")
        if options.place is not None:
            place: Place | None = _place(store, open_gazetteer(), written(options.place))
        elif options.point is not None:
            lat, lon = _degrees(options.point)
            ar, en = written(options.name_ar), written(options.name_en)
            try:
                place = point(lat, lon, ar=ar or name_at(document, mention), en=en, kind=options.kind or mention.kind)
            except ValueError as problem:
                raise Refused(f"--point: {problem}") from problem
        else:
            place = None
        note = written(options.note) if options.note else None
        try:
            correction = store.correct(document.id, key, place, options.scope, note)
        except LookupError:
            raise Refused(f"{name}: no mention {written(key)} in it any more") from None
        except ValueError as problem:
            raise Refused(str(problem)) from problem
    tell(f"{correction.id}: «{correction.name}» {'is ' + place.id if place else 'is no place'} ({correction.scope})")
    return 0


def _place(store: "Store", gazetteer: Gazetteer, id: str) -> Place:
    """The place with that id: of the gazetteer, of an online search, of the library. Raises Refused."""
    if id in gazetteer:
        return with_geometry(gazetteer.place(id))
    if remembered := store.recall(_remembered(id)):
        return Place(**loads(remembered))
    for analysis in store.analyses(corrected=False):
        if place := analysis.places.get(id):
            return place
    for correction in store.corrections():
        if correction.place and correction.place.id == id:
            return correction.place
    raise Refused(f"{id}: no such place; see: search")


def _remembered(id: str) -> str:
    return f"place|{id}"


def _degrees(written_point: str) -> tuple[float, float]:
    try:
        lat, lon = map(float, written(written_point).replace("،", ",").split(","))
    except ValueError:
        raise Refused(f"--point: give latitude and longitude as 33.31,44.36, not {written(written_point)!r}") from None
    return lat, lon
