"""The command line: articles in, analyses out, and the library with its corrections."""

import argparse
from collections.abc import Sequence

from corpus.commands import articles, corrections, evaluate, mentions
from corpus.commands.terminal import Refused, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 if any input failed, 2 if the command could not be run."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except Refused as problem:
        report(str(problem))
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m corpus",
        description="Who said what about where in Arabic news.",
        epilog="The library is the file that MAKAN_STORE names, else one in your data folder; the page shows it too.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (articles, mentions, corrections, evaluate):
        group.add_to(commands)
    return parser
