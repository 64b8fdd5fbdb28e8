/* The side of the map: the statements of what is selected, or the article that is open. */
export default function ({ data, parentElement, setTriggerValue }) {
  const box = ground(parentElement, data);
  box.classList.add("panel");
  if (data.document === undefined) delete box.dataset.document;
  (data.document === undefined ? drawPanel : drawReader)(box, data, (value) => setTriggerValue("act", value));
}
