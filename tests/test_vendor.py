import hashlib
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"


def test_vendored_files_are_as_their_authors_published_them():
    listed = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())

    there = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("*/**/*")
        if path.is_file()
    }

    assert there == listed


def test_everything_vendored_comes_with_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]

    assert [folder.name for folder in folders if not (folder / "LICENSE").is_file()] == []
    assert (VENDOR.parent / "icons" / "LICENSE").is_file()


def test_the_serif_stays_small():
    fonts = list(VENDOR.glob("*/*.woff2"))

    assert [font.name for font in fonts] == ["charis-sil-latin-400-normal.woff2"]
    assert fonts[0].stat().st_size <= 35 * 1024
