"use strict";
(async () => {
  window.doichieu = { unpack };
  const parts = [...document.querySelectorAll(".part")]; // long parts, packed where assets are shared
  for (const part of parts) part.outerHTML = await unpack(part.querySelector("script"));
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const words = settings.words;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = [...document.querySelectorAll("figure.chart")];
  const PRINTED = { width: 660, height: 840 }; // pixels between the margins of A4, less a caption

  /* what was packed: base 85, five characters for four bytes, and gzip */
  function decode(text) {
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=/?@^_:{|}~";
    const value = new Uint8Array(128);
    [...digits].forEach((c, i) => { value[c.charCodeAt(0)] = i; });
    const view = new DataView(new ArrayBuffer((text.length / 5) * 4));
    for (let i = 0; i < text.length; i += 5) {
      let n = 0;
      for (let k = 0; k < 5; k += 1) n = n * 85 + value[text.charCodeAt(i + k)];
      view.setUint32((i / 5) * 4, n);
    }
    return new Uint8Array(view.buffer);
  }
  function unpack(packed) {
    const bytes = decode(packed.textContent.trim()).subarray(0, Number(packed.dataset.bytes));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }
  const drawings = new Map();
  const unpackChart = async (chart) => { drawings.set(chart, await unpack(chart.querySelector("script"))); };
  const breathe = () => new Promise((done) => { setTimeout(done); }); // between two steps the page answers
  async function load() {
    const packed = document.getElementById("plotly"); // none where plotly.js stands in a file beside
    const script = document.createElement("script");
    if (packed) script.textContent = await unpack(packed);
    await breathe();
    const beside = document.querySelector("script.plotly");
    if (beside) script.src = beside.dataset.src;
    document.head.append(script);
    if (beside) await new Promise((done, failed) => { script.onload = done; script.onerror = failed; });
    script.remove();
    const [decimal, thousands] = settings.separators;
    const format = { decimal, thousands, grouping: [3], date: "%d/%m/%Y" };
    const name = document.documentElement.lang; // English is plotly's own
    if (name !== "en") Plotly.register({ moduleType: "locale", name, dictionary: {}, format });
  }

  /* a figure for this page: title and source are text of the page, colours follow the scheme */
  function parse(chart, night = dark.matches) {
    const colour = (_, v) => (night && typeof v === "string" && settings.dark[v]) || v;
    const figure = JSON.parse(drawings.get(chart), colour);
    figure.layout.template = JSON.parse(JSON.stringify(settings.template), colour);
    return figure;
  }
  const NARROW = 560;
  function strip({ data, layout }, width, printed) {
    const { room } = settings;
    const { legend, narrow } = layout.meta;
    const above = room.title + (legend.length ? room.legend : 0);
    const margin = { ...layout.margin, t: layout.margin.t - above, b: layout.margin.b - room.source };
    const fitted = {
      ...layout, margin, title: undefined, showlegend: false, height: layout.height - above - room.source,
      annotations: (layout.annotations || []).filter((note) => note.name !== "source"),
    };
    const small = { size: 11 };
    if (narrow.columns && narrow.columns.length && (printed || width < NARROW)) {
      fitted.xaxis = { ...layout.xaxis, ticktext: narrow.columns, tickfont: small };
    }
    if (printed) {
      fitted.width = width;
      fitted.height = Math.min(fitted.height, PRINTED.height);
      fitted.yaxis = { ...layout.yaxis, tickfont: small };
    } else if (width < NARROW && narrow.rows) {
      fitted.yaxis = { ...layout.yaxis, ticktext: narrow.rows, tickfont: small };
      fitted.margin = { ...margin, l: 0, r: 14 };
      fitted.height += Math.round((fitted.height - margin.t - margin.b) * (narrow.stretch - 1));
    }
    return { data: data.map((trace) => (legend.length && trace.colorbar ? { ...trace, showscale: false } : trace)), layout: fitted };
  }
  function save(format) {
    return (plot) => {
      const figure = parse(plot.closest("figure"), false); // dark ink on white, wherever it goes
      const name = plot.closest("figure").id;
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
  function draw(chart, printed) {
    const plot = chart.querySelector(".plot");
    const width = printed ? PRINTED.width : plot.parentElement.clientWidth;
    const { data, layout } = strip(parse(chart), width, printed);
    chart.dataset.narrow = width < NARROW;
    plot.style.height = `${layout.height}px`;
    Plotly.react(plot, data, printed ? layout : { ...layout, autosize: true }, options());
    plot.querySelectorAll(".main-svg").forEach((svg, i) => { // one picture by name; its other layers are silent
      const said = i ? { "aria-hidden": "true" } : { role: "img", "aria-labelledby": `${chart.id}-title` };
      Object.entries(said).forEach(([name, value]) => svg.setAttribute(name, value));
    });
    chart.dataset.drawn = "yes";
  }
  const redraw = () => charts.filter((c) => c.dataset.drawn).forEach((c) => draw(c));

  async function start() {
    try {
      await load();
    } catch (error) {
      charts.forEach((c) => { c.querySelector(".plot").textContent = words["chart.failed"]; c.classList.add("failed"); });
      return;
    }
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((e) => e.isIntersecting)) {
        seen.unobserve(entry.target);
        if (!drawings.has(entry.target)) unpackChart(entry.target).then(() => draw(entry.target));
        else if (!entry.target.dataset.drawn) draw(entry.target);
      }
    }, { rootMargin: "300px" });
    charts.forEach((c) => seen.observe(c));
    dark.addEventListener("change", redraw);
    addEventListener("resize", () => charts.forEach((c) => {
      const narrow = c.querySelector(".scroll").clientWidth < NARROW;
      if (c.dataset.drawn && String(narrow) !== c.dataset.narrow) draw(c);
    }));
    addEventListener("beforeprint", () => charts.filter((c) => drawings.has(c)).forEach((c) => draw(c, true)));
    addEventListener("afterprint", redraw);
    for (const chart of charts) { // what is not in view yet: at leisure, for print must find it at once
      await breathe();
      if (!drawings.has(chart)) await unpackChart(chart);
    }
  }

  /* folded parts: opened for print and for a link into them */
  let shut = [];
  addEventListener("beforeprint", () => {
    shut = [...document.querySelectorAll("details:not([open])")];
    shut.forEach((d) => { d.open = true; });
    document.querySelectorAll("tbody tr").forEach((row) => row.classList.toggle("tall", row.offsetHeight > PRINTED.height / 3));
  });
  addEventListener("afterprint", () => shut.forEach((d) => { d.open = false; }));
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let opened = parts.length > 0;
    for (let d = target.closest("details"); d; d = d.parentElement.closest("details")) {
      opened = opened || !d.open;
      d.open = true;
    }
    if (opened) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);

  /* tables: taken as CSV, sorted by their headings, filtered without regard to marks */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const textOf = (cell) => cell.innerText.trim().replace(/\s*\n\s*/g, " ");
  function field(text) {
    const tame = /^[=+\-@\t]/.test(text) && isNaN(text) ? `'${text}` : text;
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
  window.doichieu = { unpack, plain, saveCsv };
  function offer(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words["csv.get"];
    button.addEventListener("click", () => { // as shown: filtered and sorted
      const rows = [...table.rows].filter((row) => !row.hidden);
      saveCsv(table.dataset.name, rows.map((row) => [...row.cells].map(textOf)));
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
  function order(table, column, down) {
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
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => plain(row.textContent));
    input.addEventListener("input", () => {
      const wanted = plain(input.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => { row.hidden = !wanted.every((word) => texts[i].includes(word)); });
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
  if (matchMedia("(max-width: 70rem)").matches) document.querySelector(".contents details").open = false;
  reveal();
  for (const later of document.querySelectorAll("script.later")) { // they need what was unpacked
    const script = document.createElement("script");
    script.src = later.dataset.src;
    script.async = false;
    document.body.append(script);
  }
  if (charts.length) start();
})();
