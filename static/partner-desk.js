// Partner Desk: the script that a page embeds. It defines <partner-desk>, paints the launcher and fetches
// the app when somebody is about to open it. The contract with the page is in README.md, the one with
// the app src/embed.rs. It must never touch anything of the page but its own element.
//
// A page can embed this file as it is. What is served has short names and no comments, and knows its build.
// A browser that is too old for a popover keeps what the page has put into the element instead.
if (!customElements.get('partner-desk') && 'popover' in document.documentElement) {
  // Only now does the browser say where this script came from. An <img name=currentScript> is no script.
  const { tagName, src } = document.currentScript || {};

  // Filled in by the build: the version, and `sha256-…` of the WebAssembly, which is fetched beside the glue.
  // The glue has the hashes of all other files below app/.
  const VERSION = 'dev';
  const HASH = '';

  // What must be there without the app: language|launcher|fallback|retry|close.
  const TEXTS = `en|Help Center for Partner Support|The form could not start.|Try again|Close
de|Help Center für den Partnersupport|Das Formular konnte nicht starten.|Erneut versuchen|Schließen
nl|Help Center voor partnersupport|Het formulier kon niet starten.|Opnieuw proberen|Sluiten
fr|Help Center du support partenaires|Le formulaire n’a pas démarré.|Réessayer|Fermer
es|Help Center de soporte para partners|El formulario no pudo iniciarse.|Reintentar|Cerrar
pt-BR|Help Center de suporte a parceiros|O formulário não pôde iniciar.|Tentar de novo|Fechar
ja|パートナーサポートのヘルプセンター|フォームを開始できません。|再試行|閉じる
ar|مركز مساعدة دعم الشركاء|تعذر بدء النموذج.|أعد المحاولة|إغلاق
hi|पार्टनर सहायता केंद्र|फ़ॉर्म शुरू नहीं हुआ।|फिर कोशिश करें|बंद करें`.split('\n').map((line) => line.split('|'));

  // The attributes, and a pattern that accepts their values. Defaults are where the values are used.
  const RULES = new Map(String.raw`dc us|in|au|jp|eu|sa|ca|uk
region us|in|au|jp|eu|sa|ca|uk
endpoint https?://.+
lang [\w-]+
theme auto|light|dark
position end|start
offset-block \d.*
offset-inline \d.*
z-index -?\d+
preload intent|idle|none
storage on|off
launcher shown|hidden
shadow auto|open|closed
assets .+
deep-link off|on
qa \d+-\d+-\d+T.+`.split('\n').map((line) => line.split(' ')));
  const names = [...RULES.keys()];
  const said = {};

  // Nothing that matters stands on :host, pages reset it; as a block it does without the line that WebKit makes
  // room for on pages from right to left. `all: initial` keeps out what pages hand down. Launcher and panel have
  // no `dir` of their own: "end" is the page's end, whatever direction our texts have.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host(:not([hidden])){display:contents}
.pd-root{all:initial;position:fixed;font:medium/1.5 system-ui;color-scheme:light dark;--accent:light-dark(oklch(from var(--pd-accent,#2952cc) min(l,.46) c h/1),oklch(from var(--pd-accent,#2952cc) max(l,.78) c h/1));--on:oklch(from var(--accent) calc(99*(.6 - l)) 0 0)}
.pd-root>*{position:fixed;font-size:.9375em;font-family:var(--pd-font);inset-block:auto env(safe-area-inset-bottom);inset-inline:auto 0;margin:16px;border:1px solid #8883;box-shadow:0 8px 32px #0003}
[data-position=start]>*{inset-inline:0 auto}
.pd-launcher:not([hidden]){display:flex;touch-action:none;gap:8px;align-items:center;height:48px;padding:0 13px;color:var(--on);background:var(--accent);border-radius:24px;cursor:pointer}
.pd-launcher::before{content:"";width:16px;height:16px;border:2px solid;border-radius:50% 50% 50% 0}
.pd-panel{box-sizing:border-box;width:28em;height:48em;max-width:100%;max-height:calc(100% - 32px);overflow:hidden;padding:0;border-radius:16px;outline:0}
h2,button{font:inherit;font-weight:600}
button{min-width:44px;color:inherit;background:#8883;border:0;border-radius:24px}
.pd-loading,.pd-fallback{display:grid;gap:16px;padding:16px;grid:auto/1fr auto;*{margin:0;line-height:44px}:nth-child(2)~*{grid-column:1/3}}
.pd-loading::after{content:"";grid-column:1/3;height:16em;background:linear-gradient(#8882 50%,#0000 0)0/2em 2em}
@media(max-width:40em){.pd-root>.pd-panel{width:100%;height:100%;max-height:none;margin:0;border-radius:0}
.pd-label{position:absolute;clip-path:inset(50%)}}
@media print{.pd-root{display:none}}`);

  const small = matchMedia('(max-width:40em)');

  // An element whose class is its test id.
  const h = (tag, className, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), { className, ...properties });
    node.dataset.testid = className;
    node.append(...children);
    return node;
  };

  // ---- The app's files: fetched once for all elements of the page, which share one WebAssembly instance.

  let files = {};
  const once = (key, load) => (files[key] = files[key] || load());
  // Browsers may remember a failed import, so every retry has another URL.
  let attempt = '';
  let retries = 0;
  const forget = () => {
    files = {};
    attempt = '?r=' + ++retries;
  };
  const get = async (url, integrity) => {
    const answer = await fetch(url + attempt, { integrity });
    if (!answer.ok) throw Error(answer.url);
    return answer;
  };
  // wasm-bindgen's own code compiles while it streams, and copes with a wrong MIME type.
  const loadApp = async (glue, wasm, css) => {
    const [app, module_or_path, styles] = await Promise.all([glue, wasm, css]);
    await app.default({ module_or_path });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await styles.text());
    return [app, sheet];
  };

  // ---- One element. A closure holds its state, so that a closed shadow root stays closed.

  const desk = (element) => {
    // `root` is there while the element is in a document, `handle` while the app runs;
    // `turn` names the loading under way, so that an outdated one changes nothing.
    let shadow, root, launcher, panel, options, texts, turn, handle, view, back, base, glue;
    let expanded = false;
    let moved;
    const log = [];

    const emit = (name, detail) => {
      if (options.qa) log.push({ name, detail });
      element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    };
    // The app may have died of a panic elsewhere on the page.
    const call = (method, ...values) => {
      try {
        return handle && handle[method](...values);
      } catch (error) {
        fail(turn, 'panic', error);
      }
    };

    const read = () => {
      options = { __proto__: null };
      for (const { name, value } of element.attributes) {
        const rule = RULES.get(name);
        const message = `partner-desk: ${name}="${value}" is ignored, accepted: ${rule || names}`;
        // HTML's own attributes are properties, too, but for a few.
        if (RegExp(`^(${rule})$`).test(value)) options[name] = value;
        else if (!said[message] && (rule || !(/^(data-|aria-|class|tabindex|is$)/.test(name) || name in document.documentElement))) console.warn((said[message] = message));
      }
      // Where a person has put the launcher.
      try {
        [options.position, options['offset-block']] = (moved || localStorage['partner-desk']).split('|');
      } catch {}
      const { lang } = options.lang ? options : element.parentElement?.closest('[lang]') || document.documentElement;
      texts = TEXTS.find(([tag]) => `${lang || navigator.language}`.toLowerCase().startsWith(tag.slice(0, 2))) || TEXTS[0];
      options.lang = texts[0];
    };
    const paint = () => {
      root.lang = texts[0];
      root.dataset.position = options.position || '';
      root.style.zIndex = options['z-index'] || '';
      root.style.colorScheme = (options.theme || '').replace('auto', '');
      for (const side of ['block', 'inline']) launcher.style.setProperty('margin-' + side, (options['offset-' + side] || '').replace(/\d$/, '$&px'));
      launcher.hidden = expanded || options.launcher == 'hidden';
      launcher.ariaExpanded = expanded;
      panel.ariaLabel = launcher.firstChild.textContent = texts[1];
      // Transformed ancestors break `position: fixed`, but not the top layer. What is there already a dialog that
      // opens later covers, even if the element is in it.
      root.popover = options['z-index'] || (!expanded && element.closest('dialog')) ? null : 'manual';
      if (root.popover) root.togglePopover(true);
      // On a small screen nothing of the page is left to be used beside it.
      if (panel.open != expanded) panel[expanded ? (small.matches ? 'showModal' : 'show') : 'close']();
    };
    const inside = () => panel.contains(shadow.activeElement);
    // Replaces what the panel shows; focus that was inside stays inside.
    const fill = (name, ...content) => {
      if (inside()) panel.focus();
      panel.replaceChildren(h('div', name, { dir: texts[0] == 'ar' ? 'rtl' : 'ltr' }, ...content));
      return panel.firstChild;
    };
    // The panel without the app.
    const bare = (name, ...content) =>
      fill(name, h('h2', 'pd-title', {}, 'Partner Support'), h('button', 'pd-close', { onclick: close, ariaLabel: texts[4] }, '✕'), ...content);

    // As the sources stand, without a build, the glue has no hashes and every file is there.
    const file = async (name) => {
      const { hashes } = await glue;
      const hash = hashes?.[name];
      if (hashes && !hash) throw name;
      return get(base + name, hash);
    };
    const json = async (name) => (await file(name)).json();
    const load = () => {
      const locale = `locales/${texts[0]}.json`;
      base = new URL('app/', new URL(options.assets?.replace(/\/?$/, '/') || (tagName === 'SCRIPT' && src), document.baseURI)).href;
      glue = once(base + 1, () => import(base + 'app.js' + attempt));
      const move = ({ movable }) =>
        movable?.(launcher, (place) => {
          moved = place;
          read();
          paint();
        });
      glue.then(move, move);
      // English is compiled in, and stands in where a catalogue is missing.
      return Promise.all([once(base, () => loadApp(glue, get(base + 'app_bg.wasm', HASH), file('app.css'))), once(locale, () => json(locale).catch(() => {}))]);
    };
    const preload = async () => {
      if (options.preload != 'none' && !navigator.connection?.saveData) load().catch(forget);
    };
    const start = async () => {
      const mine = (turn = {});
      const [lang] = texts;
      bare('pd-loading');
      setTimeout(fail, 1e4, mine, 'timeout');
      try {
        const [[app, styles], messages] = await load();
        if (mine != turn) return;
        shadow.adoptedStyleSheets = [sheet, styles];
        handle = app.mount({
          root: fill('pd-app'), options, lang, messages, view, emit, close,
          open: expanded,
          prefill: element.prefill,
          fail: (code) => fail(turn, code),
          file: json,
          token: async () => element.tokenProvider?.(),
        });
        emit('pd-ready', { version: VERSION });
        turn = 0;
      } catch (error) {
        fail(mine, 'load', error);
      }
    };
    const fail = (mine, ...why) => {
      if (mine != turn || !(turn || handle)) return;
      turn = handle = 0;
      forget();
      console.error('partner-desk:', ...why);
      const { dc = '', region = dc } = options;
      const link = (name, to, where) => h('a', 'pd-channel-' + name, { href: to + where, target: '_blank' }, where);
      // The Help Center goes by data centre, e-mail by region. Where the source names none, neither do we.
      bare(
        'pd-fallback',
        h('p', 'pd-why', { role: 'alert' }, texts[2]),
        h('button', 'pd-fallback-retry', { onclick: start }, texts[3]),
        /us|in|au|jp|eu/.test(dc) ? link('help-center', 'https://', dc == 'eu' ? 'help.zoho.eu' : 'help.zoho.com') : '',
        region && link('email', 'mailto:', /eu|uk/.test(region) ? 'partner-support@eu.zohocorp.com' : 'partner-support@zohocorp.com'),
      );
    };

    // Without a view an app that runs already stays where it is.
    const open = (wanted) => {
      if (!root) return;
      view = wanted;
      if (!expanded) {
        back = document.activeElement;
        expanded = true;
        paint();
        panel.focus();
        emit('pd-open', { view: view || call('view') || 'requests' });
        if (!panel.firstChild) start();
      }
      if (!inside()) panel.focus();
      call('open', wanted);
    };
    const close = () => {
      if (!expanded) return;
      // What the browser closes has lost its focus by now.
      const focused = inside() || document.activeElement == document.body;
      expanded = false;
      paint();
      call('closed');
      if (focused) (back.isConnected && back.tabIndex >= 0 ? back : launcher).focus();
      emit('pd-close', {});
    };

    const build = () => {
      // Two Yew apps, one inside the other, hear each other's events; a closed root keeps them apart.
      let mode = options.qa ? 'open' : options.shadow?.replace('auto', '');
      // Counted: a form whose control is called `parentNode` would lead round in circles.
      for (let node = element, steps = 0; node && steps++ < 999; node = node.parentNode || node.host) if (node.__yew_subtree_id) mode = mode || 'closed';
      shadow = shadow || element.attachShadow({ mode: mode || 'open' });
      launcher = h('button', 'pd-launcher', { type: 'button', onclick: () => open(), onpointerenter: preload, onfocus: preload, ariaHasPopup: 'dialog' }, h('span', 'pd-label'));
      // The app marks what it has used up, and so do we: a dialog around the element would close as well.
      // Braces: a handler that returns false would swallow every key.
      const onkeydown = (event) => {
        if (event.key == 'Escape' && !event.defaultPrevented && !event.isComposing) close(event.preventDefault());
      };
      // The browser's own way of closing, such as a phone's "back".
      panel = h('dialog', 'pd-panel', { tabIndex: -1, onkeydown, onclose: () => panel.open || close() });
      root = h('div', 'pd-root', {}, launcher, panel);
      shadow.append(root);
      shadow.adoptedStyleSheets = [sheet];
      if (options.preload == 'idle') (window.requestIdleCallback || setTimeout)(preload);
    };
    const drop = () => {
      if (element.isConnected || !root) return;
      call('destroy');
      root.remove();
      if (expanded) emit('pd-close', {});
      expanded = root = handle = turn = false;
    };

    Object.assign(element, {
      open,
      close,
      destroy() {
        close();
        element.remove();
      },
      signOut: async () => {
        // What an earlier page has left goes, too. Where nothing was ever kept, the app is not needed.
        try {
          if (root && !handle && (await indexedDB.databases()).some(({ name }) => name == 'partner-desk')) await start();
        } catch {}
        return (await call('sign_out')) || { sent: 0, dropped: 0 };
      },
      qaLog: () => log,
    });
    Object.defineProperty(element, 'unsent', { get: () => call('unsent') || 0 });
    // A page may have set them before we were there.
    for (const name of ['prefill', 'tokenProvider']) {
      let value = element[name];
      Object.defineProperty(element, name, { get: () => value, set: (next) => call(name, (value = next)) });
    }
    // Called whatever happens to the element. Moving it disconnects and connects it at once, so leaving has to last.
    return () => {
      if (!element.isConnected) return queueMicrotask(drop);
      read();
      if (!root) build();
      paint();
      call('set_options', options);
    };
  };

  const update = Symbol();
  class PartnerDesk extends HTMLElement {
    static observedAttributes = names;
    constructor() {
      super();
      this[update] = desk(this);
    }
    connectedCallback() {
      this[update]();
    }
    disconnectedCallback() {
      this[update]();
    }
    attributeChangedCallback() {
      this[update]();
    }
  }
  customElements.define('partner-desk', PartnerDesk);

  // The same without markup; a typing slip must not pass in silence.
  window.PartnerDesk = {
    mount({ target = document.body, tokenProvider, prefill, ...options }) {
      const element = document.createElement('partner-desk');
      for (const [key, value] of Object.entries(options)) {
        const name = key.replace(/[A-Z]/g, '-$&').toLowerCase();
        if (!RULES.has(name)) throw TypeError('unknown option: ' + key);
        // An option that is there without a value, as scripts that pass theirs on have it.
        if (value != null) element.setAttribute(name, value);
      }
      target.append(Object.assign(element, { tokenProvider, prefill }));
      return element;
    },
  };
}
