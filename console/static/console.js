// What needs a script: being told of changes, keys, canned answers, the time left. Everything else works without.
(() => {
  "use strict";
  const body = document.body;
  const text = document.getElementById("text");

  // Changes, as the server tells them. Lists and threads listen on the body (hx-trigger) and fetch themselves anew.
  let due = null;
  const busy = () => {
    const at = document.activeElement;
    const open = document.querySelector(".marks[open], .understood[open]");
    return Boolean(open) || Boolean(at && at.closest && at.closest(".messages form"));
  };
  const tell = (id) => {
    window.clearTimeout(due);
    due = window.setTimeout(() => body.dispatchEvent(new Event("console-changed")), 150);
    const messages = document.getElementById("messages");
    if (!messages || busy()) return;
    const mine = messages.getAttribute("hx-trigger").split(" ")[0];
    if (id === "all" || mine === `console-changed-${id}`) body.dispatchEvent(new Event(mine));
  };
  if (body.dataset.events && window.EventSource) {
    // The first word on a connection is "all": what changed between the page and the connection is fetched then.
    const source = new EventSource(body.dataset.events);
    source.addEventListener("changed", (event) => tell(event.data));
    window.addEventListener("pagehide", () => source.close());
  }

  // The last message is in view, also when a new one has come and the reader was at the end.
  const end = () => {
    const messages = document.getElementById("messages");
    if (messages && !window.location.hash.startsWith("#m-")) messages.scrollTop = messages.scrollHeight;
  };
  end();
  body.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "messages") {
      body.dataset.atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 80 ? "yes" : "no";
      body.dataset.scrolled = String(target.scrollTop);
    }
  });
  body.addEventListener("htmx:afterSwap", () => {
    const messages = document.getElementById("messages");
    if (!messages || !body.dataset.atEnd) return;
    messages.scrollTop = body.dataset.atEnd === "yes" ? messages.scrollHeight : Number(body.dataset.scrolled);
  });

  // Keys: "/" to search, "r" to reply, Ctrl+Enter to send, "/" in an empty reply for canned answers.
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    const typing = at.matches && at.matches("input, textarea, select");
    if (at === text && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      text.form.requestSubmit();
      return;
    }
    if (at === text && event.key === "/" && text.value === "") {
      const search = document.getElementById("canned-search");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    if (event.key === "Escape" && at.id === "canned-search") { text.focus(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (wanted) { event.preventDefault(); wanted.focus(); }
  });
  const search = document.getElementById("canned-search");
  if (search) search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Who types fast presses Enter on the list of what was typed before: what fits is taken, not what is first.
    const wanted = search.value.trim().replace(/^\//, "").toLowerCase();
    const offered = Array.from(document.querySelectorAll("#canned-found [data-insert]"));
    const fits = offered.find((each) => each.textContent.toLowerCase().includes(wanted));
    if (fits) fits.click();
  });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest && event.target.closest("[data-insert]");
    if (!chosen || !text) return;
    const before = text.value.slice(0, text.selectionStart);
    text.setRangeText((before && !/\s$/.test(before) ? " " : "") + chosen.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    document.getElementById("canned-found").replaceChildren();
    text.focus();
  });

  // The time left of a window, by the minute, written as the server wrote it.
  const left = document.querySelector("[data-until]");
  if (left) window.setInterval(() => {
    const minutes = Math.max(0, Math.floor((new Date(left.dataset.until) - Date.now()) / 60000));
    const numbers = [String(Math.floor(minutes / 60)), String(minutes % 60).padStart(2, "0")];
    left.textContent = left.textContent.replace(/\d+/g, () => numbers.shift() || "");
    if (minutes === 0) window.location.reload();
  }, 60000);

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));
})();
