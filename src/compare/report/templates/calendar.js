"use strict";
(() => { // the calendar file that stands packed in the page, handed over by a click
  const button = document.getElementById("calendar-take");
  const file = document.getElementById("calendar-file");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const link = document.createElement("a");
    link.download = file.dataset.name;
    const text = await window.doichieu.unpack(file);
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
})();
