// Type-ahead for the search box. Everything works without it: the form is sent as it is.
"use strict";
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(box.getAttribute("list"));
  let waiting = 0, asked = "";
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = box.value.trim();
      if (!typed || typed === asked) return;
      asked = typed;
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || typed !== box.value.trim()) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map((one) => {
        const option = document.createElement("option");
        option.value = one.name;
        option.label = one.region;
        return option;
      }));
    }, 180);
  });
}
