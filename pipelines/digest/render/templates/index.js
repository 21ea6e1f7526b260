"use strict";
{
  // Without scripts every digest stands below, day by day; this finds headlines in all of them.
  const form = document.querySelector(".filter");
  const found = document.querySelector(".found");
  const { none, rest } = form.dataset;
  const note = document.querySelector(".found + .none");
  const days = document.querySelector(".days");
  const { text } = form.elements;
  const most = Number(form.dataset.most);
  const shown = form.querySelector("output");
  const { digests, headlines } = JSON.parse(document.getElementById("searched").textContent);
  const folded = headlines.map(([title]) => title.toLowerCase());

  const link = (digest, words, anchor) => {
    const to = document.createElement("a");
    to.href = `${digests[digest]}.html${anchor && "#"}${anchor}`;
    to.textContent = words;
    return to;
  };
  const time = (digest) => {
    const [, day, hour, minute] = /(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)/.exec(digests[digest]);
    return `${day} ${hour}:${minute}`;
  };
  const line = ([title, first, last, anchor]) => {
    const item = document.createElement("li");
    const when = document.createElement("small");
    when.append(link(first, time(first), ""));
    if (last !== first) when.append(" – ", link(last, time(last), ""));
    item.append(link(first, title, anchor), " ", when);
    return item;
  };
  const find = () => {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fit = wanted.length
      ? headlines.filter((_, place) => wanted.every((word) => folded[place].includes(word)))
      : [];
    found.replaceChildren(...fit.slice(0, most).map(line));
    found.hidden = !fit.length;
    note.textContent = fit.length ? rest : none;
    note.hidden = !wanted.length || (fit.length > 0 && fit.length <= most);
    days.hidden = wanted.length > 0;
    shown.value = `${wanted.length ? fit.length : headlines.length} / ${headlines.length}`;
  };
  form.addEventListener("input", find);
  form.addEventListener("reset", () => setTimeout(find));
  form.addEventListener("submit", (event) => event.preventDefault());
  find();
  form.hidden = false;
}
