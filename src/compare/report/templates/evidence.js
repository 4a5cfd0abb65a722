"use strict";
(() => { /* the document's lines behind a claim, opened where the claim stands; and the way back from a jump */
  const { decoded, unpack } = window.doichieu;
  const { words } = JSON.parse(document.getElementById("settings").textContent);
  const packed = document.getElementById("evidence");
  const main = document.getElementById("main");
  const LINE = /^(?:([\w-]+)\.html)?#(?:([\w-]+)-)?L(\d+)$/;
  const LINES = ".raw:not(.tally)"; // lines that are open, where links lead on
  const shown = new WeakMap(); // what is open, by the link that opened it
  let known;
  const load = () => (known ||= unpack(packed).then(JSON.parse));
  const say = (key) => words[`evidence.${key}`];
  function make(name, properties = {}, ...inside) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  }

  /* what a link stands for: lines, or a task of the page's lists with its lines */
  function read(link) {
    const [all, page, cited, line] = (link.getAttribute("href") || "").match(LINE) || [];
    return all && { link, place: page || cited || "", first: Number(line), last: Number(link.dataset.to || line), marks: link.dataset.marks };
  }
  function meant(link) {
    const found = read(link);
    if (found) return found;
    const href = link.getAttribute("href") || "";
    const row = href.startsWith("#") && document.getElementById(decoded(href.slice(1)));
    const lines = row && row.matches(".tasks tr") && row.querySelector("a.lines");
    return lines ? { ...read(lines), task: href } : null;
  }
  /* the title of the piece of work of which a link speaks */
  function subject(link) {
    const [fold, row] = [link.closest(".gap, .side"), link.closest("tbody tr")];
    const named = fold ? fold.querySelector("summary h3") || fold.querySelector("summary").firstChild
      : row ? row.cells[0] : (link.closest("li") || link.parentElement).firstChild;
    return named.textContent.replace(/\s*\(\s*$/, "").replace(/\s+/g, " ").trim();
  }
  function marked(text, code) {
    const spans = code ? code.split(",").map((pair) => pair.split("-").map(Number)) : [];
    const ends = spans.map(([, end]) => end);
    return [...spans.flatMap(([at, end], i) => [text.slice(ends[i - 1] || 0, at), make("mark", {}, text.slice(at, end))]), text.slice(ends.at(-1) || 0)];
  }
  function linesOf({ place, first, last }, data) {
    const own = (n) => n >= first && n <= last;
    const text = place && data.lines[place];
    if (text) {
      const all = text.split("\n").map((line, i) => [i + 1, line]).filter(([, line]) => line.trim());
      const held = all.flatMap(([n], i) => (own(n) ? [i] : []));
      return held.length ? all.slice(Math.max(held[0] - data.around, 0), held.at(-1) + data.around + 1) : [];
    }
    const items = [];
    const prefix = place && place !== data.own ? `${place}-L` : "L";
    for (let n = first; n <= last; n += 1) items.push(document.getElementById(prefix + n));
    const rows = items.filter(Boolean);
    for (let i = 0; rows.length && i < data.around; i += 1) {
      const [before, after] = [rows[0].previousElementSibling, rows.at(-1).nextElementSibling];
      if (before) rows.unshift(before);
      if (after) rows.push(after);
    }
    return rows.map((row) => [row.value, row.firstChild.textContent]);
  }

  /* what is opened beneath its opener: what it is, a list, what leads on from it, and how to shut it */
  function box(opener, head, note, list, ...more) {
    const shut = make("button", { type: "button", className: "take" }, say("close"));
    shut.addEventListener("click", () => close(opener, true));
    const found = make("div", { className: "raw" }, make("p", { className: "note" }, head, note), list, make("p", {}, ...more, shut));
    found.setAttribute("role", "group");
    found.setAttribute("aria-label", head);
    found.addEventListener("keydown", (event) => { if (event.key === "Escape") close(opener, true); });
    return found;
  }
  function panel(link, at, data) {
    const place = at.place || data.own;
    const printed = at.task ? "" : at.marks;
    const said = printed || (data.marks[subject(link)] || {})[`${place}-L${at.first}`] || "";
    const coded = said.replace("!", "");
    const why = printed ? "printed" : coded === said ? "shared" : "quoted";
    const codes = Object.fromEntries(coded.split(";").filter(Boolean).map((part) => {
      const [line, spans] = part.includes(":") ? part.split(":") : [0, part];
      return [at.first + Number(line), spans];
    }));
    const lines = linesOf(at, data).map(([n, text]) => {
      const own = n >= at.first && n <= at.last;
      return make("li", { value: n, className: own ? "own" : "" }, ...(own ? marked(text, codes[n]) : [text]));
    });
    if (!lines.length) return null;
    const numbers = at.first === at.last ? at.first : `${at.first}–${at.last}`;
    const head = say("head").replace("{file}", data.files[place]).replace("{lines}", numbers);
    const href = at.link.getAttribute("href");
    const more = [make("a", { href }, say(href.startsWith("#") ? "all" : "report"))];
    if (at.task) more.push(" · ", make("a", { href: at.task }, say("task")));
    return box(link, head, coded ? ` ${say(why)}` : "", make("ol", { className: "lines", lang: "vi" }, ...lines), ...more, " · ");
  }
  function stand(link, found) {
    const item = link.closest(".tally li");
    if (item) {
      item.append(found);
      return found;
    }
    const row = link.closest("tbody tr");
    if (!row) {
      const block = link.closest("p, li, dd, small") || link;
      if (block.matches("li, dd")) block.append(found);
      else block.after(found);
      return found;
    }
    const cell = make("td", { colSpan: row.cells.length }, found);
    const added = make("tr", { className: "opened" }, cell);
    row.after(added);
    return added;
  }
  /* the tasks, or the pieces of work, behind a number of a table */
  function nameOf(element) {
    if (!element.matches(".tasks tr")) return (element.querySelector("summary")?.firstChild || element.querySelector("a") || element).textContent.trim();
    const [number, part] = [...element.cells[0].childNodes].map((node) => node.textContent.trim());
    return `${part} ${number}`;
  }
  function beginning(element) {
    const text = element.matches(".tasks tr") ? wordsOf(element.cells[1]) : "";
    const cut = text.length > 90 ? `${text.slice(0, text.lastIndexOf(" ", 90))}…` : text;
    return text ? [" ", make("small", { lang: "vi" }, cut)] : [];
  }
  function tally(button, row, column, tasks) {
    const head = `${row}, ${column}: ${tasks.length}`;
    const items = tasks.map((id) => {
      const element = document.getElementById(id);
      return make("li", {}, make("a", { href: `#${id}` }, nameOf(element)), ...beginning(element));
    });
    const found = box(button, head, "", make("ul", {}, ...items));
    found.classList.add("tally");
    return found;
  }
  const wordsOf = (cell) => cell.textContent.replace(/\s+/g, " ").trim();
  function count(table, rows, tasks) {
    const heads = [...table.tHead.rows[0].cells].map(wordsOf);
    for (const row of table.tBodies[0].rows) {
      const name = wordsOf(row.cells[0].firstChild); // beneath it may stand the name in another language
      Object.entries(rows[name] || {}).forEach(([column, held]) => {
        const cell = row.cells[heads.indexOf(column)];
        const ids = held.map((i) => tasks[i]);
        if (!cell || cell.childElementCount || Number(cell.textContent.replace(/\D/g, "")) !== ids.length) return;
        if (!ids.every((id) => document.getElementById(id))) return;
        const button = make("button", { type: "button", className: "count" }, ...cell.childNodes);
        button.setAttribute("aria-expanded", "false");
        button.addEventListener("click", () => {
          if (shown.has(button)) close(button);
          else reveal(button, tally(button, name, column, ids));
        });
        cell.append(button);
      });
    }
  }
  function reveal(link, found) {
    shown.set(link, stand(link, found));
    found.opener = link;
    dress(found);
    link.setAttribute("aria-expanded", "true");
    if (found.getBoundingClientRect().top > innerHeight - 80) found.scrollIntoView({ block: "center" }); // beneath a tall row
  }
  function close(link, back) {
    const element = shown.get(link);
    if (element) element.remove();
    shown.delete(link);
    link.setAttribute("aria-expanded", "false");
    if (back) link.focus();
  }
  async function toggle(link, at) {
    if (shown.has(link)) return close(link);
    let found;
    try {
      found = panel(link, at, await load());
    } catch { /* an old browser: the plain link */ }
    if (!found) location.href = at.task || link.href;
    else if (!shown.has(link)) reveal(link, found);
    return undefined;
  }
  function dress(root) {
    for (const link of root.querySelectorAll("a[href*='#']")) {
      if (!link.closest(LINES) && meant(link)) {
        link.setAttribute("role", "button");
        link.setAttribute("aria-expanded", String(shown.has(link)));
      }
    }
  }

  /* a jump within the page can be taken back */
  let back;
  function offerBack(link, target) {
    if (back) back.remove();
    const before = location.href;
    back = make("button", { type: "button", className: "take back" }, `↩ ${say("back")}`);
    back.addEventListener("click", () => {
      back.remove();
      for (let d = link.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
      history.replaceState(null, "", before);
      link.scrollIntoView({ block: "center", behavior: "instant" });
      link.focus({ preventScroll: true });
    });
    const cell = target.matches("tr") ? target.cells[0] : target.closest("li, th, td");
    if (cell && !target.matches("details")) cell.append(" ", back);
    else if (target.matches(".scroll")) target.before(back);
    else (target.matches("details") ? target.querySelector("summary") : target.closest("summary, h2, h3") || target).after(back);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || !main.contains(link) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const at = link.closest(LINES) ? null : meant(link);
    if (at) {
      event.preventDefault();
      toggle(link, at);
      return;
    }
    const href = link.getAttribute("href");
    const target = href.length > 1 && href.startsWith("#") && document.getElementById(decoded(href.slice(1)));
    if (target) offerBack(link, target);
  });
  main.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown.has(event.target)) close(event.target);
    if (event.key !== " " || !event.target.matches("a[aria-expanded]")) return;
    event.preventDefault();
    event.target.click();
  });
  main.addEventListener("rearranged", ({ target }) => { // a table's rows are sorted or filtered
    target.querySelectorAll("tr.opened > td > .raw").forEach((found) => close(found.opener));
  });
  dress(main);
  for (const link of main.querySelectorAll("a.way")) { // heard alone, it says which table
    const named = document.getElementById(link.hash.slice(1))?.getAttribute("aria-label");
    if (named) link.setAttribute("aria-label", `${link.textContent}: ${named}`);
  }
  load().then(({ counts, tasks }) => {
    for (const table of main.querySelectorAll("table[data-name]")) {
      if (counts[table.dataset.name]) count(table, counts[table.dataset.name], tasks);
    }
  }, () => {}); // an old browser: the numbers alone
  const beside = document.getElementById("beside-rows");
  if (beside) new MutationObserver(() => dress(beside)).observe(beside, { childList: true });
})();
