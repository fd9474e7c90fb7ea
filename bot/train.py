"""Trains the model: what messages mean, and what is done about them.

    python -m bot.train --name takwin-<fingerprint>

reads config.yml, domain.yml, data/nlu, data/rules and data/stories, and writes models/<name>.tar.gz.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from bot.quiet import quieten, show_training
from bot.without_tensorflow import stand_in

DATA = ("data/nlu", "data/rules", "data/stories")
# Rasa reuses what it once trained unless data or config changed; it does not see changes of our components.
_NO_CACHE = {"RASA_MAX_CACHE_SIZE": "0"}


def train(name: str, config: str = "config.yml", domain: str = "domain.yml", output: str = "models") -> Path:
    """Train, and return the path of the archive.

    Raises:
        SystemExit: Rasa could not train; it has said why.
    """
    os.environ.update(_NO_CACHE)
    stand_in()
    quieten()
    from rasa.model_training import train as rasa_train

    from bot.training_paths import quicken

    quicken()
    show_training()
    files = [folder for folder in DATA if Path(folder).is_dir()]
    result = rasa_train(domain, config, files, output=output, force_training=True, fixed_model_name=name)
    if result.code != 0 or result.model is None:
        raise SystemExit(result.code or 1)
    return Path(result.model)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--name", required=True, help="the name of the archive, without .tar.gz")
    parser.add_argument("--config", default="config.yml")
    parser.add_argument("--domain", default="domain.yml")
    parser.add_argument("--output", default="models")
    arguments = parser.parse_args()
    start = time.monotonic()
    print("training: reading the data", flush=True)
    model = train(arguments.name, arguments.config, arguments.domain, arguments.output)
    size = model.stat().st_size / 1e6
    print(f"training: {model} is ready ({size:.0f} MB, {time.monotonic() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
