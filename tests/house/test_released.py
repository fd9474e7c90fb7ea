"""A released migration never changes: databases of that release have run it as it was."""

import hashlib

import tomllib

from tests.house.test_imports import ROOT

MIGRATIONS = ROOT / "store" / "migrations"


def releases() -> dict[str, dict[str, str]]:
    """Each release's migrations, by file, with their hash."""
    written = tomllib.loads((MIGRATIONS / "released.toml").read_text(encoding="utf-8"))
    return {release: told["migrations"] for release, told in written["release"].items()}


def test_released_migrations_are_as_they_were() -> None:
    for release, migrations in releases().items():
        for name, digest in migrations.items():
            file = MIGRATIONS / "versions" / name
            assert file.exists(), f"{name} came with release {release} and is gone: put it back"
            now = hashlib.sha256(file.read_bytes()).hexdigest()
            assert now == digest, (
                f"{name} came with release {release}: undo the change, and write a new migration"
            )


def test_each_migration_is_released_once() -> None:
    named = [name for migrations in releases().values() for name in migrations]
    assert len(named) == len(set(named))


def test_the_version_has_a_release_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['version']} (" in changes, (
        "CHANGELOG.md has no heading with this version and its date"
    )
    assert project["version"] in releases()
