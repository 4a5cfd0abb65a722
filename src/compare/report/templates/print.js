"use strict";
/* paper: charts drawn for it, folds as the reader has them, all of it on request; also where print is asked for at once */
(() => {
  const { bytesOf, drawings, headed, loaded, localise, parse, run, settings, strip } = window.doichieu;
  if (!settings) return; // page.js is missing, and the page says so
  const { words } = settings;
  const SHEET = { width: 676, row: 15, column: 44, bars: 340, low: 240, piece: 3 }; // pixels: between the margins of A4; of a row with its name in one line; at least for a column, for bars; at most without rows; rows of a piece
  const SMALL = { size: 11 }; // 8 points
  const LINE = 15; // pixels of a line of a row's label
  const LONG = 900; // characters from which a row or quote may go on over the page

  /* gzip unpacked without waiting, which the browser's own way cannot: before print nothing may wait (RFC 1951) */
  function codes(lengths) { // what the next bits mean: a symbol, and in the last four bits how many of them it takes
    const most = Math.max(1, ...lengths);
    const table = new Uint16Array(1 << most);
    for (let n = 1, code = 0; n <= most; n += 1, code <<= 1) {
      lengths.forEach((length, symbol) => {
        if (length !== n) return;
        let turned = 0;
        for (let i = 0; i < n; i += 1) turned |= ((code >> i) & 1) << (n - 1 - i);
        for (let at = turned; at < table.length; at += 1 << n) table[at] = (symbol << 4) | n;
        code += 1;
      });
    }
    return table;
  }
  const steps = (first, bits) => bits.reduce((all, n) => [...all, all.at(-1) + 2 ** n], [first]);
  const LENGTH_BITS = [...Array(8).fill(0), 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5];
  const LENGTHS = [...steps(3, LENGTH_BITS).slice(0, 28), 258];
  const FAR_BITS = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
  const FAR = steps(1, FAR_BITS);
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const FIXED = [
    codes(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))), codes(Array(30).fill(5)),
  ];
  function inflate(bytes) {
    const out = new Uint8Array(new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true));
    let [at, end, held, have] = [10, 0, 0, 0];
    const want = (n) => { while (have < n) { held |= bytes[at] << have; at += 1; have += 8; } };
    const drop = (n) => { held >>>= n; have -= n; };
    const take = (n) => {
      want(n);
      const value = held & ((1 << n) - 1);
      drop(n);
      return value;
    };
    const symbol = (table) => {
      want(15);
      const found = table[held & (table.length - 1)];
      if (!(found & 15) || at > bytes.length) throw new RangeError("packed text is damaged");
      drop(found & 15);
      return found >> 4;
    };
    function trees() {
      const [many, far, few] = [take(5) + 257, take(5) + 1, take(4) + 4];
      const short = Array(19).fill(0);
      for (let i = 0; i < few; i += 1) short[ORDER[i]] = take(3);
      const [tree, lengths] = [codes(short), []];
      while (lengths.length < many + far) {
        const s = symbol(tree);
        if (s < 16) lengths.push(s);
        else if (s === 16) lengths.push(...Array(take(2) + 3).fill(lengths.at(-1)));
        else lengths.push(...Array(s === 17 ? take(3) + 3 : take(7) + 11).fill(0));
      }
      return [codes(lengths.slice(0, many)), codes(lengths.slice(many))];
    }
    function block([tree, reach]) {
      for (let s = symbol(tree); s !== 256; s = symbol(tree)) {
        if (s < 256) { out[end] = s; end += 1; continue; }
        const until = end + LENGTHS[s - 257] + take(s === 285 ? 0 : LENGTH_BITS[s - 257]);
        const f = symbol(reach);
        for (const back = FAR[f] + take(FAR_BITS[f]); end < until; end += 1) out[end] = out[end - back];
      }
    }
    function stored() {
      [at, held, have] = [at - (have >> 3), 0, 0];
      const size = bytes[at] + 256 * bytes[at + 1];
      out.set(bytes.subarray(at + 4, at + 4 + size), end);
      [at, end] = [at + 4 + size, end + size];
    }
    for (let last = 0; !last;) {
      last = take(1);
      const kind = take(2);
      if (kind === 3) throw new RangeError("packed text is damaged");
      if (kind) block(kind === 1 ? FIXED : trees()); else stored();
    }
    if (end !== out.length) throw new RangeError("packed text is damaged");
    return new TextDecoder().decode(out);
  }
  const unpackNow = (packed) => inflate(bytesOf(packed));
  function ready(charts) {
    document.querySelectorAll(".part").forEach((part) => { part.outerHTML = unpackNow(part.querySelector("script")); });
    const packed = document.getElementById("plotly");
    if (!window.Plotly && packed) {
      run(unpackNow(packed));
      localise();
    }
    charts().forEach((c) => { if (!drawings.has(c)) drawings.set(c, unpackNow(c.querySelector("script"))); });
  }

  /* a chart for paper: rows of one height, names in one line where they leave room for what is drawn; a grid goes
     on over the page under the same heads, so that nothing else has to wait for room */
  const pen = document.createElement("canvas").getContext("2d");
  function sized(layout) {
    const { yaxis, margin, height, meta: { narrow } } = layout;
    const heads = { ...headed(layout), ...(layout.xaxis && layout.xaxis.tickangle ? { tickfont: SMALL } : {}) }; // on end, two lines a column
    const axes = yaxis ? { xaxis: heads, yaxis: { ...yaxis, tickfont: SMALL } } : {};
    const fitted = { ...layout, width: SHEET.width, ...axes };
    if (!(narrow.rows || []).length || layout.yaxis2 || !Number.isInteger(yaxis.range[0] - 0.5)) {
      const named = (narrow.rows || []).length || (narrow.columns || []).length; // what is named stands too close on less
      return [{ ...fitted, height: named ? height : Math.min(height, SHEET.low) }, 0, 0];
    }
    const count = yaxis.range[0] + 0.5;
    const columns = (narrow.columns || []).length;
    pen.font = `${SMALL.size}px ${getComputedStyle(document.body).fontFamily}`;
    const names = yaxis.ticktext.map((text) => text.replaceAll("<br>", " "));
    const wide = (texts) => 12 + Math.max(...texts.flatMap((text) => text.split("<br>")).map((text) => pen.measureText(text).width));
    const short = SHEET.width - wide(names) >= (columns ? columns * SHEET.column : SHEET.bars);
    const texts = short ? names : yaxis.ticktext;
    const lines = Math.max(2, ...yaxis.ticktext.map((text) => text.split("<br>").length));
    const row = Math.min((height - margin.t - margin.b) / count, short ? SHEET.row : lines * LINE);
    Object.assign(fitted.yaxis, { ticktext: texts, automargin: false, ticklabeloverflow: "allow" });
    const said = yaxis.title && yaxis.title.text ? 20 : 0; // on end, beside the names
    fitted.margin = { ...margin, l: Math.ceil(wide(texts)) + said, r: columns ? 4 : margin.r };
    fitted.height = margin.t + margin.b + row * count;
    return [fitted, count, columns ? row : 0];
  }
  function slices([fitted, count, row]) { // rows a few at a time, without heads
    const { margin, xaxis, yaxis } = fitted;
    return Array.from({ length: Math.ceil(count / SHEET.piece) }, (_, i) => {
      const [from, to] = [i * SHEET.piece, Math.min((i + 1) * SHEET.piece, count)];
      return {
        ...fitted, height: row * (to - from), margin: { ...margin, t: 0, b: 0 }, xaxis: { ...xaxis, showticklabels: false, title: undefined },
        yaxis: { ...yaxis, range: [to - 0.5, from - 0.5] },
      };
    });
  }
  let drawing = [];
  function plot(leaf, data, layout) {
    leaf.classList.add("leaf");
    drawing.push(Plotly.newPlot(leaf, data, JSON.parse(JSON.stringify(layout)), { staticPlot: true, locale: document.documentElement.lang }));
  }
  /* numbers keep a size that is read on paper; one that its bar is too short for stands in the table */
  function numbered(traces, { width, margin, xaxis }) {
    const bars = traces.filter((trace) => trace.type === "bar" && trace.orientation === "h" && trace.text);
    const longest = bars.length && Math.max(...bars[0].x.map((_, row) => bars.reduce((sum, { x }) => sum + x[row], 0))); // at most: stacked
    const unit = (width - margin.l - margin.r) / (xaxis && xaxis.range ? xaxis.range[1] - xaxis.range[0] : longest * 1.06);
    pen.font = `600 ${SMALL.size}px ${getComputedStyle(document.body).fontFamily}`;
    const fitting = ({ text, x }) => text.map((said, row) => (pen.measureText(said).width + 2 <= x[row] * unit ? said : ""));
    return traces.map((trace) => {
      if (trace.type === "heatmap") return { ...trace, textfont: { ...trace.textfont, ...SMALL } };
      return bars.includes(trace) ? { ...trace, text: fitting(trace), constraintext: "none", insidetextfont: { ...trace.insidetextfont, ...SMALL } } : trace;
    });
  }
  function draw(chart) {
    const drawn = strip(parse(chart, true));
    const found = sized(drawn.layout);
    const [whole, count, row] = found;
    delete whole.uniformtext;
    const data = numbered(drawn.data, whole);
    const before = chart.querySelector(".scroll");
    const add = (e) => { before.before(e); return e; };
    if (!row || count <= SHEET.piece) plot(add(document.createElement("div")), data, whole);
    else {
      const table = add(document.createElement("table"));
      table.className = "pieces";
      const body = table.createTBody();
      const top = table.createTHead().insertRow().insertCell().appendChild(document.createElement("div"));
      top.className = "heads";
      top.style.gridTemplateColumns = `${whole.margin.l}px repeat(${drawn.layout.xaxis.ticktext.length}, minmax(0, 1fr)) ${whole.margin.r}px`;
      ["", ...drawn.layout.xaxis.ticktext].forEach((text) => {
        const head = document.createElement(text.startsWith("<b>") ? "b" : "span"); // the locality of the report
        head.innerText = text.replaceAll("<br>", "\n").replace(/<\/?b>/g, "");
        top.append(head);
      });
      slices(found).forEach((piece) => plot(body.insertRow().insertCell().appendChild(document.createElement("div")), data, piece));
    }
    chart.dataset.printed = "yes";
  }

  /* what is folded stays away, but for what has no other picture and for titles that a reader looks for */
  let [opened, whole] = [[], false];
  const folds = () => {
    const shut = [...document.querySelectorAll("details:not([open])")];
    return whole ? shut : shut.filter((d) => d.matches(".group:has(.gap), [data-chosen] .side, figure.chart:not([data-printed]) + .data"));
  };
  function before() {
    const charts = () => [...document.querySelectorAll("figure.chart")];
    document.documentElement.dataset.paper = whole ? "all" : "main";
    try {
      ready(charts);
      charts().filter((c) => !c.dataset.printed).forEach(draw);
    } catch { /* the tables stand in for the charts */ }
    opened = [...opened, ...folds()]; // asked twice, before it was printed once
    opened.forEach((d) => { d.open = true; });
    document.querySelectorAll("tbody tr, blockquote, .said").forEach((e) => e.classList.toggle("tall", e.textContent.length > LONG));
  }
  function after() {
    const leaves = [...document.querySelectorAll(".leaf")];
    Promise.allSettled(drawing).then(() => leaves.forEach((leaf) => { if (window.Plotly) Plotly.purge(leaf); (leaf.closest(".pieces") || leaf).remove(); }));
    drawing = [];
    document.querySelectorAll("[data-printed]").forEach((chart) => delete chart.dataset.printed);
    opened.forEach((d) => { d.open = false; });
    [opened, whole] = [[], false];
  }
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);

  /* plotly.js in a file beside the page cannot be waited for once print has begun: it is waited for before */
  const late = () => !window.Plotly && document.querySelector("script.plotly");
  async function ask(all) {
    if (late()) await loaded().catch(() => {}); // where it is missing, the tables stand in for the charts
    whole = all;
    print();
  }
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !late()) return;
    event.preventDefault();
    ask(false);
  });

  function offer(contents) {
    const choices = document.createElement("p");
    choices.className = "prints";
    for (const [key, all] of [["print.main", false], ["print.all", true]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words[key];
      button.addEventListener("click", () => ask(all));
      choices.append(button);
    }
    contents.append(choices);
  }
  offer(document.querySelector(".contents details"));
})();
