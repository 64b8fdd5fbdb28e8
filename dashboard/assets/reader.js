function drawReader(box, data, act) {
  const t = data.texts;

  const run = (piece) => {
    const attributes = { class: "run" + (piece.said ? " said" : "") + (piece.statement ? " in" : ""), "data-statement": piece.statement,
      title: piece.hint || null, style: piece.colour ? { "--type": piece.colour } : null };
    if (!piece.mention) return make("span", attributes, piece.text);
    const chosen = piece.selection === data.selected;
    return inline({ ...attributes, class: attributes.class + " mention" + (chosen ? " chosen" : "") + (piece.placed ? "" : " lost"),
      "data-mention": piece.mention, "data-place": piece.selection, title: piece.name, "aria-pressed": String(chosen) },
      () => act({ mark: piece.selection }), piece.text);
  };

  const article = arabic("div", { class: "article" }, data.paragraphs.map((runs) => make("p", {}, runs.map(run))));
  const chosen = data.chosen ? make("p", { class: "chosen-place" }, make("bdi", {}, data.chosen.name), " · ",
    make("button", { class: "link", type: "button", onclick: () => act({ place: data.chosen.place }) }, data.chosen.show)) : null;
  const scroll = make("div", { class: "list", tabindex: "0", role: "region", "aria-label": t.article },
    data.notices.length ? make("ul", { class: "notices" }, data.notices.map((one) => make("li", {}, one))) : null, article);
  const before = box.querySelector(".list"), top = before ? before.scrollTop : 0, same = box.dataset.document === data.document;

  box.replaceChildren(make("header", { class: "top" },
    make("button", { class: "link back", type: "button", onclick: () => act({ close: true }) }, t.close),
    make("h2", {}, make("bdi", {}, data.title)), make("p", {}, facts(data.facts)),
    make("p", { class: "legend" }, data.legend.map((one) =>
      make("span", { class: "chip", style: { "--type": one.colour } }, make("i", { "aria-hidden": "true" }, one.glyph), one.label))), chosen), scroll);
  box.dataset.document = data.document;

  const goal = data.at + "@" + data.document;
  if (data.at && box.dataset.goal !== goal) {
    const target = [...article.querySelectorAll("[data-statement]")].filter((one) => one.dataset.statement === data.at);
    target.forEach((one) => one.classList.add("target"));
    if (target.length) requestAnimationFrame(() => target[0].scrollIntoView({ block: "center" }));
  } else if (same) {
    scroll.scrollTop = top;
    if (data.at) [...article.querySelectorAll("[data-statement]")].forEach((one) => one.classList.toggle("target", one.dataset.statement === data.at));
  }
  box.dataset.goal = goal;
}
