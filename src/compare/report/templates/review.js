"use strict";
(() => {
  const form = document.getElementById("review-form");
  const { words, columns, locality } = JSON.parse(document.getElementById("review-settings").textContent);
  const found = (id) => document.getElementById(id);
  const [reader, storing, said] = ["review-reader", "review-storage", "review-said"].map(found);
  const say = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const line = (text) => text.replace(/\s+/g, " ").trim();
  const KEY = `doichieu-review:${locality}`;
  const DECIDED = ["whole", "part", "no", "new"];

  /* what was answered: kept by the browser where it allows that, else in this page only */
  let state = { reader: "", answers: {}, unsaved: false };
  let storage = null;
  function open() {
    try {
      localStorage.setItem(`${KEY}:try`, "1");
      localStorage.removeItem(`${KEY}:try`);
      storage = localStorage;
      read(storage.getItem(KEY));
    } catch {
      storage = null;
    }
  }
  function read(text) {
    try {
      const kept = JSON.parse(text);
      if (kept && typeof kept.answers === "object" && kept.answers) {
        state = { reader: String(kept.reader || ""), answers: kept.answers, unsaved: Boolean(kept.unsaved) };
      }
    } catch {
      /* what cannot be read is written anew with the next answer */
    }
  }
  function keep() {
    try {
      if (storage) storage.setItem(KEY, JSON.stringify(state));
    } catch {
      storage = null;
      storing.textContent = words.memory;
    }
  }

  /* questions and answers */
  let items = [];
  const history = [];
  /* an answer given before others differed is no answer to their dispute */
  const keyOf = ({ dataset: d }) => [d.task, d.family, d.sha, ...(d.settles ? ["settles"] : [])].join("|");
  const control = (item, name) => item.querySelector(`input[name="${name}"]`);
  const answerOf = (item) => state.answers[keyOf(item)] || {};
  const numberOf = (item) => item.id.slice("review-".length);
  const today = () => {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  function show(item) {
    const { match = "", title = control(item, "title").defaultValue, note = "" } = answerOf(item);
    item.querySelectorAll("input[type=radio]").forEach((r) => { r.checked = r.value === match; });
    if (control(item, "title").value !== title) control(item, "title").value = title;
    if (control(item, "note").value !== note) control(item, "note").value = note;
    item.querySelector(".more").hidden = match !== "new";
    item.querySelector(".clear").disabled = !state.answers[keyOf(item)];
    const tag = item.querySelector(".state");
    tag.hidden = !match;
    tag.textContent = match && words[match];
    item.dataset.answer = match;
  }
  function count() {
    const matches = items.map((item) => answerOf(item).match);
    const n = matches.filter((match) => DECIDED.includes(match)).length;
    const skipped = matches.filter((match) => match === "skip").length;
    found("review-progress").textContent = say(words.progress, { n, total: items.length, skipped });
    form.querySelector("progress").value = n;
    found("review-undo").disabled = !history.length;
  }
  function put(item, answer) {
    if (answer) state.answers[keyOf(item)] = answer;
    else delete state.answers[keyOf(item)];
    state.unsaved = true;
    said.textContent = "";
    keep();
    show(item);
    count();
  }
  function change(item, kind, values) {
    const before = state.answers[keyOf(item)];
    const last = history[history.length - 1];
    const typing = kind === "text" && last && last.kind === "text" && last.item === item;
    if (!typing) history.push({ item, kind, before });
    put(item, values && { ...before, ...values, date: today() });
  }
  function undo() {
    const last = history.pop();
    if (!last) return;
    put(last.item, last.before);
    reveal(last.item);
    said.textContent = say(words.undone, { number: numberOf(last.item) });
  }
  function listen(item) {
    item.querySelectorAll("input[type=radio]").forEach((radio) => radio.addEventListener("change", () => {
      change(item, "choice", { match: radio.value, title: control(item, "title").value });
    }));
    for (const name of ["title", "note"]) {
      control(item, name).addEventListener("input", () => change(item, "text", { [name]: control(item, name).value }));
    }
    item.querySelector(".clear").addEventListener("click", () => {
      change(item, "clear", null);
      item.querySelector("input[type=radio]").focus();
    });
  }
  function reveal(item) {
    for (let d = item.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    item.scrollIntoView({ block: "start" });
  }
  function next() {
    const item = items.find((i) => !answerOf(i).match);
    said.textContent = item ? "" : words.complete;
    if (!item) return;
    reveal(item);
    item.querySelector("input[type=radio]").focus({ preventScroll: true });
  }

  /* the file of decisions */
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  function rowsOf(item) {
    const { match, title = "", note = "", date } = answerOf(item);
    if (!DECIDED.includes(match)) return [];
    const { task, family, sha, settles } = item.dataset;
    const row = { task_id: task, family_id: family, match, text_sha: sha, reader: line(reader.value), date, settles, note: line(note) };
    if (match !== "new") return [row];
    const made = { ...row, family_id: "", title_vi: line(title) };
    return settles ? [{ ...row, match: "no" }, made] : [made]; // a dispute ends, and something else begins
  }
  const written = (rows) => [columns, ...rows.map((row) => columns.map((name) => row[name] || ""))]
    .map((row) => row.map(cell).join(",")).join("\r\n");
  function complain(input, text) {
    input.setAttribute("aria-invalid", "true");
    input.addEventListener("input", () => input.removeAttribute("aria-invalid"), { once: true });
    const item = input.closest(".item");
    if (item) reveal(item);
    input.focus();
    said.textContent = text;
  }
  function save() {
    const rows = items.flatMap(rowsOf);
    const untitled = items.find((item) => answerOf(item).match === "new" && !/[\p{L}\p{N}]/u.test(answerOf(item).title || ""));
    if (!rows.length) said.textContent = words.empty;
    else if (untitled) complain(control(untitled, "title"), say(words.untitled, { number: numberOf(untitled) }));
    else if (!line(reader.value)) complain(reader, words.nameless);
    else hand(rows);
  }
  function hand(rows) {
    const link = document.createElement("a");
    link.download = `decisions-${locality}.csv`;
    link.href = URL.createObjectURL(new Blob(["\ufeff", written(rows), "\r\n"], { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    state.unsaved = false;
    keep();
    said.textContent = say(words.saved, { n: rows.length, file: link.download });
  }

  async function start() {
    open();
    const rest = found("review-rest");
    if (rest) {
      try { // made and escaped with the page
        rest.querySelector("ol").innerHTML = await window.doichieu.unpack(rest.querySelector("script"));
      } catch {
        rest.querySelector("summary").insertAdjacentText("afterend", words.locked);
      }
    }
    items = [...form.querySelectorAll(".item")];
    items.forEach(listen);
    render();
    storing.textContent = storage ? words.kept : words.memory;
    reader.addEventListener("input", () => { state.reader = reader.value; keep(); });
    found("review-undo").addEventListener("click", undo);
    found("review-next").addEventListener("click", next);
    found("review-save").addEventListener("click", save);
    form.dataset.ready = "yes";
    if (location.hash.startsWith("#review-")) dispatchEvent(new Event("hashchange"));
  }
  function render() {
    reader.value = state.reader;
    items.forEach(show);
    count();
  }
  addEventListener("storage", (event) => { // the same report, answered in another window
    if (event.key !== KEY || !event.newValue) return;
    read(event.newValue);
    history.length = 0;
    render();
  });
  addEventListener("beforeunload", (event) => {
    if (state.unsaved && !storage) event.preventDefault();
  });
  start();
})();
