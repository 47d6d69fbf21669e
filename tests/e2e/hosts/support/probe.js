// Runs first of all on every host page and notes what the widget could leave behind on it.
// It wraps what it has to before the loader is there; hostProbe.report() tells, as plain data.
// It is served to three engines as it is: no module, no build.
(() => {
  const own = 'partner-desk';
  const notes = { complaints: [], violations: [], mutations: [], longTasks: [], shifts: [], events: [] };

  // ---- Complaints: the console, errors, the content security policy.

  const text = (value) => {
    try {
      return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
    } catch {
      return 'a value that cannot be told';
    }
  };
  for (const level of ['error', 'warn']) {
    const say = console[level];
    console[level] = (...values) => {
      notes.complaints.push(values.map(text).join(' '));
      say.apply(console, values);
    };
  }
  addEventListener('error', (event) => event.message && notes.complaints.push(event.message));
  addEventListener('unhandledrejection', (event) => notes.complaints.push(`unhandled ${text(event.reason)}`));
  addEventListener('securitypolicyviolation', (event) =>
    notes.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
  for (const name of ['ready', 'open', 'close', 'submitted', 'queued', 'failed', 'unread'])
    addEventListener(`pd-${name}`, ({ type, detail }) => notes.events.push({ type, detail }));

  // ---- Listeners on anything that is not inside the widget's element.

  const listeners = [];
  const isOutside = (target) =>
    !(target instanceof Node) || (target.getRootNode() === document && !target.closest?.(own));
  const watched = (target) =>
    target === window || target === window.visualViewport || target instanceof Node || target instanceof MediaQueryList || target === screen.orientation || target === navigator.connection || target === navigator.serviceWorker;
  const nameOf = (target) =>
    target === window ? 'window' : target.nodeName?.toLowerCase() ?? target.constructor.name;
  const capturing = (options) => Boolean(typeof options === 'object' ? options?.capture : options);
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const forget = (target, type, listener, capture) => {
    const at = listeners.findIndex(
      (one) => one.target === target && one.type === type && one.listener === listener && one.capture === capture,
    );
    if (at >= 0) listeners.splice(at, 1);
  };
  EventTarget.prototype.addEventListener = function addEventListener(type, listener, options) {
    const target = this ?? window;
    const capture = capturing(options);
    if (watched(target)) {
      forget(target, type, listener, capture);
      listeners.push({ target, type, listener, capture });
      const gone = () => forget(target, type, listener, capture);
      if (options?.signal) add.call(options.signal, 'abort', gone);
      if (options?.once) add.call(target, type, gone, { capture });
    }
    return add.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function removeEventListener(type, listener, options) {
    const target = this ?? window;
    forget(target, type, listener, capturing(options));
    return remove.call(target, type, listener, options);
  };
  const handlers = () =>
    [window, document, document.documentElement, document.body].flatMap((target) => {
      const names = [];
      for (const name in target) if (name.startsWith('on') && target[name] !== null) names.push(`${nameOf(target)}.${name}`);
      return names;
    });

  // ---- Built-in functions, by identity: a patched prototype shows as a changed one.

  const functions = () => {
    const found = new Map();
    const note = (path, object) => {
      for (const key of Reflect.ownKeys(object)) {
        const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key);
        const name = `${path}.${String(key)}`;
        if (typeof value === 'function') found.set(name, value);
        if (get) found.set(`get ${name}`, get);
        if (set) found.set(`set ${name}`, set);
      }
    };
    for (const key of Object.getOwnPropertyNames(window)) {
      const { value } = Object.getOwnPropertyDescriptor(window, key);
      if (typeof value === 'function' && /^[A-Z]/.test(key)) {
        note(key, value);
        if (value.prototype) note(`${key}.prototype`, value.prototype);
      } else if (['JSON', 'Math', 'Reflect', 'console', 'Intl', 'WebAssembly'].includes(key)) note(key, value);
      else if (typeof value === 'function') found.set(key, value);
    }
    note('history', history);
    note('document', document);
    return found;
  };

  // ---- Nodes, attributes and styles outside the element. Its shadow tree is not observed, and its own.

  const shown = (node) => node.nodeName.toLowerCase();
  const observe = () =>
    new MutationObserver((records) => {
      for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
        const what = attributeName ?? [...addedNodes, ...removedNodes].map(shown).join(' ');
        notes.mutations.push(`${shown(target)} ${type} ${what}`);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const markup = () => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll(own).forEach((element) => element.remove());
    return copy.outerHTML;
  };
  const looks = (element) => {
    const style = getComputedStyle(element);
    return Array.from(style, (name) => `${name}: ${style.getPropertyValue(name)}`);
  };

  // ---- What browsers keep. IndexedDB and caches answer later.

  const kept = async () => ({
    cookies: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: ((await navigator.serviceWorker?.getRegistrations()) ?? []).length,
  });

  // ---- Long tasks and layout shifts, where the engine tells. Only scripts of the widget count as its tasks:
  // a busy machine makes any task long.

  const LONG_MS = 50;
  const watch = (type, note) => {
    const told = PerformanceObserver.supportedEntryTypes.includes(type);
    if (told) new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    return told;
  };
  const told = {
    longTasks: watch('long-animation-frame', ({ scripts }) => {
      for (const { sourceURL, duration } of scripts)
        if (sourceURL.includes('/partner-desk/') && duration >= LONG_MS) notes.longTasks.push(`${sourceURL} ${duration}`);
    }),
    shifts: watch('layout-shift', ({ value }) => notes.shifts.push(value)),
  };

  let before;
  let globals;
  let styles;
  window.hostProbe = {
    notes,
    /** Everything up to now is the page's own. Called when the page is parsed and the loader not yet there. */
    begin() {
      listeners.length = 0;
      for (const list of Object.values(notes)) list.length = 0;
      performance.clearResourceTimings();
      styles = { html: looks(document.documentElement), body: looks(document.body) };
      before = functions();
      globals = new Set(Reflect.ownKeys(window));
      observe();
    },
    /** What is there beyond what begin() saw, and what the page looks like now. */
    async report() {
      const now = functions();
      const changed = [...before.keys()].filter((name) => now.get(name) !== before.get(name));
      const added = [...now.keys()].filter((name) => !before.has(name) && !name.includes('PartnerDesk'));
      const moved = (name, element) => looks(element).filter((line, at) => line !== styles[name][at]);
      return {
        elements: document.querySelectorAll(own).length,
        globals: Reflect.ownKeys(window).filter((key) => !globals.has(key)).map(String),
        functions: [...changed, ...added],
        listeners: listeners.filter(({ target }) => isOutside(target)).map(({ target, type }) => `${nameOf(target)} ${type}`),
        handlers: handlers(),
        markup: markup(),
        mutations: [...notes.mutations],
        styles: [...moved('html', document.documentElement), ...moved('body', document.body)],
        sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
        history: history.length,
        url: location.href,
        title: document.title,
        scroll: [scrollX, scrollY],
        requests: performance.getEntriesByType('resource').map(({ name }) => name),
        kept: await kept(),
        times: { told, longTasks: [...notes.longTasks], shifts: [...notes.shifts] },
        complaints: [...notes.complaints],
        violations: [...notes.violations],
      };
    },
  };
})();
