"""docs/benchmarks/channels.md and its plots, written from what var/bench/load.json and crash.json hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.rig.runs import BENCH
from takwin.settings import ROOT

DOCS = ROOT / "docs" / "benchmarks"
Row = Sequence[Any]

HEAD = """# Channels under load, and killed

`.venv/bin/python -m benchmarks.load --quick` measures one rate through WhatsApp's signed webhook and prints
acknowledgement, reply time and milliseconds of processor a message by process (`--wire twilio|whatsapp|sms`,
`--rate 20`, `--seconds 15`). `make load` measures all of this page but the first part (`--only idle,stock` some of it,
`--stored 1000000` the last part in full), `make crash` the first part; both write it anew.

Everything runs on one machine: database, engine, app, and the senders and the providers' stand-ins that measure.
Load is open: messages come at their rate whatever becomes of them, and times count from the moment one was due. A
message is one turn of a conversation in one of four varieties (greeting, search, choice by number, question, more); one
in five is from somebody unknown.
"""


def write() -> None:
    """The page and the plots, of whatever parts were measured."""
    DOCS.mkdir(parents=True, exist_ok=True)
    load, crash = _read("load.json"), _read("crash.json")
    parts = [HEAD]
    for name, told in (
        ("crash", _crash),
        ("rates", _rates),
        ("idle", _idle),
        ("overload", _overload),
        ("processes", _processes),
        ("stock", _stock),
        ("stored", _stored),
    ):
        found = crash if name == "crash" else load.get(name)
        if found:
            parts.append(told(found))
    if load.get("rates"):
        plot(load)
        parts.append(
            "![Reply time against offered load](channels-replies.png)\n\n"
            "![Acknowledgement against offered load](channels-acknowledged.png)\n"
        )
    (DOCS / "channels.md").write_text("\n".join(parts), encoding="utf-8")


def _read(name: str) -> dict[str, Any]:
    file = BENCH / name
    found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found


def _when(found: Mapping[str, Any]) -> str:
    return f"{found.get('at', '')}, {found.get('machine', '')}."


def _table(head: Row, rows: Sequence[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def _crash(found: Mapping[str, Any]) -> str:
    verdict, plan, kills = found["verdict"], found["plan"], found["kills"]
    kinds = {kind: sum(each["kind"] == kind for each in kills) for kind in ("app", "engine", "database")}
    must = (
        ("acknowledged and not in the store", "lost"),
        ("without an answer", "unanswered"),
        ("answers that did not reach the provider", "missing"),
        ("turns run twice, or not once in the engine's tracker", "twice"),
        ("turns out of order", "disordered_turns"),
        ("deliveries out of order", "disordered_deliveries"),
        ("answers other than on a calm day", "other_answers"),
        ("put aside", "put_aside"),
    )
    rows = [[what, verdict[name]] for what, name in must]
    lines = ("WhatsApp Cloud API", "Telegram", "SMS gateway", "Twilio SMS", "Twilio WhatsApp")
    copies = [
        [name, verdict["duplicates"].get(name, 0), "yes" if "Twilio" in name else "no"] for name in lines
    ]
    return (
        f"## Killed\n\n{_when(found)} {plan['people']} people wrote {verdict['messages']} messages over five doors in"
        f" {found['seconds']:.0f} s, while {len(kills)} times a process was killed by SIGKILL and started again up to"
        f" 3 s later (app {kinds['app']}, engine {kinds['engine']}, database {kinds['database']}; seed {plan['seed']})."
        f" {verdict['acknowledged']} messages were acknowledged by a webhook, {verdict['fetched']} more were fetched"
        f" from Twilio's list, which brings a call that we refused no second time."
        f" The same conversations on a calm day say what each answer must be, word for word.\n\n"
        + _table(["must be nothing", "count"], rows)
        + "\n"
        + _table(["provider", "copies", "what was sent can be looked up there"], copies)
        + "\nA copy is made where the app died between the provider's taking a message and our noting it, and the"
        " provider neither takes a key of ours nor can be asked: it is sent again, since twice is better than never."
        f" {verdict['crossed']} pairs were written within a third of a second and crossed on the way;"
        f" {verdict['crossed_in_order']} of them were answered in the order written all the same.\n"
    )


def _stretches(found: Sequence[Mapping[str, Any]]) -> str:
    head = ["offered a second", "acknowledged p50 / p95 / p99", "reply p50 / p95", "answered a second",
            "processor a message: app, engine, database", "cores in use", "of these the sender's"]  # fmt: skip
    rows = []
    for each in found:
        cpu = ", ".join(f"{each['cpu'].get(who, 0):.1f}" for who in ("app", "engine", "database"))
        rows.append([
            f"{each['rate']:g}",
            f"{each['ack_p50']:.0f} / {each['ack_p95']:.0f} / {each['ack_p99']:.0f} ms",
            f"{each['reply_p50']:.0f} / {each['reply_p95']:.0f} ms",
            f"{each['answered_a_second']:.1f}",
            f"{cpu} ms",
            f"{sum(each['cores'].values()):.2f}",
            f"{each['cores']['sender']:.2f}",
        ])  # fmt: skip
    return _table(head, rows)


def _lists(found: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    return {name: each for name, each in found.items() if isinstance(each, list)}


def _held(stretches: Sequence[Mapping[str, Any]]) -> float:
    good = [
        each["rate"] for each in stretches if each["answered"] == each["sent"] and each["reply_p95"] <= 2000
    ]
    return max(good, default=0.0)


def _rates(found: Mapping[str, Any]) -> str:
    parts = [
        f"## Acknowledgement and replies against offered load\n\n{_when(found)} Three app processes (`--role webhooks`"
        " and two `--role worker`), one engine, PostgreSQL and the sender on one machine.\n"
    ]
    for name, stretches in _lists(found).items():
        most = max(each["answered_a_second"] for each in stretches)
        parts.append(
            f"### {name}\n\n{_stretches(stretches)}\n"
            f"Held with p95 of the replies within 2 s: {_held(stretches):g} messages a second. The most it answered was"
            f" {most:.1f} a second.\n"
        )
    return "\n".join(parts)


def _idle(found: Mapping[str, Any]) -> str:
    rows = [
        [name, f"{each['reply_p50']:.0f} ms", f"{each['reply_p95']:.0f} ms", f"{each['ack_p50']:.0f} ms"]
        for name, each in found.items()
        if isinstance(each, dict)
    ]
    head = ["provider", "p50", "p95", "acknowledged p50"]
    return (
        f"## On an idle machine\n\n{_when(found)} One message a second, from the webhook to the answer handed to"
        " the provider.\n\n" + _table(head, rows)
    )


def _overload(found: Mapping[str, Any]) -> str:
    flood, after = found["flood"], found["afterwards"]
    return (
        f"## Overload\n\n{_when(found)} {flood['rate']:g} messages a second for {flood['seconds']:g} s:"
        f" {flood['sent']} sent, {flood['acknowledged']} acknowledged (p50 {flood['ack_p50']:.0f} ms, p99"
        f" {flood['ack_p99']:.0f} ms), {flood['refused']} answered 503,"
        f" {flood['sent'] - flood['acknowledged'] - flood['refused']} otherwise; {flood['answered']} of those"
        f" acknowledged were answered ({flood['answered_a_second']:.1f} a second until the last). What the store holds:"
        f" {', '.join(f'{n} {state}' for state, n in found['stored'].items())}. Afterwards, at {after['rate']:g} a"
        f" second: acknowledged p99 {after['ack_p99']:.0f} ms, reply p95 {after['reply_p95']:.0f} ms.\n"
    )


def _processes(found: Mapping[str, Any]) -> str:
    rows = []
    for name, each in found.items():
        if isinstance(each, dict):
            cpu = sum(value for who, value in each["cpu"].items() if who != "sender")
            rows.append([name, f"{each['answered_a_second']:.1f}", f"{each['ack_p99']:.0f} ms", f"{cpu:.1f} ms",
                         f"{sum(each['cores'].values()):.2f}"])  # fmt: skip
    head = ["processes", "answered a second", "acknowledged p99", "processor a message", "cores in use"]
    return f"## More processes\n\n{_when(found)} 80 messages a second offered for 15 s, more than two cores can do.\n\n" + _table(head, rows)  # fmt: skip  # noqa: E501


def _stock(found: Mapping[str, Any]) -> str:
    trained = found["trained"]
    parts = [
        f"## Beside a stock Rasa server\n\n{_when(found)} Rasa 3.6.21 with its own Twilio connector, the stock pipeline"
        f" (DIET) and policies (Memoization, Rule, UnexpecTED, TED), {trained['epochs']} epochs, learnt from"
        f" {trained['lines']} of our lines ({trained['sample']} an intent and variety), in {trained['seconds']} s."
        " The same people write the same messages. Neither checks a signature or stores a message, and both acknowledge"
        " after their work. The first answers each intent with one text, and keeps conversations in memory; the second"
        " does the work that ours does, with our domain, rules and actions behind an action server (counted as app),"
        " and keeps conversations in PostgreSQL.\n"
    ]
    for name, stretches in _lists(found).items():
        parts.append(
            f"### {name}\n\n{_stretches(stretches)}\n"
            f"Held with p95 of the replies within 2 s: {_held(stretches):g} messages a second.\n"
        )
    return "\n".join(parts)


def _stored(found: Mapping[str, Any]) -> str:
    rows, costs = [], []
    for each in (e for e in found.values() if isinstance(e, dict)):
        grown, stretch = each["grown"], each["stretch"]
        costs.append(sum(value for who, value in stretch["cpu"].items() if who != "sender"))
        rows.append([
            grown["conversations"], grown["messages"], grown["events"], f"{grown['gigabytes']:.1f} GB",
            f"{grown['seconds']:.0f} s", f"{costs[-1]:.1f} ms", f"{stretch['cpu']['database']:.1f} ms",
            f"{stretch['reply_p50']:.0f} / {stretch['reply_p95']:.0f} ms",
        ])  # fmt: skip
    head = ["conversations", "messages", "events of the engine", "on disk", "filled in", "processor a message",
            "of it the database", "reply p50 / p95"]  # fmt: skip
    ratio = f"The last costs {costs[-1] / costs[0]:.2f} times the first.\n" if len(costs) > 1 else ""
    return f"## As the store grows\n\n{_when(found)} 15 messages a second.\n\n{_table(head, rows)}\n{ratio}"


def plot(load: Mapping[str, Any]) -> None:
    """Reply time and acknowledgement against offered load, ours and stock Rasa's."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    lines = {**_lists(load["rates"]), **_lists(load.get("stock", {}))}
    for key, label, file in (
        ("reply_p95", "reply at the provider, p95 (ms)", "channels-replies.png"),
        ("ack_p99", "acknowledged, p99 (ms)", "channels-acknowledged.png"),
    ):
        figure, axes = plt.subplots(figsize=(8, 4.2))
        for name, stretches in lines.items():
            axes.plot([s["rate"] for s in stretches], [s[key] for s in stretches], marker="o", label=name)
        axes.axhline(2000 if key == "reply_p95" else 100, color="grey", linestyle="--", linewidth=1)
        axes.set_yscale("log")
        axes.set_xlabel("messages offered a second")
        axes.set_ylabel(label)
        axes.grid(alpha=0.3)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, frameon=False)
        figure.savefig(DOCS / file, dpi=110, bbox_inches="tight")
        plt.close(figure)


if __name__ == "__main__":
    write()
