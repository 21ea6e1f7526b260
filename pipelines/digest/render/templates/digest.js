"use strict";
{
  // Without scripts everything is shown and folds by itself; this finds and copies.
  const form = document.querySelector(".filter");
  const stories = [...document.querySelectorAll("[data-lists]")];
  const cards = [...document.querySelectorAll("details.more")];
  const { category, list, text, unfold } = form.elements;
  const shown = form.querySelector("output");

  const choose = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    for (const story of stories) {
      const fits =
        (!category.value || story.dataset.category === category.value) &&
        (!list.value || story.dataset.lists.split(" ").includes(list.value)) &&
        (!wanted || story.textContent.toLowerCase().includes(wanted));
      story.hidden = !fits;
      count += fits;
    }
    shown.value = `${count} / ${stories.length}`;
  };
  form.addEventListener("input", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  unfold.addEventListener("click", () => {
    const open = !cards.every((card) => card.open);
    for (const card of cards) card.open = open;
  });
  choose();
  form.hidden = false;

  if (navigator.clipboard) {
    for (const card of document.querySelectorAll(".topic")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = form.dataset.copy;
      button.addEventListener("click", async () => {
        const link = card.querySelector("h3 a");
        const lines = [...card.querySelectorAll("h3 .title, .printed, .why, .outlook")].map((line) => line.textContent.trim());
        await navigator.clipboard.writeText([...lines, link ? link.href : ""].filter(Boolean).join("\n"));
        button.textContent = form.dataset.copied;
        setTimeout(() => { button.textContent = form.dataset.copy; }, 2000);
      });
      card.querySelector(".actions").append(button);
    }
  }
}
