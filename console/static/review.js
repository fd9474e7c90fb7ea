// One hand on the keyboard, entities by selecting text. Without this script the same form is filled in by hand.
(() => {
  "use strict";
  const form = document.getElementById("judge");
  const marked = document.getElementById("marked");
  if (!form || !marked) return;
  document.querySelectorAll(".scripted").forEach((each) => { each.hidden = false; });

  const search = document.getElementById("intent-search");
  const others = document.getElementById("intent");
  const all = Array.from(others.options).map((each) => ({ value: each.value, text: each.textContent }));
  const bare = (said) => said.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // The list of intents, narrowed to what is typed; what begins so stands first.
  const narrow = () => {
    const wanted = bare(search.value.trim());
    const rest = all.slice(1);
    const fits = rest.filter((each) => bare(each.text).includes(wanted) || each.value.includes(wanted));
    fits.sort((a, b) => Number(bare(b.text).startsWith(wanted)) - Number(bare(a.text).startsWith(wanted)));
    const shown = wanted ? fits : rest;
    others.replaceChildren(...[all[0], ...shown].map((each) => new Option(each.text, each.value)));
    others.size = wanted ? Math.min(6, shown.length + 1) : 1;
    if (wanted && shown.length) others.value = shown[0].value;
  };
  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; narrow(); search.blur(); }
    if (event.key === "ArrowDown") { event.preventDefault(); others.focus(); }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (others.value) settle(others.value);
  });
  const settle = (intent) => {
    search.value = "";
    narrow();
    others.value = intent;
    clear(!intent);
    search.blur();
    document.getElementById("confirm").focus();
  };
  const clear = (keep) => { if (!keep) form.querySelectorAll("[data-digit]").forEach((each) => { each.checked = false; }); };
  others.addEventListener("change", () => clear(!others.value));

  // Keys: 1-3 the likeliest, letters the list of intents, Enter confirms, s skips, f flags, l for later, x no example.
  const press = (end) => {
    const button = document.querySelector(`form[action$="/${end}"] button`);
    if (button) button.click();
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (at === marked && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.getElementById("confirm").click();
      return;
    }
    if (at === marked && event.key === "Escape") { marked.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = at.matches && at.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (field) return;
    if (/^[1-3]$/.test(event.key)) {
      const pick = form.querySelector(`[data-digit="${event.key}"]`);
      if (!pick) return;
      event.preventDefault();
      pick.checked = true;
      others.value = "";
      return;
    }
    if (event.key === "Enter") {
      if (at.matches && at.matches("a, button, summary")) return;
      event.preventDefault();
      document.getElementById("confirm").click();
      return;
    }
    // On an Arabic keyboard the same keys do the same, wherever their letters are.
    const key = /^[a-z]$/i.test(event.key) || !event.code.startsWith("Key") ? event.key.toLowerCase() : event.code[3].toLowerCase();
    const bound = { s: "skip", f: "flag", l: "later" }[key];
    if (bound) { event.preventDefault(); press(bound); return; }
    if (key === "x") { event.preventDefault(); document.getElementById("no-example").click(); return; }
    if (key === "e") { event.preventDefault(); marked.focus(); return; }
    if (/^\p{L}$/u.test(event.key)) search.focus(); // the letter itself is typed there
  }, true);
  form.querySelectorAll("[data-digit]").forEach((each) => each.addEventListener("change", () => { others.value = ""; }));

  // Entities: what is selected gets the value chosen; unmarking takes the mark around the cursor away.
  const MARK = /\[([^[\]{}]*)\]\{"entity": ?"([^"]*)", ?"value": ?"([^"]*)"\}/g;
  const value = document.getElementById("entity-value");
  const names = new Map(Array.from(value.querySelectorAll("option")).map((each) =>
    [each.value, each.parentElement.label ? `${each.parentElement.label} · ${each.textContent}` : ""]));
  const around = (from, to) => Array.from(marked.value.matchAll(MARK))
    .find((each) => from < each.index + each[0].length && to > each.index);
  const put = (start, end, text) => {
    marked.setRangeText(text, start, end, "end");
    marked.dispatchEvent(new Event("input"));
    marked.focus();
  };
  document.getElementById("entity-mark").addEventListener("click", () => {
    let [start, end] = [marked.selectionStart, marked.selectionEnd];
    const chosen = marked.value.slice(start, end);
    start += chosen.length - chosen.trimStart().length;
    end -= chosen.length - chosen.trimEnd().length;
    if (!value.value || end <= start || around(start, end) || /[[\]{}]/.test(marked.value.slice(start, end))) return;
    const [entity, canonical] = value.value.split("|");
    put(start, end, `[${marked.value.slice(start, end)}]{"entity": "${entity}", "value": "${canonical}"}`);
  });
  document.getElementById("entity-unmark").addEventListener("click", () => {
    const found = around(marked.selectionStart, Math.max(marked.selectionEnd, marked.selectionStart + 1));
    if (found) put(found.index, found.index + found[0].length, found[1]);
  });
  const preview = document.getElementById("preview");
  marked.addEventListener("input", () => {
    const shown = [];
    let at = 0;
    for (const each of marked.value.matchAll(MARK)) {
      shown.push(marked.value.slice(at, each.index));
      const mark = document.createElement("mark");
      const small = document.createElement("small");
      small.textContent = names.get(`${each[2]}|${each[3]}`) || `${each[2]} · ${each[3]}`;
      mark.append(each[1], small);
      shown.push(mark);
      at = each.index + each[0].length;
    }
    preview.replaceChildren(...shown, marked.value.slice(at));
  });
})();
