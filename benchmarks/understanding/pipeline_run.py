"""One pipeline, trained and asked in a process of its own, so that its time and memory are its own.

    python -m benchmarks.understanding.pipeline_run CONFIG.yml LINES.yml MESSAGES.jsonl OUT.json

Run by the engine's Python. OUT holds seconds of training, MB of the model and of the process that answers, the
milliseconds of each message asked alone, and the answers.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_WARM_UP = 10


def main() -> None:
    config, lines, messages, target = map(Path, sys.argv[1:5])
    if os.environ.get("TAKWIN_BENCH_STEP") == "ask":
        _ask(Path(sys.argv[5]), messages, target)
        return
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        model = _train(config, lines, Path(folder))
        seconds = time.perf_counter() - started
        # A fresh process: what training left in memory is not what answering needs.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.understanding.pipeline_run", *sys.argv[1:5], str(model)],
            env={**os.environ, "TAKWIN_BENCH_STEP": "ask"}, check=True,
        )  # fmt: skip
        found = json.loads(target.read_text())
        found |= {"train_s": seconds, "model_mb": model.stat().st_size / 1e6}
        target.write_text(json.dumps(found, ensure_ascii=False))


def _train(config: Path, lines: Path, folder: Path) -> Path:
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    _light(config)
    from rasa.model_training import train_nlu

    model = train_nlu(str(config), str(lines), str(folder), fixed_model_name="bench")
    assert model is not None
    return Path(model)


def _ask(model: Path, messages: Path, target: Path) -> None:
    _light(Path(sys.argv[1]))
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    texts = [json.loads(line)["text"] for line in messages.read_text(encoding="utf-8").splitlines()]
    answers: list[dict[str, Any]] = []
    times: list[float] = []

    async def run() -> None:
        for text in texts[:_WARM_UP]:
            await agent.parse_message(text)
        for text in texts:
            started = time.perf_counter()
            parsed = await agent.parse_message(text)
            times.append(1000 * (time.perf_counter() - started))
            answers.append(_answer(parsed))

    asyncio.run(run())
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    memory = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    target.write_text(json.dumps({"answers": answers, "ms": times, "rss_mb": memory}, ensure_ascii=False))


def _answer(parsed: dict[str, Any]) -> dict[str, Any]:
    ranking = [i for i in parsed.get("intent_ranking") or [] if i["name"] != "nlu_fallback"]
    return {
        "ranking": [(intent["name"], float(intent["confidence"])) for intent in ranking],
        "variety": parsed.get("variety"),
        "entities": sorted({(e["entity"], str(e["value"])) for e in parsed.get("entities") or []}),
    }


def _light(config: Path) -> None:
    """Ours runs without TensorFlow, as the product does; DIET needs it."""
    if "bot.nlu" in config.read_text(encoding="utf-8"):
        from bot.without_tensorflow import stand_in

        stand_in()


if __name__ == "__main__":
    main()
