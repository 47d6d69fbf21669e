// Functions that are sent into the page by their source text: they may use nothing but what is in them.

/**
 * Finds a control by its test id: through open shadow roots, those that the page kept hold of (hostRoots), and
 * frames of the same origin. `scope` is a selector that its element or an element around it has to match.
 */
export function find(hook, scope) {
  const matches = (element) => {
    if (element.dataset?.testid !== hook && element.id !== hook) return false;
    if (!scope) return true;
    for (let node = element; node; node = node.parentNode || node.host)
      if (node.nodeType === 1 && node.matches(scope)) return true;
    return false;
  };
  const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (matches(element)) return element;
      const inner = element.shadowRoot || window.hostRoots?.get(element) || element.contentDocument;
      const found = inner && search(inner);
      if (found) return found;
    }
    return null;
  };
  return search(document);
}

/** Where an element is in the window, and what a pointer at its middle would hit: null if it is the element. */
export function place(element) {
  // WebKit still measures in the element's own pixels where a page has set `zoom`.
  let zoom = 1;
  if (!('currentCSSZoom' in element))
    for (let node = element; node; node = node.parentNode || node.host)
      if (node.nodeType === 1) zoom *= getComputedStyle(node).zoom;
  const measured = element.getBoundingClientRect();
  const box = new DOMRect(measured.x * zoom, measured.y * zoom, measured.width * zoom, measured.height * zoom);
  const spot = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  let hit = element.ownerDocument.elementFromPoint(spot.x, spot.y);
  for (let inner; hit && (inner = hit.shadowRoot || window.hostRoots?.get(hit)); ) {
    const deeper = inner.elementFromPoint(spot.x, spot.y);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  const over = hit && element.contains(hit) ? null : `${hit?.localName}#${hit?.id}.${hit?.className}`;
  let { x, y } = box;
  for (let frame = element.ownerDocument.defaultView.frameElement; frame; frame = frame.ownerDocument.defaultView.frameElement) {
    const outer = frame.getBoundingClientRect();
    x += outer.x + frame.clientLeft;
    y += outer.y + frame.clientTop;
  }
  return { x, y, width: box.width, height: box.height, over };
}

/** The test id or id of what has focus, through shadow roots and frames; null for a page's body. */
export function focused() {
  let at = document.activeElement;
  for (;;) {
    const inner = at?.shadowRoot || window.hostRoots?.get(at) || at?.contentDocument;
    if (!inner?.activeElement) break;
    at = inner.activeElement;
  }
  return at?.dataset.testid ?? (at?.id || (at?.localName === 'body' ? null : at?.localName));
}
