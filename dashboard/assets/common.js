/* Shared by the page's components. Whatever an article says becomes text nodes, never markup. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function arabic(tag, attributes, ...children) {
  return make(tag, { lang: "ar", dir: "rtl", ...attributes }, ...children);
}

/* A button within running text: it breaks across lines as the text does, which a <button> cannot. */
function inline(attributes, act, text) {
  return make("span", { role: "button", tabindex: "0", ...attributes, onclick: act, onkeydown: (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
  } }, text);
}

/* Facts in a row, each kept apart from the direction of its neighbours. */
function facts(all) {
  return all.map((fact, i) => [i ? " · " : "", make("bdi", {}, fact)]);
}

/* The element that a component fills, kept from one drawing to the next. */
function ground(parent, data) {
  let box = parent.querySelector(".makan");
  if (!box) parent.append((box = make("div", { class: "makan" })));
  box.dir = data.dir;
  box.lang = data.lang;
  return box;
}
