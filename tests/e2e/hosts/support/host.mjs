// A host page on show in one of the engines, and the widget in it, as its visitors meet them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import * as inPage from './in-page.mjs';

const PRELUDE = Object.values(inPage)
  .map((helper) => `const ${helper.name} = ${helper};`)
  .join('\n');

const DEFAULTS = { path: '/', lang: 'en', html: '', head: '', body: '', headers: {}, script: '', attributes: 'dc="eu"' };

export class Host {
  constructor(tab, site, endpoint) {
    this.tab = tab;
    this.site = site;
    this.endpoint = endpoint;
  }

  /** What stands in a page for the widget. */
  element(attributes = DEFAULTS.attributes) {
    return `<partner-desk ${attributes} endpoint="${this.endpoint.url}"></partner-desk>`;
  }

  loaderTag(attributes = '') {
    return `<script src="${this.site.loader}" async ${attributes}></script>`;
  }

  /** The HTML of a page with the widget in it as docs/embedding.md tells. */
  html(pieces = {}) {
    const { lang, html, head, body, attributes, element, loader, nonce, script } = { ...DEFAULTS, ...pieces };
    const tag = nonce ? `nonce="${nonce}"` : script;
    return `<!doctype html><html lang="${lang}" ${html}><head><meta charset="utf-8"><title>A customer’s page</title>
<link rel="icon" href="data:,"><script src="${this.site.cdn}/probe.js" ${tag}></script>${head}</head>
<body>${body}${element ?? this.element(attributes)}${loader ?? this.loaderTag(tag)}</body></html>`;
  }

  /**
   * Opens a page with these pieces. The loader arrives only after the probe has seen the page without it,
   * and every element gets a token of this user (`user: null`: no provider).
   */
  async open(pieces = {}) {
    const { path, headers, user = 'superadmin' } = { ...DEFAULTS, ...pieces };
    this.site.put(path, this.html(pieces), headers);
    this.site.requests.length = 0;
    const release = this.site.hold('/partner-desk.js');
    await this.tab.goto(this.site.origin + path);
    this.start = await this.do(() => {
      hostProbe.begin();
      return hostProbe.report();
    });
    if (user) await this.identify(await this.endpoint.token(user));
    release();
    await this.until(() => Boolean(customElements.get('partner-desk') && window.PartnerDesk));
  }

  identify(token) {
    return this.do((token) => {
      for (const desk of document.querySelectorAll('partner-desk')) desk.tokenProvider = async () => token;
    }, token);
  }

  /** Calls a function in the page, with in-page.mjs at hand; its value has to be JSON. */
  do(action, ...values) {
    return this.tab.run(`(() => {${PRELUDE}\nreturn (${action})(...${JSON.stringify(values)})})()`);
  }

  /** Waits until it is true. */
  async until(question, ...values) {
    await expect.poll(() => this.do(question, ...values), { message: String(question) }).toBe(true);
  }

  // ---- Controls, by test id (or id, for the page's own); `scope` is a selector around them.

  place(hook, scope) {
    return this.do(
      (hook, scope) => {
        const element = find(hook, scope);
        return element?.checkVisibility() ? place(element) : null;
      },
      hook,
      scope,
    );
  }

  shown(hook, scope) {
    return this.do((hook, scope) => find(hook, scope)?.checkVisibility() ?? false, hook, scope);
  }

  async appears(hook, scope) {
    await expect.poll(() => this.shown(hook, scope), { message: `${hook} appears` }).toBe(true);
  }

  async vanishes(hook, scope) {
    await expect.poll(() => this.shown(hook, scope), { message: `${hook} vanishes` }).toBe(false);
  }

  text(hook, scope) {
    return this.do((hook, scope) => find(hook, scope)?.textContent ?? null, hook, scope);
  }

  value(hook, scope) {
    return this.do((hook, scope) => find(hook, scope)?.value ?? null, hook, scope);
  }

  focused() {
    return this.do(() => focused());
  }

  async expectFocus(hook) {
    await expect.poll(() => this.focused(), { message: 'what has focus' }).toBe(hook);
  }

  /** Where a control stands once it has come to rest, in view and under the pointer. */
  async reach(hook, scope) {
    await this.appears(hook, scope);
    let seen;
    await expect
      .poll(
        async () => {
          const before = JSON.stringify(seen);
          // What was scrolled is where it seems to be only after the next picture.
          await this.do(
            async (hook, scope) => {
              find(hook, scope)?.scrollIntoView({ block: 'nearest' });
              await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
            },
            hook,
            scope,
          );
          seen = await this.place(hook, scope);
          return JSON.stringify(seen) === before ? seen.over : 'still moving';
        },
        { message: `what covers ${hook}`, intervals: [20, 50, 100, 250] },
      )
      .toBe(null);
    return seen;
  }

  /** A real click, which has to reach the control and nothing else. */
  async click(hook, scope) {
    const { x, y, width, height } = await this.reach(hook, scope);
    await this.tab.click(x + width / 2, y + height / 2);
  }

  async hover(hook, scope) {
    const { x, y, width, height } = await this.reach(hook, scope);
    await this.tab.move(x + width / 2, y + height / 2);
  }

  async type(hook, text, scope) {
    await this.click(hook, scope);
    await this.tab.type(text);
  }

  press(combination) {
    return this.tab.press(combination);
  }

  /** The panel, opened by its launcher, with what the app shows first. */
  async launch(scope) {
    await this.click('pd-launcher', scope);
    await this.appears('pd-add-ticket', scope);
  }

  /** Files a whole form through the keyboard, and gives the reference. */
  async file(scope, subject = 'Contacts do not sync') {
    await this.click('pd-add-ticket', scope);
    await this.type('pd-service', 'Zoho CRM', scope);
    // Leaving the field closes its list.
    await this.press('Tab');
    await this.type('pd-org-id', '20000000001', scope);
    await this.type('pd-subject', subject, scope);
    await this.type('pd-description', 'Since this morning.', scope);
    await this.type('pd-superadmin-email', 'admin@large.example', scope);
    await this.click('pd-submit', scope);
    await this.appears('pd-receipt', scope);
    return this.do((scope) => find('pd-receipt', scope).dataset.reference, scope);
  }

  /** A picture for people to look at, if they named a folder for it. */
  async picture(name) {
    const folder = process.env.PARTNER_DESK_PICTURES;
    if (folder) await writeFile(join(folder, `${name}.png`), await this.tab.screenshot());
  }

  // ---- What the probe has seen.

  report() {
    return this.do(() => hostProbe.report());
  }

  events(type) {
    return this.do((type) => hostProbe.notes.events.filter((event) => !type || event.type === type), type);
  }

  complaints() {
    return this.do(() => hostProbe.notes.complaints);
  }

  violations() {
    return this.do(() => hostProbe.notes.violations);
  }
}
