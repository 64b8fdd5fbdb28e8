export default function ({ data, parentElement, setTriggerValue }) {
  const box = ground(parentElement, data);
  const item = (one) => make("button", { class: "lost", type: "button", "data-place": one.selection, "aria-pressed": String(one.on),
    onclick: () => setTriggerValue("act", { place: one.selection }) },
    make("bdi", {}, one.name), make("b", {}, one.count), one.reason ? make("span", {}, one.reason) : null);
  box.replaceChildren(
    make("h2", {}, data.texts.title),
    make("p", {}, data.items.length ? data.texts.hint : data.texts.none),
    make("div", { class: "row" }, data.items.map(item),
      data.more ? make("button", { class: "link", type: "button", onclick: () => setTriggerValue("act", { more: true }) }, data.texts.more) : null));
}
