"use strict";
/* stands in every page, before its text: opens what is packed, and says which files beside the page are missing */
window.doichieu = (() => {
  const missing = [];
  const settings = () => JSON.parse(document.getElementById("settings").textContent);

  /* what was packed: gzip, every 13 bits of it two digits of base 91 */
  const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%'()*+,-./:;=>?@[]^_`{|}~";
  const value = new Uint8Array(128);
  [...DIGITS].forEach((c, i) => { value[c.charCodeAt(0)] = i; });
  function decode(text) {
    const bytes = new Uint8Array(Math.floor((text.length / 2) * 13 / 8));
    let [held, have, at] = [0, 0, 0];
    for (let i = 0; i < text.length; i += 2) {
      held = (held << 13) | (value[text.charCodeAt(i)] * 91 + value[text.charCodeAt(i + 1)]);
      for (have += 13; have >= 8; at += 1) {
        have -= 8;
        bytes[at] = held >> have;
      }
      held &= (1 << have) - 1;
    }
    return bytes;
  }
  const bytesOf = (packed) => decode(packed.textContent.trim()).subarray(0, Number(packed.dataset.bytes));
  function unpack(packed) {
    const stream = new Response(bytesOf(packed)).body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  /* long parts, packed where assets are shared: all put in at once, so that the page is laid out once */
  async function open() {
    const parts = [...document.querySelectorAll(".part")];
    const texts = await Promise.all(parts.map((part) => unpack(part.querySelector("script"))));
    parts.forEach((part, i) => { part.outerHTML = texts[i]; });
    say();
    return parts.length > 0;
  }

  /* a page that was mailed without its files: style, scripts, plotly.js */
  function say() {
    if (!missing.length) return;
    const { words } = settings();
    const note = document.querySelector(".missing");
    note.hidden = false;
    note.textContent = words["missing.files"].replace("{files}", missing.join(", "));
    if (missing.some((name) => name.endsWith(".js"))) undrawn(words["missing.chart"]);
  }
  function undrawn(text) {
    document.querySelectorAll("figure.chart:not([data-drawn], .failed)").forEach((chart) => {
      const plot = chart.querySelector(".plot");
      plot.textContent = text;
      plot.style.height = "auto";
      chart.classList.add("failed");
    });
  }
  addEventListener("error", ({ target }) => {
    const file = target.dataset && (target.getAttribute("href") || target.getAttribute("src"));
    if (!file) return;
    missing.push(file);
    if (document.readyState !== "loading") say();
  }, true);
  addEventListener("DOMContentLoaded", say);
  return { bytesOf, missing, open, undrawn, unpack };
})();
