"""``python -m geo``: compile the gazetteer ahead of its first use, and add the places of countries to it."""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from geo.additions import files
from geo.compilation import compile_gazetteer, default_path
from geo.gazetteer import open_gazetteer

_PUBLIC_SERVER = "https://download.geonames.org/export/dump"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 if any country failed, 2 if the command could not be run."""
    options = _parser().parse_args(arguments)
    path: Path = options.output or default_path()
    try:
        status: int = options.run(options, path)
    except OSError as error:
        return _fail(f"{error.filename or path}: {error.strerror or error}", 2)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: object, meaning: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=meaning, description=meaning)
        made.add_argument("--output", type=Path, help="the compiled file (default: $MAKAN_GAZETTEER, else build/)")
        made.set_defaults(run=run)
        return made

    compiling = command("compile", _compile, "compile the gazetteer where it is missing or out of date")
    compiling.add_argument("--force", action="store_true", help="compile even where it is up to date")
    adding = command("add", _add, "download the places of countries and compile them beside the built-in ones")
    _of_source(adding)
    adding.add_argument("--url", help=f"the folder of the files (default: $MAKAN_GEONAMES_URL, else {_PUBLIC_SERVER})")
    learning = command("learn", _learn, "measure on annotated texts what each sign of a place ought to weigh")
    learning.add_argument("files", nargs="+", type=Path, metavar="FILE", help='JSON Lines with "text" and "places"')
    learning.add_argument("--write", action="store_true", help="put the learnt points into geo/data/weights.csv")
    command("list", _list, "what has been added, when and under which licence")
    _of_source(command("remove", _remove, "take out places that were added"))
    return parser


def _of_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", choices=["geonames"], help="where the places come from")
    command.add_argument("countries", nargs="+", type=str.upper, metavar="COUNTRY", help="ISO code, such as IQ")


def _compile(options: argparse.Namespace, path: Path) -> int:
    if options.force:
        compile_gazetteer(path)
    return _opened(path)


def _opened(path: Path) -> int:
    gazetteer = open_gazetteer(path)
    print(f"{len(gazetteer):,} places, version {gazetteer.version}")
    return 0


def _add(options: argparse.Namespace, path: Path) -> int:
    # What downloads takes long to import.
    from geo.additions.download import Limits, NotAdded, each_second
    from geo.additions.geonames import add

    base = (options.url or os.environ.get("MAKAN_GEONAMES_URL", "").strip() or _PUBLIC_SERVER).rstrip("/")
    if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).netloc:
        return _fail(f"{base}: give an address such as {_PUBLIC_SERVER}", 2)
    status, progress = 0, each_second(_say)
    for country in dict.fromkeys(options.countries):
        try:
            addition, malformed = add(country, base, files.folder_of(path), Limits(), progress)
        except NotAdded as problem:
            status = _fail(f"{country} was not added: {problem}", 1)
            continue
        if malformed:
            _say(f"{country}: {malformed:,} lines could not be read and were left out")
        print(f"{country}: {addition.places:,} places with an Arabic name, {addition.licence}")
    _opened(path)
    return status


def _learn(options: argparse.Namespace, path: Path) -> int:
    try:
        from geo.learning import learn, write
    except ImportError:
        return _fail("learn needs scikit-learn: install tests/requirements.txt", 2)
    try:
        learnt = learn(options.files, open_gazetteer(path))
    except (ValueError, KeyError) as problem:
        return _fail(f"these files teach nothing: {problem}", 2)
    print(f"{'feature':28}{'points':>8}{'learnt':>8}{'seen':>7}")
    for feature, now, new, seen in learnt.rows:
        print(f"{feature:28}{now:8g}{new:8g}{seen:7}")
    print(f"\nF1 of the doubtful names: {learnt.f1_now:.3f} now, {learnt.f1_learnt:.3f} learnt (cross-validated)\n")
    for rule, right, every in learnt.rules:
        print(f"{rule:32}{right:6} of {every:5} right  {right / every:.3f}")
    if options.write:
        write(learnt)
    return 0


def _list(_: argparse.Namespace, path: Path) -> int:
    status = 0
    for file in files.paths(files.folder_of(path)):
        try:
            kept = files.describe(file)
        except files.Unreadable as problem:
            status = _fail(f"{problem}; add it again or remove it", 1)
            continue
        print(f"{kept.source} {kept.country}: {kept.places:,} places, {kept.added}, {kept.licence}, {kept.url}")
    return status


def _remove(options: argparse.Namespace, path: Path) -> int:
    status = 0
    for country in dict.fromkeys(options.countries):
        try:
            files.path_of(files.folder_of(path), options.source, country).unlink()
        except (FileNotFoundError, ValueError):
            status = _fail(f"{options.source} {country} had not been added", 1)
    _opened(path)
    return status


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _fail(message: str, status: int) -> int:
    _say(f"geo: {message}")
    return status


if __name__ == "__main__":
    sys.exit(main())
