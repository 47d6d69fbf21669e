// The launcher can be moved out of the way: drawn with the pointer, by the arrow keys while it has focus, or
// from the panel. The build appends this to the glue, so that a page pays for it only when somebody is about to
// use the widget. The loader puts the launcher where local storage says; only a person's own moving ever writes it.
// It must never move anything else.

/** Below this many px a press is a click with an unsteady hand. */
const STEADY = 8;
/** The least distance from an edge, and what the launcher needs with it, in px. */
const LEAST = 16;
const ROOM = 48 + LEAST;
const STEP = 24;
const seen = new WeakSet();

/** Makes `launcher` movable; `moved` is called with `side|distance from the lower edge`. Once per launcher. */
export function movable(launcher, moved) {
  if (seen.has(launcher)) return;
  seen.add(launcher);
  const root = launcher.parentNode;
  const { host } = launcher.getRootNode();
  // Where the press began, how far it went, and whether the click that follows belongs to it.
  let from, distance, drawn;

  const side = () => root.dataset.position || 'end';
  const height = () => parseFloat(getComputedStyle(launcher).marginBlockEnd) || LEAST;
  const put = (side, height) => {
    // A smaller window must not lose it.
    const px = Math.round(Math.max(LEAST, Math.min(height, innerHeight - ROOM)));
    const place = `${side}|min(${px}px,100dvh - ${ROOM}px)`;
    try {
      if (host.getAttribute('storage') !== 'off') localStorage['partner-desk'] = place;
    } catch {
      // Then it is remembered for this page only.
    }
    moved(place);
  };
  const isRtl = () => getComputedStyle(launcher).direction === 'rtl';
  const sideAt = (isLeft) => (isLeft === isRtl() ? 'end' : 'start');

  launcher.addEventListener('pointermove', (event) => {
    // Not a press that began elsewhere and comes by. A finger's press captures by itself, also before we were here.
    if (!(event.buttons & 1) || !launcher.hasPointerCapture(event.pointerId)) return;
    from ||= event;
    distance = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!drawn && Math.hypot(...distance) < STEADY) return;
    drawn = true;
    launcher.style.translate = distance.map((px) => `${px}px`).join(' ');
  });
  // Text of the page that is selected around it would be dragged instead.
  launcher.addEventListener('dragstart', (event) => event.preventDefault());
  launcher.addEventListener('pointercancel', () => (drawn = false));
  launcher.addEventListener('lostpointercapture', () => {
    const { left, right } = launcher.getBoundingClientRect();
    launcher.style.translate = '';
    from = undefined;
    if (!drawn) return;
    put(sideAt(left + right < innerWidth), height() - distance[1]);
    // After a touch the click comes a little later; one that a screen reader makes must not be lost.
    setTimeout(() => (drawn = false), 400);
  });
  launcher.addEventListener('pointerdown', (event) => {
    drawn = false;
    if (event.button) return;
    from = event;
    // A quick hand is off the launcher before the first move is told.
    launcher.setPointerCapture(event.pointerId);
  });
  // The click at the end of a move is no wish to open.
  launcher.addEventListener('click', (event) => drawn && event.detail && event.stopImmediatePropagation(), true);

  launcher.ariaKeyShortcuts = 'ArrowUp ArrowDown ArrowLeft ArrowRight';
  launcher.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const steps = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    const sides = { ArrowLeft: true, ArrowRight: false }[event.key];
    if (steps) put(side(), height() + steps);
    else if (sides !== undefined) put(sideAt(sides), height());
    else return;
    event.preventDefault();
  });
  // From the panel: to the other side.
  launcher.addEventListener('pd-move', () => put(side() === 'end' ? 'start' : 'end', height()));
}
