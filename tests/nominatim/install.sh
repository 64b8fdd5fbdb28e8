#!/usr/bin/env bash
# Installs what the tests in this folder need, on Debian: PostgreSQL with PostGIS and osm2pgsql from Debian, Nominatim
# into build/nominatim. It does nothing where all is there.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The last two are in Debian ready for its own Python; PyPI has them only as sources.
packages=(postgresql-postgis osm2pgsql libsqlite3-mod-spatialite python3-venv python3-icu python3-mwparserfromhell)
venv=build/nominatim
requirements=tests/nominatim/requirements.txt

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

there=$(dpkg-query --show --showformat='${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | grep -cx installed || true)
if [ "$there" != "${#packages[@]}" ]; then
    # Debian would set up a cluster and start it; the tests have one of their own.
    setting=/etc/postgresql-common/createcluster.d/makan.conf
    if ! command -v pg_createcluster >/dev/null; then
        as_root mkdir -p "$(dirname "$setting")"
        echo "create_main_cluster = false" | as_root tee "$setting" >/dev/null
    fi
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
    as_root rm -f "$setting"
fi

# A pyenv's Python would lack Debian's packages and cannot load SQLite's extensions.
if ! cmp -s "$requirements" "$venv/installed"; then
    rm -rf "$venv"
    /usr/bin/python3 -m venv --system-site-packages "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$venv/installed"
fi
