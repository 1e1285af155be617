// Builds elements: h("p", {class: "said"}, "Hello ", h("em", {}, "you")).

/**
 * Make an element. Properties starting with "on" are listeners, "style" holds custom properties,
 * everything else is an attribute; null and false leave an attribute out.
 * @param {string} tag
 * @param {Record<string, any>} [has]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function h(tag, has = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(has)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style")
      for (const [key, to] of Object.entries(value)) element.style.setProperty(key, String(to));
    else if (name === "value") /** @type {any} */ (element).value = value;
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, ...children);
  return element;
}

/**
 * Replace what an element holds.
 * @param {Element} element
 * @param {...(Node|string|null|undefined|false)} children
 */
export function put(element, ...children) {
  const wanted = /** @type {(Node|string)[]} */ (
    children.flat().filter((child) => child !== null && child !== undefined && child !== false)
  );
  element.replaceChildren(...wanted);
}

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [has]
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function svg(tag, has = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(has)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Draw something anew and give the keyboard back to where it was: elements that may hold it have
 * a `data-key` of their own.
 * @param {() => void} draw
 */
export function keepFocus(draw) {
  const key = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.key;
  draw();
  if (key)
    /** @type {HTMLElement|null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus({
      preventScroll: true,
    });
}

/**
 * Turn "*Alien*" in a sentence into emphasis.
 * @param {string} sentence
 * @returns {(Node|string)[]}
 */
export function emphasised(sentence) {
  return sentence.split("*").map((part, i) => (i % 2 ? h("em", {}, part) : part));
}
