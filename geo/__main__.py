"""``python -m geo compile``: build the gazetteer file ahead of its first use."""

import argparse
import sys
from pathlib import Path

from geo.gazetteer import Gazetteer, compile_gazetteer, open_gazetteer


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m geo")
    commands = parser.add_subparsers(dest="command", required=True)
    compiling = commands.add_parser("compile", help="compile the gazetteer where it is missing or out of date")
    compiling.add_argument("--output", type=Path, help="the file to write (default: build/gazetteer.bin)")
    compiling.add_argument("--force", action="store_true", help="compile even where it is up to date")
    given = parser.parse_args(arguments)
    if given.force:
        compile_gazetteer(given.output)
    gazetteer: Gazetteer = open_gazetteer(given.output)
    print(f"{len(gazetteer)} places, version {gazetteer.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
