// Sort and filter the table of OKRs. Controls are made here, so that a page without scripts shows none that do nothing.
"use strict";
(() => {
  const table = document.getElementById("okr-table"), place = document.getElementById("okr-controls");
  if (!table || !place) return;
  const say = place.dataset, bodies = [...table.tBodies];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (name, set, ...children) => { const made = Object.assign(document.createElement(name), set); made.append(...children); return made; };
  const cell = (body, at) => body.rows[0].cells[at];
  const heads = [...table.tHead.rows[0].cells], named = heads.map((head) => head.textContent);

  const choice = (label, options) => {
    const select = make("select", {}, make("option", { value: "", textContent: say.all }), ...options.map(([value, text]) => make("option", { value, textContent: text })));
    place.append(make("label", {}, make("span", { textContent: label }), select));
    select.addEventListener("change", apply);
    return select;
  };
  const distinct = (values) => [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b, document.documentElement.lang)).map((value) => [value, value]);
  place.setAttribute("role", "search");
  place.setAttribute("aria-label", say.filter);
  const text = make("input", { type: "search", autocomplete: "off" });
  place.append(make("label", {}, make("span", { textContent: say.text }), text));
  const team = choice(named[0], distinct(bodies.map((body) => cell(body, 0).textContent)));
  const verdict = choice(named[3], ["rethink", "revise", "ready"].map((value) => [value, table.dataset[value]]));
  const titles = new Map([...document.querySelectorAll("[data-rule]")].map((each) => [each.dataset.rule, (each.querySelector("b") || {}).textContent]));
  const rule = choice(say.rule, distinct(bodies.flatMap((body) => (body.dataset.r || "").split(" "))).map(([id]) => [id, titles.get(id) ? `${id} – ${titles.get(id)}` : id]));
  const button = (label, act) => { const made = make("button", { type: "button", textContent: label }); made.addEventListener("click", act); return made; };
  const count = make("p", { className: "shown" });
  count.setAttribute("role", "status");
  const visible = () => bodies.filter((body) => !body.hidden);
  const open = (value) => { for (const body of visible()) for (const each of body.querySelectorAll("details.review")) each.open = value; };
  const clear = () => { text.value = team.value = verdict.value = rule.value = ""; apply(); };
  place.append(make("div", { className: "acts" }, button(say.reset, clear), button(say.open, () => open(true)), button(say.close, () => open(false)), count));

  const words = new WeakMap();
  const wordsOf = (body) => { if (!words.has(body)) words.set(body, plain(body.textContent)); return words.get(body); };
  function apply() {
    const sought = plain(text.value).split(/\s+/).filter(Boolean);
    let n = 0;
    for (const body of bodies) {
      const fits = (!team.value || cell(body, 0).textContent === team.value) && (!verdict.value || body.dataset.v === verdict.value)
        && (!rule.value || (body.dataset.r || "").split(" ").includes(rule.value)) && sought.every((word) => wordsOf(body).includes(word));
      body.hidden = !fits;
      if (fits) n += 1;
    }
    const written = (value) => value.toLocaleString(document.documentElement.lang);
    count.textContent = (n < 2 ? say.shownOne : say.shown).replace("{n}", written(n)).replace("{total}", written(bodies.length));
  }
  let waiting;
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 150); });

  heads.forEach((head, at) => {
    const made = button(head.textContent, () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (body) => { const own = cell(body, at); return own.dataset.k ?? (own.querySelector("b") || own).textContent; };
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
      const keyed = bodies.map((body, first) => ({ body, first, key: key(body) }));
      const numbers = keyed.every((each) => each.key !== "" && !Number.isNaN(Number(each.key)));
      keyed.sort((a, b) => (down ? -1 : 1) * (numbers ? a.key - b.key : order.compare(a.key, b.key)) || a.first - b.first);
      // Out of the page while its rows move: a browser lays a table of thousands out again at every step otherwise.
      const after = table.nextSibling, home = table.parentNode;
      table.remove();
      table.append(...keyed.map((each) => each.body));
      home.insertBefore(table, after);
      made.focus({ preventScroll: true });
    });
    made.title = say.sort.replace("{column}", head.textContent);
    head.replaceChildren(made);
  });

  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const body = target && target.closest("#okr-table tbody");
    if (!body) return;
    if (body.hidden) clear();
    for (const each of body.querySelectorAll("details.review")) each.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  apply();
  follow();
})();
