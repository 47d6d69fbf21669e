// The widget as a person meets it, for Playwright tests: a page object over the test ids, which are promised
// (docs/testing.md). It needs no package at run time, only the `page` that it is given; what it waits for
// appears within `timeout`, or it throws Playwright's own error. It does not see into `shadow="closed"`.

/** The fields of the form, by their names on the wire. */
export const FIELDS = ['service', 'org_id', 'subject', 'description', 'superadmin_email', 'customer_email', 'zuid'];

/** What "I don't know it" asks for instead of the SuperAdmin address. */
const STAND_INS = ['customer_email', 'zuid'];

const EVENTS = ['ready', 'open', 'close', 'submitted', 'queued', 'failed', 'unread'].map((name) => `pd-${name}`);

/** The name of a field in test ids. */
const hyphens = (field) => field.replaceAll('_', '-');

export class DeskPage {
  constructor(page, { within = page, timeout = 10_000 } = {}) {
    this.page = page;
    this.within = within;
    this.timeout = timeout;
  }

  at(testId, attributes = {}) {
    const more = Object.entries(attributes).map(([name, value]) => `[data-${name}=${JSON.stringify(value)}]`);
    // Not getByTestId: which attribute that looks at is a setting of the project.
    return this.within.locator(`[data-testid="${testId}"]${more.join('')}`);
  }

  field(field) {
    return this.at(`pd-${hyphens(field)}`);
  }

  error(field) {
    return this.at(`pd-error-${hyphens(field)}`);
  }

  errors() {
    return this.within.locator('[data-testid^="pd-error-"]:not([data-testid="pd-error-summary"])');
  }

  option(service) {
    return this.at('pd-service-option', { service });
  }

  request(reference) {
    return this.at('pd-request', { reference });
  }

  /** Opens the demo page with these parameters of its address. */
  async goto(parameters = {}) {
    await this.page.goto(`/?${new URLSearchParams(parameters)}`);
  }

  async launch() {
    await this.at('pd-launcher').click();
    await this.shown(this.at('pd-panel'));
    await this.shown(this.at('pd-live'), 'attached');
  }

  async open(parameters) {
    await this.goto(parameters);
    await this.launch();
  }

  async toForm() {
    await this.at('pd-add-ticket').click();
    await this.formIsReady();
  }

  async openForm(parameters) {
    await this.open(parameters);
    await this.toForm();
  }

  async formIsReady() {
    await this.shown(this.at('pd-submit'));
    await this.shown(this.at('pd-preview'));
  }

  /** Fills in a whole form, like somebody who pastes; what stood there before is gone. */
  async fill(draft) {
    const unknown = this.at('pd-superadmin-unknown');
    if (await unknown.isChecked()) {
      await this.fillFields(STAND_INS, {});
      await unknown.uncheck();
    }
    await this.at('pd-org-id-kind').selectOption(draft.org_id_kind ?? 'zoid');
    await this.fillFields(FIELDS.filter((field) => !STAND_INS.includes(field)), draft);
    if (draft.superadmin_unknown) {
      await unknown.check();
      await this.fillFields(STAND_INS, draft);
    }
  }

  /** Types only what differs from what stands there: every change costs a verdict. */
  async fillFields(fields, draft) {
    const typed = await this.typed();
    for (const field of fields) {
      const wanted = draft[field] ?? '';
      if (typed[field] !== wanted) await this.field(field).fill(wanted);
    }
  }

  /** What stands in the fields that are shown. */
  async typed() {
    const all = await this.within
      .locator('input[data-testid^="pd-"], textarea[data-testid^="pd-"]')
      .evaluateAll((controls) => controls.map(({ dataset, value }) => [dataset.testid, value]));
    const values = new Map(all);
    const shown = FIELDS.filter((field) => values.has(`pd-${hyphens(field)}`));
    return Object.fromEntries(shown.map((field) => [field, values.get(`pd-${hyphens(field)}`)]));
  }

  async submit() {
    await this.at('pd-submit').click();
  }

  async receipt() {
    const receipt = this.at('pd-receipt');
    await this.shown(receipt);
    return {
      reference: await receipt.getAttribute('data-reference'),
      outcome: await receipt.getAttribute('data-outcome'),
    };
  }

  async expectOutcome(outcome) {
    await this.shown(this.at('pd-preview', { outcome }));
  }

  async expectFocusInPanel() {
    await this.shown(this.at('pd-panel').locator(':focus'), 'attached');
  }

  /** The test id of what has focus, through shadow roots; null for the page's own body. */
  focused() {
    return this.page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.dataset?.testid ?? (at === document.body ? null : at?.id || at?.localName || null);
    });
  }

  async tabTo(testId, limit = 25) {
    for (let pressed = 0; pressed < limit; pressed += 1) {
      if ((await this.focused()) === testId) return;
      await this.page.keyboard.press('Tab');
    }
    const focused = await this.focused();
    if (focused !== testId) throw new Error(`${limit} presses of Tab did not reach ${testId}, focus is on ${focused}`);
  }

  /** The next frame: what a key press has changed is on the screen by then. */
  async nextFrame() {
    await this.page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  }

  /** From the next page load on, notes every event of the widget; `events()` gives them. */
  async recordEvents() {
    await this.page.addInitScript((names) => {
      window.deskEvents = [];
      for (const name of names) addEventListener(name, ({ type, detail }) => window.deskEvents.push({ type, detail }));
    }, EVENTS);
  }

  events(type) {
    return this.page.evaluate((wanted) => window.deskEvents.filter((event) => !wanted || event.type === wanted), type);
  }

  async shown(locator, state = 'visible') {
    await locator.waitFor({ state, timeout: this.timeout });
  }
}
