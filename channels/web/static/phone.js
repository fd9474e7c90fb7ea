// The phone at /try: the same conversation, fetched in the form each channel would give it.
"use strict";

const $ = (id) => document.getElementById(id);
const labels = JSON.parse($("labels").textContent);
const log = $("log"), start = $("start"), field = $("text");

const KEPT_AS = "takwin-try";
const WAITING = 250, RESTING = 2500, LATE = 20000; // milliseconds

const fresh = () => ({ session: "try-" + crypto.randomUUID(), skin: "whatsapp", said: [] });
let state = fresh();
let last = 0;        // the number of the last message shown
let shown = [];      // messages of the service, in order
let waiting = false; // whether an answer is being written
let since = 0;       // when the person last wrote
let timer = 0, round = 0;

function keep() {
  try { localStorage.setItem(KEPT_AS, JSON.stringify(state)); } catch { /* private window: this page only */ }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS));
    if (kept && typeof kept.session === "string" && Array.isArray(kept.said)) state = { ...fresh(), ...kept };
  } catch { /* nothing kept, or not ours */ }
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// Words are only ever put in as text; addresses of the web become links.
function words(text, direction) {
  const body = element("div", { className: "body", dir: direction });
  // A space before a French mark may not end a line.
  for (const part of text.replace(/ ([?!:;»])/g, "\u00a0$1").replace(/« /g, "«\u00a0").split(/(https?:\/\/[^\s\u2068\u2069]+[^\s\u2068\u2069.,;:!?)»،؟])/u)) {
    if (/^https?:\/\//.test(part)) {
      body.append(element("a", { href: part, target: "_blank", rel: "noopener noreferrer", textContent: part, dir: "ltr" }));
    } else if (part) {
      body.append(part);
    }
  }
  return body;
}

const clock = (at) => at.toLocaleTimeString(document.documentElement.lang + "-MA-u-nu-latn", { hour: "2-digit", minute: "2-digit" });

function bubble(author, text, direction, at) {
  const name = element("span", { className: "visually-hidden", textContent: author + ": " });
  return element("div", { className: "bubble" }, name, words(text, direction),
    element("span", { className: "stamp", textContent: clock(at), dir: "ltr" }));
}

function theirs(message) {
  const turn = element("div", { className: "turn" }, bubble(labels.bot, message.text, message.direction, new Date(message.at)));
  if (message.segments) turn.append(counted(message));
  if (message.form === "buttons") turn.append(buttons(message));
  if (message.form === "list") turn.append(listButton(message));
  return turn;
}

function counted(message) {
  const sms = labels.segments.replace("{count}", message.segments);
  const units = labels.characters.replace("{units}", message.units);
  const apart = [sms, message.encoding, units].map((text) => element("bdi", { textContent: text }));
  return element("p", { className: "count" }, apart[0], " · ", apart[1], " · ", apart[2]);
}

function buttons(message) {
  const choices = element("div", { className: "choices", dir: message.direction });
  for (const option of message.options) {
    const button = element("button", { type: "button", textContent: option.title });
    button.addEventListener("click", () => choose(option));
    choices.append(button);
  }
  return choices;
}

function listButton(message) {
  const button = element("button", { type: "button" }, icon("M4 5h12M4 10h12M4 15h12"), element("span", { textContent: message.button || labels.choose }));
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", () => openSheet(message, button));
  return element("div", { className: "choices", dir: message.direction }, button);
}

function openSheet(message, opener) {
  const sheet = $("sheet");
  $("sheet-title").textContent = message.button || labels.choose;
  $("rows").replaceChildren(...message.options.map((option) => {
    const title = element("span", {}, element("bdi", { textContent: option.title }));
    if (option.description) title.append(element("small", {}, element("bdi", { textContent: option.description })));
    const row = element("button", { type: "button" }, title);
    row.addEventListener("click", () => { closeSheet(); choose(option); });
    return element("li", {}, row);
  }));
  sheet.dir = message.direction;
  sheet.hidden = false;
  sheet.opener = opener;
  sheet.querySelector("li button").focus();
}

function closeSheet() {
  $("sheet").hidden = true;
  $("sheet").opener?.focus();
}

function mine(message) {
  const turn = element("div", { className: "turn mine" }, bubble(labels.you, message.text, "auto", new Date(message.at)));
  if (message.failed) {
    const again = element("button", { type: "button", className: "failed", textContent: labels.not_sent });
    again.addEventListener("click", () => { message.failed = false; draw(); send(message); });
    turn.append(again);
  }
  return turn;
}

// What the person said belongs after the message they had before them when they said it.
function draw() {
  const turns = [];
  let own = 0;
  const upTo = (n) => { while (own < state.said.length && state.said[own].after < n) turns.push(mine(state.said[own++])); };
  for (const message of shown) { upTo(message.n); turns.push(theirs(message)); }
  upTo(Infinity);
  start.hidden = turns.length > 0;
  log.replaceChildren(start, ...turns, ...dots());
  rest();
}

function dots() {
  if (!waiting) return [];
  const typing = element("div", { className: "turn", id: "typing" }, element("div", { className: "bubble typing" }, element("i"), element("i"), element("i")));
  typing.setAttribute("aria-hidden", "true");
  return [typing];
}

function append(turn) {
  start.hidden = true;
  const typing = $("typing");
  if (typing) typing.before(turn); else log.append(turn);
  rest();
}

function rest() { log.scrollTop = log.scrollHeight; }

function setWaiting(now) {
  if (now !== waiting) {
    waiting = now;
    $("typing")?.remove();
    log.append(...dots());
    if (now) rest();
  }
  $("state").textContent = waiting ? labels.writing : { whatsapp: labels.online, telegram: labels.service, sms: labels.sms_number }[state.skin];
}

function notice(text) {
  $("notice").hidden = !text;
  if ($("notice").textContent !== text) $("notice").textContent = text;
}

const address = (query = "") => `/channels/web/${encodeURIComponent(state.session)}/messages${query}`;

async function send(message) {
  since = Date.now();
  setWaiting(true);
  try {
    const answer = await fetch(address(), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message.body) });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    message.failed = true;
    keep();
    setWaiting(false);
    draw();
  }
  look(0);
}

function say(text, body) {
  const message = { text, body: { id: crypto.randomUUID(), ...body }, after: last, at: Date.now() };
  state.said.push(message);
  keep();
  append(mine(message));
  send(message);
}

const choose = (option) => say(option.description || option.title, { option: option.id });

async function fetchNew() {
  const mark = round, before = last;
  const answer = await fetch(address(`?after=${before}&as=${state.skin}`), { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const { messages, typing } = await answer.json();
  if (mark !== round) return; // another skin or conversation since
  if (messages.length && messages[0].n <= before) { // erased: what was before is gone
    state.said = [];
    shown = [];
    last = 0;
  }
  for (const message of messages) { shown.push(message); last = message.n; }
  waiting = typing;
  if (messages.length && shown.length === messages.length) draw(); else messages.forEach((message) => append(theirs(message)));
  waiting = !typing;
  setWaiting(typing);
  if (messages.length) keep();
  notice(typing && Date.now() - since > LATE ? labels.late : "");
}

function look(delay) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    try { await fetchNew(); } catch { notice(labels.offline); }
    if (!document.hidden) look(waiting ? WAITING : Date.now() - since < 5000 ? WAITING * 2 : RESTING);
  }, delay);
}

function again() {
  round += 1;
  last = 0;
  shown = [];
  waiting = false;
  look(0);
}

function wear(skin) {
  state.skin = skin;
  document.body.dataset.skin = skin;
  $("sms-hint").hidden = skin !== "sms";
  document.querySelector(`input[value="${skin}"]`).checked = true;
  closeSheet();
  keep();
}

$("skins").addEventListener("change", (event) => { wear(event.target.value); setWaiting(waiting); again(); });
$("new").addEventListener("click", () => {
  state = { ...fresh(), skin: state.skin };
  keep();
  again();
  draw();
  setWaiting(false);
  notice("");
  field.focus();
});
$("sheet").addEventListener("click", (event) => { if (event.target.closest("[data-close]")) closeSheet(); });
$("sheet").addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSheet();
  if (event.key !== "Tab") return;
  const stops = [...$("sheet").querySelectorAll("button")];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement === edge) { event.preventDefault(); (event.shiftKey ? stops.at(-1) : stops[0]).focus(); }
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => { say(example.textContent, { text: example.textContent }); field.focus(); });
}
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  grow();
  say(text, { text });
  field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("composer").requestSubmit(); }
});
function grow() { field.style.blockSize = "auto"; field.style.blockSize = Math.min(field.scrollHeight + 2, 120) + "px"; }
field.addEventListener("input", grow);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(0); });
new ResizeObserver(rest).observe(log);

const tick = () => { $("clock").textContent = clock(new Date()); };
tick();
setInterval(tick, 10000);
recall();
wear(state.skin);
draw();
setWaiting(false);
again();
