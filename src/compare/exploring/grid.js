// Searching without accents, also for đ, which is a letter of its own, and for ð, which looks like it in capitals (Ð); and how cells are written.
(() => {
  const bare = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đð]/g, "d").replace(/[ĐÐ]/g, "D");
  const fold = (text, both) => {
    if (typeof text !== "string") return text;
    const found = bare(text);
    return found === text ? text : (both === true ? text + " " : "") + found;
  };
  const ready = window.ITABLES;
  if (ready && !window.dcCells) window.ITABLES = ready.then(module => {
    module.jQuery.fn.dataTable.util.diacritics(fold);
    module.set_or_remove_dark_class && module.set_or_remove_dark_class();
    return module;
  });
  window.dcCells = {
    number(data, type, language, plain) {
      const value = data === null || data === "" ? NaN : Number(data);
      if (type !== "display" && type !== "filter") return Number.isFinite(value) ? value : -Infinity;
      if (!Number.isFinite(value)) return "";
      return plain ? String(value) : value.toLocaleString(language, {maximumFractionDigits: 3});
    },
    date(data, type) {
      return type === "sort" || type === "type" ? String(data).split("/").reverse().join("-") : data;
    },
    text(data, type, long) {
      if (type !== "display" || String(data).length <= long) return data;
      return '<div class="dc-long" tabindex="0">' + data + "</div>";
    },
  };
})();
