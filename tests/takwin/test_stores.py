"""The databases of an installation: one app has them, commands of a moment share them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from store.embedded.server import FolderInUse
from takwin.settings import Settings
from takwin.stores import open_database, open_stores


def test_a_command_shares_the_server_of_a_running_app(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, var=tmp_path)  # type: ignore[call-arg]
    with open_stores(settings) as running:
        with open_database(settings) as (database, stores), database.session() as session:
            assert stores.url == running.url
            assert session.execute(text("select count(*) from courses")).scalar_one() == 0
        with pytest.raises(FolderInUse), open_stores(settings):
            pass
    with open_database(settings) as (_, stores):
        assert stores.embedded
