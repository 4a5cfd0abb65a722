"use strict";
(() => {
  const found = (id) => document.getElementById(id);
  const settings = JSON.parse(found("beside-settings").textContent);
  const { words, statuses, most } = settings;
  const form = found("beside-form");
  const rows = found("beside-rows");
  const { unpack, plain, saveCsv } = window.doichieu;
  const lang = document.documentElement.lang;
  const START = "#side-by-side&"; // what the address begins with where it holds a choice
  const wide = matchMedia("(min-width: 48rem), print");
  let data;
  let corpus;

  const say = (key, values = {}) => {
    const form = Array.isArray(words[key]) ? words[key][values.n === 1 ? 0 : 1] : words[key];
    return form.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  /* every text goes through here: as text, never as markup */
  function make(name, properties = {}, ...inside) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  }

  /* words, by keys that do not mind where a tone mark stands; how often the tasks hold them */
  const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const keyOf = (word) => {
    const apart = word.toLowerCase().normalize("NFD");
    return apart.replace(TONE, "") + (apart.match(TONE) || []).join("");
  };
  const once = (make) => {
    const known = new Map();
    return (key) => {
      if (!known.has(key)) known.set(key, make(key));
      return known.get(key);
    };
  };
  /* the number of a document, as 10-KH/TW, is one word */
  const WORD = /\p{N}+(?:\/\p{N}+)?(?:[-/]\p{L}[\p{L}\p{M}\p{N}]*)+|[\p{L}\p{M}\p{N}]+/gu;
  const wordsOf = once((text) => [...text.matchAll(WORD)].map((m) => ({
    at: m.index, end: m.index + m[0].length, key: keyOf(m[0]),
  })));
  const more = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  function count() {
    const texts = Object.keys(data.tasks).map((id) => taskOf(id)).filter(Boolean).map((task) => wordsOf(task.text));
    const told = { holding: new Map(), seen: new Map(), pairs: new Map(), n: texts.length };
    for (const text of texts) {
      new Set(text.map((w) => w.key)).forEach((key) => more(told.holding, key));
      text.forEach((w, i) => {
        more(told.seen, w.key);
        if (i) more(told.pairs, `${text[i - 1].key} ${w.key}`);
      });
    }
    return told;
  }
  const share = (key) => (corpus.holding.get(key) || 0) / corpus.n;
  const telling = (key) => share(key) < settings.common;
  const bound = (a, b, one) => 2 * (corpus.pairs.get(`${a.key} ${b.key}`) || 0) >= corpus.seen.get(one.key);

  /* which words of a text the others do not hold: whole clauses, or runs of words */
  function clauses(text, list) {
    const parts = [[]];
    list.forEach((w, i) => {
      const gap = i ? text.slice(list[i - 1].end, w.at) : "";
      if (/[.;:!?\n()]/.test(gap)) parts.push([]);
      parts[parts.length - 1].push({ ...w, near: /^\s+$/.test(gap) });
    });
    return parts;
  }
  function ownOf(clause, { keys, pairs }) {
    const own = clause.map((w) => telling(w.key) && !keys.has(w.key));
    const n = own.filter(Boolean).length;
    if (n >= 3 && n >= 0.6 * clause.filter((w) => telling(w.key)).length) {
      return clause.map((_, i) => i >= own.indexOf(true) && i <= own.lastIndexOf(true));
    }
    const held = (a, b) => a && b && pairs.has(`${a.key} ${b.key}`);
    return clause.map((w, i) => { // with what makes one word with it, as "thương" with "mại"
      const [before, after] = [clause[i - 1], clause[i + 1]];
      if (own[i] || (own[i - 1] && own[i + 1] && w.near && after.near)) return true;
      if (!telling(w.key) || held(before, w) || held(w, after)) return false;
      return Boolean((own[i + 1] && after.near && bound(w, after, after)) || (own[i - 1] && w.near && bound(before, w, before)));
    });
  }
  function runs(text, list, others) {
    const spans = [];
    for (const clause of clauses(text, list)) {
      const own = ownOf(clause, others);
      for (let i = 0; i < clause.length; i += 1) {
        let last = i;
        while (own[i] && own[last + 1]) last += 1;
        const alone = last === i && share(clause[i].key) > settings.rare; // one word that is not rare says little
        if (own[i] && !alone) spans.push([clause[i].at, clause[last].end]);
        i = last;
      }
    }
    return spans;
  }
  /* the pieces of a text that a reader quoted for the piece of work; all of it where none are known */
  function within(text, pieces) {
    const spans = pieces.map((piece) => [text.indexOf(piece), text.indexOf(piece) + piece.length]);
    return spans.length && spans.every(([at]) => at >= 0) ? spans : [[0, text.length]];
  }
  function marked(text, pieces, others) {
    const inside = within(text, pieces);
    const holds = (i) => inside.some(([at, end]) => i >= at && i < end);
    const spans = others ? runs(text, wordsOf(text).filter((w) => holds(w.at)), others) : [];
    const cuts = [...new Set([0, text.length, ...inside.flat(), ...spans.flat()])].sort((a, b) => a - b);
    return cuts.slice(1).map((end, i) => {
      const piece = text.slice(cuts[i], end);
      if (spans.some(([a, b]) => cuts[i] >= a && end <= b)) return make("mark", {}, piece);
      return holds(cuts[i]) ? piece : make("span", { className: "faint" }, piece);
    });
  }

  /* a task as the page's list of tasks shows it */
  const taskOf = once((id) => {
    const row = found(id);
    if (!row) return null;
    const [, text, , coordinating, time, product] = [...row.cells].map((c) => c.textContent.trim());
    const cell = row.cells[2].cloneNode(true);
    const tag = cell.querySelector(".tag"); // the lead is inferred
    if (tag) tag.remove();
    return {
      text, coordinating, time, product, inferred: Boolean(tag), leads: cell.textContent.trim(),
      printed: Boolean(cell.querySelector("[lang]")), // in Vietnamese, in a page of another language
      lines: row.cells[0].querySelector("a.lines"),
    };
  });
  const decided = (said, share) => (said === "auto" ? say("origin.auto", { share }) : said === "stale"
    ? words["origin.stale"] : said ? words["origin.reviewed"] : "");
  function tags([, whole, said, share]) {
    const line = [];
    if (said) line.push(" · ", make("span", { className: `tag ${said}`, title: said === "stale" ? words["origin.stale.note"] : "" }, decided(said, share)));
    if (!whole) line.push(" · ", words["match.part"]);
    return line;
  }
  function facts(task) {
    return ["leads", "time", "product"].filter((name) => task[name]).map((name) => {
      const tag = name === "leads" && task.inferred ? [" ", make("span", { className: "tag" }, words["beside.inferred"])] : [];
      return make("li", {}, `${words[`beside.${name}`]} `, make("span", { lang: name === "leads" && !task.printed ? lang : "vi" }, task[name]), ...tag);
    });
  }
  function saying(member, others) {
    const [id, , said, , pieces] = member;
    const task = taskOf(id);
    if (!task) return "";
    const lines = task.lines ? [", ", task.lines.cloneNode(true)] : [];
    return make("div", { className: `said ${said}` },
      make("p", { className: "from" }, make("a", { href: `#${id}` }, data.tasks[id]), ...lines, ...tags(member)),
      make("blockquote", { lang: "vi" }, make("p", {}, ...marked(task.text, pieces, others))),
      make("ul", { className: "from" }, ...facts(task)));
  }

  /* a row: one piece of work, one column a chosen place */
  const textsOf = (cell) => cell[1].map(([id]) => taskOf(id)).filter(Boolean).map((task) => task.text);
  function othersOf(cells, i) {
    const texts = cells.filter((_, k) => k !== i).flatMap(textsOf).map(wordsOf);
    const pairs = texts.flatMap((list) => list.slice(1).map((w, k) => `${list[k].key} ${w.key}`));
    return texts.length ? { keys: new Set(texts.flat().map((w) => w.key)), pairs: new Set(pairs) } : null;
  }
  function column(place, [status, members], others, title) {
    const none = status === "gap" ? words["beside.gap"] : words["beside.review"];
    const inside = members.length ? members.map((member) => saying(member, others)) : [make("p", { className: "absent" }, none)];
    const name = make("h4", {}, place.name, " ", make("small", {}, statuses[status]));
    const made = make("section", {}, name, ...inside);
    made.setAttribute("aria-label", `${place.name}: ${title}`);
    return made;
  }
  function row({ family, title, pillar, cells }, places) {
    const columns = make("div", { className: "columns" });
    columns.append(...cells.map((cell, i) => column(places[i], cell, othersOf(cells, i), title)));
    const where = cells.map(([status], i) => `${places[i].name} ${statuses[status]}`);
    const line = make("small", {}, [...(form.elements.pillar.value === "all" ? [settings.pillars[pillar]] : []), ...where].join(" · "));
    const head = make("summary", {}, make("h3", { id: `side-${family}` }, title), " ", line);
    return make("details", { className: "side", open: wide.matches }, head, columns);
  }

  /* what keeps the chosen plans from being compared like with like */
  function warnings(places) {
    const named = (list, of) => list.map((p) => (of ? `${p.name} (${of(p)})` : p.name)).join(", ");
    const central = places.filter((p) => p.central.length);
    const years = places.filter((p) => p.year);
    const span = Math.max(...years.map((p) => p.year)) - Math.min(...years.map((p) => p.year));
    const bare = places.filter((p) => !p.annex);
    const apart = central.length > 1 && !central[0].central.some((n) => central.every((p) => p.central.includes(n)));
    return [
      new Set(places.map((p) => p.level)).size > 1 && say("beside.level", { places: named(places, (p) => p.level) }),
      new Set(places.map((p) => p.issuer).filter(Boolean)).size > 1 && say("beside.issuer", { places: named(places, (p) => p.issuer) }),
      apart && say("beside.central", { places: named(central, (p) => p.central.join(", ")) }),
      years.length > 1 && span >= settings.apart && say("beside.year", { places: named(places, (p) => p.year || words["beside.undated"]) }),
      bare.length > 0 && bare.length < places.length && say("beside.annex", { places: named(bare) }),
    ].filter(Boolean);
  }

  /* the choice: of the form, and in the address */
  const boxes = () => [...form.querySelectorAll("input[name=place]")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);
  function address() {
    const choice = { places: chosen().join(","), pillar: form.elements.pillar.value };
    if (form.elements.filter.value.trim()) choice.words = form.elements.filter.value.trim();
    return START + Object.entries(choice).map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&");
  }
  function take(hash) {
    const choice = new URLSearchParams(hash.startsWith(START) ? hash.slice(START.length) : "");
    const known = data.places.map((place) => place.id);
    const asked = (choice.get("places") || "").split(",").filter((place) => known.includes(place)).slice(0, most);
    const places = asked.length ? asked : settings.first;
    if (asked.length) found("beside").dataset.chosen = "yes";
    const pillar = choice.get("pillar") || (asked.length ? "all" : Object.keys(settings.pillars).find((p) => p !== "0"));
    boxes().forEach((box) => { box.checked = places.includes(box.value); });
    form.elements.pillar.value = pillar;
    if (form.elements.pillar.selectedIndex < 0) form.elements.pillar.value = "all";
    form.elements.filter.value = choice.get("words") || "";
  }
  const holds = (family) => {
    const wanted = plain(form.elements.filter.value).split(/\s+/).filter(Boolean);
    const text = wanted.length ? plain([family.title, ...family.cells.flatMap(textsOf)].join(" ")) : "";
    return wanted.every((word) => text.includes(word));
  };
  function shown() {
    const at = chosen().map((id) => data.places.findIndex((place) => place.id === id));
    const { value } = form.elements.pillar;
    const families = data.families
      .filter(([, , pillar]) => value === "all" || String(pillar) === value)
      .map(([family, title, pillar, cells]) => ({ family, title, pillar, cells: at.map((i) => cells[i]) }))
      .filter(holds);
    const absent = ({ cells }) => cells.every(([status]) => status === "gap");
    return { places: at.map((i) => data.places[i]), rest: families.filter(absent), families: families.filter((f) => !absent(f)) };
  }
  function nowhere(rest) {
    const items = rest.map(({ title }) => make("li", {}, title));
    const summary = make("summary", {}, say("beside.none", { n: rest.length.toLocaleString(lang) }));
    return make("details", {}, summary, make("ul", { className: "plain" }, ...items));
  }
  function render() {
    const { places, families, rest } = shown();
    const enough = places.length > 1;
    boxes().forEach((box) => { box.disabled = !box.checked && places.length >= most; });
    const warned = enough ? warnings(places) : [];
    found("beside-caveats").hidden = !warned.length;
    found("beside-caveats").querySelector("ul").replaceChildren(...warned.map((text) => make("li", {}, text)));
    rows.replaceChildren(...(enough ? families.map((family) => row(family, places)) : []), ...(enough && rest.length ? [nowhere(rest)] : []));
    const full = places.length >= most && boxes().length > most ? ` ${say("beside.many", { most })}` : "";
    found("beside-said").textContent = enough ? say("beside.shown", { n: families.length }) + full : words["beside.few"];
    found("beside-take").hidden = !enough;
    found("beside-link").href = address();
  }

  /* the rows as a table to take away */
  function table() {
    const { places, families, rest } = shown();
    const lines = [settings.heads];
    for (const { title, pillar, cells } of [...families, ...rest]) {
      cells.forEach(([status, members], i) => {
        const first = [title, settings.pillars[pillar], places[i].name, statuses[status]];
        const told = members.map((member) => [member, taskOf(member[0])]).filter(([, task]) => task);
        for (const [[id, , said, share], task] of told) {
          const { text, leads, coordinating, time, product, lines: link } = task;
          lines.push([...first, data.tasks[id], text, leads, coordinating, time, product, decided(said, share), link ? link.textContent : ""]);
        }
        if (!told.length) lines.push([...first, ...Array(settings.heads.length - first.length).fill("")]);
      });
    }
    return lines;
  }

  async function start() {
    try {
      data = JSON.parse(await unpack(found("beside-data")));
    } catch {
      rows.append(make("p", { className: "caveats" }, words["beside.locked"]));
      return;
    }
    corpus = count();
    form.hidden = false;
    const changed = () => {
      found("beside").dataset.chosen = "yes"; // then it is printed
      render();
      history.replaceState(null, "", address());
    };
    const show = () => {
      take(location.hash);
      render();
      if (location.hash.startsWith(START)) found("side-by-side").scrollIntoView({ behavior: "instant" }); // past charts that are yet to be drawn
    };
    form.addEventListener("change", changed);
    let waiting;
    form.elements.filter.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(changed, 200);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    found("beside-take").querySelector("button").addEventListener("click", () => saveCsv(decodeURIComponent(address().slice(1)).replace(/[^\p{L}\p{M}\p{N},-]+/gu, "-"), table()));
    addEventListener("hashchange", () => { if (location.hash.startsWith(START)) show(); });
    show();
    found("beside").dataset.ready = "yes";
  }
  start();
})();
