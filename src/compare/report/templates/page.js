"use strict";
(async () => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const words = settings.words;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const { missing, undrawn, unpack, whole } = window.doichieu;
  function decoded(text) { // an address may hold a percent sign that means nothing
    try { return decodeURIComponent(text); } catch { return text; }
  }
  const charts = [];
  const drawings = new Map();
  const breathe = () => new Promise((done) => { setTimeout(done); }); // between two steps the page answers
  const painted = () => new Promise((done) => { // the text is seen; a page that nobody sees is never painted
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 300);
  });
  function run(text) {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
    script.remove();
  }
  const fetched = (src) => new Promise((done, failed) => { // a file beside the page: after its text is there
    document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed }));
  });
  const entire = new Promise((done) => { // plotly.js, packed, is the last thing of a page
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
    else done();
  });
  let loading = null;
  const loaded = () => { loading = loading || load(); return loading; };
  async function load() {
    await entire;
    const packed = document.getElementById("plotly"); // none where plotly.js stands in a file beside
    const text = packed ? await unpack(packed) : "";
    await breathe();
    if (!window.Plotly) await (packed ? run(text) : fetched(document.querySelector("script.plotly").dataset.src));
    localise();
  }
  function localise() {
    const [decimal, thousands] = settings.separators;
    const format = { decimal, thousands, grouping: [3], date: "%d/%m/%Y" };
    const name = document.documentElement.lang; // English is plotly's own
    if (name !== "en") Plotly.register({ moduleType: "locale", name, dictionary: {}, format });
  }

  /* a figure for this page: title and source are text of the page, colours follow the scheme */
  function parse(chart, light = !dark.matches) {
    const colour = (_, v) => (!light && typeof v === "string" && settings.dark[v]) || v;
    const figure = JSON.parse(drawings.get(chart), colour);
    figure.layout.template = JSON.parse(JSON.stringify(settings.template), colour);
    return figure;
  }
  const NARROW = 560;
  const SMALL = { size: 11 };
  function strip({ data, layout }) {
    const room = { ...settings.room, ...layout.meta.room };
    const { legend } = layout.meta;
    const above = room.title + (legend.length ? room.legend : 0);
    const margin = { ...layout.margin, t: layout.margin.t - above, b: layout.margin.b - room.source };
    const annotations = (layout.annotations || []).filter((note) => note.name !== "source");
    const height = layout.height - above - room.source;
    return {
      data: data.map((trace) => (legend.length && trace.colorbar ? { ...trace, showscale: false } : trace)),
      layout: { ...layout, margin, annotations, height, title: undefined, showlegend: false },
    };
  }
  const headed = ({ xaxis, meta: { narrow } }) => (narrow.columns && narrow.columns.length ? { ...xaxis, ticktext: narrow.columns, tickfont: SMALL } : xaxis);
  function narrowed(layout) {
    const { rows, stretch } = layout.meta.narrow;
    const fitted = layout.xaxis ? { ...layout, xaxis: headed(layout) } : { ...layout };
    if (!rows) return fitted;
    const { margin, height } = layout;
    fitted.yaxis = { ...layout.yaxis, ticktext: rows, tickfont: SMALL };
    fitted.margin = { ...margin, l: 0, r: 14 };
    fitted.height += Math.round((height - margin.t - margin.b) * (stretch - 1));
    return fitted;
  }
  const stem = decoded(location.pathname.split("/").pop()).replace(/\.html$/, "");
  const named = (name) => (name.startsWith(stem) ? name : `${stem}-${name}`); // files of several reports stay apart
  function save(format) {
    return (plot) => {
      const figure = parse(plot.closest("figure"), true); // dark ink on white, wherever it goes
      const name = named(plot.closest("figure").id);
      Plotly.downloadImage(figure, { format, filename: name, width: 1000, height: figure.layout.height, scale: 2 });
    };
  }
  function options() {
    const icon = Plotly.Icons.camera;
    const button = (format) => ({ name: format, title: words[`chart.${format}`], icon, click: save(format) });
    return {
      responsive: true, displaylogo: false, showSendToCloud: false, locale: document.documentElement.lang,
      modeBarButtons: [[button("svg"), button("png")]], scrollZoom: false, doubleClick: false, showTips: false,
    };
  }
  function draw(chart) {
    const plot = chart.querySelector(".plot");
    const width = plot.parentElement.clientWidth;
    const { data, layout } = strip(parse(chart));
    const fitted = width < NARROW ? narrowed(layout) : layout;
    chart.dataset.narrow = width < NARROW;
    plot.style.height = `${fitted.height}px`;
    Plotly.react(plot, data, { ...fitted, autosize: true }, options());
    plot.querySelectorAll(".main-svg").forEach((svg, i) => { // one picture by name; its other layers are silent
      const said = i ? { "aria-hidden": "true" } : { role: "img", "aria-labelledby": `${chart.id}-title` };
      Object.entries(said).forEach(([name, value]) => svg.setAttribute(name, value));
    });
    chart.dataset.drawn = "yes";
  }
  async function show(chart) {
    if (!drawings.has(chart)) drawings.set(chart, await unpack(chart.querySelector("script")));
    draw(chart);
  }
  const redraw = () => charts.filter((c) => c.dataset.drawn).forEach((c) => draw(c));

  async function start() {
    try {
      await loaded();
    } catch (error) {
      undrawn(words[missing.length ? "missing.chart" : "chart.failed"]);
      return;
    }
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((e) => e.isIntersecting)) {
        seen.unobserve(entry.target);
        show(entry.target);
      }
    }, { rootMargin: "300px" });
    charts.forEach((c) => seen.observe(c));
    dark.addEventListener("change", redraw);
    addEventListener("resize", () => charts.forEach((c) => {
      const narrow = c.querySelector(".scroll").clientWidth < NARROW;
      if (c.dataset.drawn && String(narrow) !== c.dataset.narrow) draw(c);
    }));
  }

  Object.assign(window.doichieu, { decoded, drawings, headed, loaded, localise, parse, run, settings, strip });
  const unpacked = await whole;
  charts.push(...document.querySelectorAll("figure.chart"));

  /* folded parts: opened for a link into them */
  function reveal(again = false) {
    const target = document.getElementById(decoded(location.hash.slice(1)));
    if (!target) return;
    let opened = unpacked || again === true;
    for (let d = target.closest("details"); d; d = d.parentElement.closest("details")) {
      opened = opened || !d.open;
      d.open = true;
    }
    if (opened) target.scrollIntoView();
    const at = target.matches("details") ? target.querySelector("summary") : target;
    if (at.tabIndex < 0) at.tabIndex = -1;
    at.focus({ preventScroll: true }); // for whoever goes on by keyboard
  }
  addEventListener("hashchange", reveal);
  if (matchMedia("(max-width: 70rem)").matches) document.querySelector(".contents details").open = false;
  reveal();
  await painted();
  if (charts.length) start();

  /* tables: taken as CSV, sorted by their headings, filtered without regard to marks */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đð]/gi, "d").toLowerCase();
  const textOf = (cell) => {
    cell.querySelectorAll(".back").forEach((button) => button.remove()); // is no part of the table
    return cell.querySelector(".hint") ? "–" : said(cell); // nor is what to do here
  };
  const said = (cell) => cell.innerText.trim().replace(/\s*\n\s*/g, "; ").replace(/\u00a0/g, " ");
  function field(text) {
    const tame = /^[=+\-@＝＋－＠\t\r\n]/.test(text) && isNaN(text) ? `'${text}` : text;
    return `"${tame.replace(/"/g, '""')}"`;
  }
  function saveCsv(name, rows) {
    const text = "\ufeff" + rows.map((row) => row.map(field).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  Object.assign(window.doichieu, { plain, saveCsv });
  function offer(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words["csv.get"];
    button.addEventListener("click", () => { // as shown: filtered and sorted
      const all = [...table.rows].filter((row) => !row.matches(".opened"));
      const rows = all.filter((row) => !row.hidden);
      const part = rows.length < all.length ? `-${words["csv.part"]}` : "";
      saveCsv(named(table.dataset.name) + part, rows.map((row) => [...row.cells].map(textOf)));
    });
    table.closest(".scroll").after(button);
    button.className = "take";
  }

  /* what a cell is worth: a number, a date, or text; nothing where it is blank */
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const [decimal, thousands] = settings.separators;
  const NUMBER = new RegExp(`^([+−-]?)(\\d{1,3}(?:\\${thousands}\\d{3})+|\\d+)(?:\\${decimal}(\\d+))?\\s*%?$`);
  const DATE = /^(?:(\d{2})\/)?(?:(\d{2})\/)?(\d{4})$/;
  const KINDS = {
    number(text) {
      const [all, sign, whole, rest] = text.match(NUMBER) || [];
      return all ? Number(`${/[−-]/.test(sign) ? "-" : ""}${whole.replaceAll(thousands, "")}.${rest || 0}`) : null;
    },
    date(text) {
      const [all, day, month, year] = text.match(DATE) || [];
      return all ? Number(`${year}${month || day || "00"}${month ? day : "00"}`) : null;
    },
  };
  function worth(texts) {
    const numbers = texts.map(KINDS.number);
    const dates = texts.map(KINDS.date);
    const full = (values) => 2 * values.filter((v) => v !== null).length > texts.filter(Boolean).length;
    if (dates.some((v) => v > 9999) && full(dates)) return dates;
    return full(numbers) ? numbers : texts.map((text) => text || null);
  }
  const rearranged = (table) => table.dispatchEvent(new Event("rearranged", { bubbles: true })); // rows opened within are closed
  function order(table, column, down) {
    rearranged(table);
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const values = worth(rows.map((row) => textOf(row.cells[column])));
    const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
    const ranked = rows.map((row, i) => ({ row, value: values[i] }));
    ranked.sort((a, b) => { // what is blank stands last both ways
      if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
      return down ? compare(b.value, a.value) : compare(a.value, b.value);
    });
    body.append(...ranked.map(({ row }) => row));
  }
  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = words["sort.label"];
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        order(table, column, down);
      });
      head.append(button);
    });
  }
  function filter(table) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("output");
    label.className = "filter";
    label.append(table.dataset.filter, " ", input, " ", count);
    input.type = "search";
    let texts = null; // read when they are first looked for
    input.addEventListener("input", () => {
      rearranged(table);
      const rows = [...table.tBodies[0].rows];
      texts = texts || new Map(rows.map((row) => [row, plain(row.textContent)]));
      const wanted = plain(input.value).split(/\s+/).filter(Boolean);
      rows.forEach((row) => { row.hidden = !wanted.every((word) => texts.get(row).includes(word)); });
      count.textContent = words["filter.shown"].replace("{n}", rows.filter((row) => !row.hidden).length);
    });
    table.closest(".scroll").before(label);
  }
  document.querySelectorAll("table[data-name]").forEach((table) => { offer(table); sortable(table); });
  document.querySelectorAll("table[data-filter]").forEach(filter);
  const more = (frame) => { // shows that it goes on to the right
    frame.classList.toggle("more", frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 2);
  };
  const sizes = new ResizeObserver((all) => all.forEach(({ target }) => more(target.closest(".scroll"))));
  document.querySelectorAll(".scroll").forEach((frame) => {
    [frame, ...frame.children].forEach((e) => sizes.observe(e));
    frame.addEventListener("scroll", () => more(frame), { passive: true });
  });
  if (location.hash) reveal(true); // the buttons of the tables above took room
  for (const later of document.querySelectorAll("script.later")) { // they need what was unpacked
    const script = document.createElement("script");
    script.async = false;
    try {
      if (later.dataset.src) script.src = later.dataset.src;
      else script.textContent = await unpack(later);
      document.body.append(script);
    } catch { /* an old browser: the page without what they add */ }
  }
})();
