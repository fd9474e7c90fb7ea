"""Files of the catalogue as an adviser sent them: read, compared with what is there, kept until they confirm."""

import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store.catalogue.files import FILES, Catalogue, CatalogueErrors, RowError, read_csv_catalogue
from store.catalogue.importing import Change, ImportReport, apply, export, plan
from store.core.folding import Fold
from store.tables import CatalogueDraft

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Preview:
    """What files would do: row by row, or why they are refused."""

    changes: tuple[Change, ...]
    errors: tuple[RowError, ...]


class DraftUnknown(LookupError):
    """There is no such draft: it was confirmed, thrown away, or is a day old."""


def keep(session: Session, adviser_id: uuid.UUID, files: Mapping[str, str], now: datetime) -> uuid.UUID:
    """Keeps files to be confirmed; an adviser's earlier ones, and what is a day old, are thrown away."""
    old = (CatalogueDraft.made_at < now - KEPT_FOR) | (CatalogueDraft.adviser_id == adviser_id)
    session.execute(delete(CatalogueDraft).where(old))
    draft = CatalogueDraft(adviser_id=adviser_id, made_at=now, files=dict(files))
    session.add(draft)
    session.flush()
    return draft.id


def files_of(session: Session, draft_id: uuid.UUID) -> dict[str, str]:
    """The files of a draft. Raises DraftUnknown."""
    draft = session.get(CatalogueDraft, draft_id)
    if draft is None:
        raise DraftUnknown(str(draft_id))
    return {name: str(text) for name, text in draft.files.items() if name in FILES}


def preview(session: Session, files: Mapping[str, str], fold: Fold) -> Preview:
    """What the files would change; what is not among them stays as it is."""
    try:
        catalogue = _read(session, files)
    except CatalogueErrors as errors:
        return Preview((), errors.errors)
    return Preview(tuple(plan(session, catalogue, fold, files)), ())


def confirm(session: Session, draft_id: uuid.UUID, fold: Fold) -> ImportReport:
    """Imports the files of a draft. Raises DraftUnknown, CatalogueErrors."""
    files = files_of(session, draft_id)
    report = apply(session, _read(session, files), fold, files)
    session.execute(delete(CatalogueDraft).where(CatalogueDraft.id == draft_id))
    return report


def file_text(session: Session, name: str) -> str:
    """One file of the catalogue as it is now, as an import reads it. Raises KeyError for another name."""
    if name not in FILES:
        raise KeyError(name)
    with tempfile.TemporaryDirectory() as folder:
        export(session, Path(folder))
        return (Path(folder) / name).read_text(encoding="utf-8")


def _read(session: Session, files: Mapping[str, str]) -> Catalogue:
    """The files given, beside those of the catalogue as it is, which they may refer to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export(session, folder)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8", newline="")
        return read_csv_catalogue(folder)
