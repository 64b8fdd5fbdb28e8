function drawPanel(box, data, act) {
  const t = data.texts;

  const part = (piece) => {
    if (piece.here) return make("mark", {}, piece.text);
    if (piece.place) return inline({ class: "place", "data-place": piece.place, title: piece.name }, () => act({ place: piece.place }), piece.text);
    return make("span", { class: piece.said ? null : "frame" }, piece.text);
  };

  const speaker = (who) => who
    ? make("p", { class: "speaker" }, "— ", make("bdi", {}, who.name), who.role ? make("span", {}, t.comma, make("bdi", {}, who.role)) : null,
        who.note ? make("em", {}, who.note) : null)
    : make("p", { class: "speaker none" }, "— ", t.no_speaker);

  const card = (one) => {
    const words = arabic("blockquote", { class: "words" }, one.parts.map(part));
    const more = one.long ? make("button", { class: "link more", type: "button", "aria-expanded": "false", onclick: () => {
      const open = words.classList.toggle("cut");
      more.textContent = open ? t.more : t.less;
      more.setAttribute("aria-expanded", String(!open));
    } }, t.more) : null;
    if (one.long) words.classList.add("cut");
    return make("article", { class: "card", "data-statement": one.id, "data-type": one.type, style: { "--type": one.colour } },
      make("header", {}, make("span", { class: "chip" }, make("i", { "aria-hidden": "true" }, one.glyph), one.type_label),
        make("span", { class: "tag" }, [one.form, ...one.flags].join(" · "))),
      words, more, speaker(one.speaker),
      make("footer", {},
        make("span", { class: "from" }, facts(one.article)),
        make("button", { class: "link open", type: "button", onclick: () => act({ open: one.document, at: one.id }) }, t.open)));
  };

  const head = data.head;
  const top = make("header", { class: "top" },
    head.clear ? make("button", { class: "link back", type: "button", onclick: () => act({ place: null }) }, t.all_places) : null,
    make("h2", {}, make("bdi", {}, head.name), head.other ? make("bdi", { class: "other" }, head.other) : null),
    make("p", {}, facts(head.facts)),
    head.note ? make("p", { class: "note" }, head.note) : null);

  const pager = data.pages > 1 ? make("nav", { class: "pager" },
    make("button", { class: "link", type: "button", disabled: data.page === 0, onclick: () => act({ page: data.page - 1 }) }, t.previous),
    make("span", {}, data.page_text),
    make("button", { class: "link", type: "button", disabled: data.page + 1 === data.pages, onclick: () => act({ page: data.page + 1 }) }, t.next)) : null;

  const empty = data.cards.length ? null : make("div", { class: "empty" }, make("strong", {}, t.empty), t.empty_hint,
    data.filtered ? make("p", {}, make("button", { class: "link", type: "button", onclick: () => act({ clear: true }) }, t.clear)) : null);

  const list = make("div", { class: "list", tabindex: "0", role: "region", "aria-label": t.statements }, data.cards.map(card), empty, pager);
  box.replaceChildren(top, list);
}
