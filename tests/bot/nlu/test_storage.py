"""What was learnt comes back from its files as it was, each part under its own name."""

from pathlib import Path

import numpy as np

from bot.nlu.storage import joined, load_arrays, load_json, part_of, save_arrays, save_json


def test_parts_come_back_each_by_itself(tmp_path: Path) -> None:
    views = {"pieces": np.array(["a", "b"]), "concepts.names": np.array(["c"])}
    file = tmp_path / "learnt.npz"
    save_arrays(file, {"labels": np.array(["x"]), **joined(views=views, viewsets={"pieces": np.array([1])})})
    state = load_arrays(file)
    assert {name: list(array) for name, array in part_of(state, "views").items()} == {
        "pieces": ["a", "b"],
        "concepts.names": ["c"],
    }
    assert list(part_of(part_of(state, "views"), "concepts")["names"]) == ["c"]
    assert list(state["labels"]) == ["x"]
    assert part_of(state, "classifier") == {}


def test_words_of_any_script_come_back(tmp_path: Path) -> None:
    content = {"fr": ["été"], "ary": ["واخا"]}
    save_json(tmp_path / "words.json", content)
    assert load_json(tmp_path / "words.json") == content
