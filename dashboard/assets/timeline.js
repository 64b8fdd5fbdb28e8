export default function ({ data, parentElement, setTriggerValue }) {
  const box = ground(parentElement, data);
  const bar = (one) => make("button", { class: "bar", type: "button", "data-day": one.day, "aria-pressed": String(one.on), title: one.label,
    "aria-label": one.label, style: { "inset-inline-start": `${one.at}%` }, onclick: () => setTriggerValue("act", { day: one.day }) },
    one.parts.map((part) => make("i", { style: { height: `${part.height}%`, background: part.colour } })));
  box.replaceChildren(data.bars.length ? make("section", { "aria-label": data.texts.title },
    make("h2", {}, data.texts.title),
    make("div", { class: "days" }, data.bars.map(bar)),
    make("div", { class: "ends" }, make("bdi", {}, data.first), make("bdi", {}, data.last))) : "");
}
