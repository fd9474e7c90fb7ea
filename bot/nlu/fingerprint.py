"""Whether files that training reads are as they were."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import List, Optional


def fingerprint(*paths: Optional[str]) -> Optional[str]:
    """A hash of files, and of the data files of folders; None where there are none."""
    files = [file for path in paths if path for file in _data_files(Path(path))]
    if not files:
        return None
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _data_files(path: Path) -> List[Path]:
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [file for file in found if file.suffix in (".yml", ".txt")]
