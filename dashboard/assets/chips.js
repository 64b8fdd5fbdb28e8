export default function ({ data, parentElement, setTriggerValue }) {
  const box = ground(parentElement, data);
  const act = (value) => setTriggerValue("act", value);
  const chip = (one) =>
    make("button", { class: "pick", type: "button", "data-type": one.code, "aria-pressed": String(one.on), "data-empty": one.count === 0,
      title: one.hint, style: { "--type": one.colour }, onclick: () => act({ toggle: one.code }) },
      make("i", { "aria-hidden": "true" }, one.glyph), one.label, make("b", {}, one.count_text));
  box.replaceChildren(make("div", { class: "row", role: "group", "aria-label": data.texts.types }, data.chips.map(chip),
    data.any ? make("button", { class: "clear link", type: "button", onclick: () => act({ clear: true }) }, data.texts.clear) : null));
}
