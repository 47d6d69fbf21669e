// The widget as a person meets it. Everything is found by the test ids of the contract.
import { expect } from '@playwright/test';
import { sentence } from './drafts.mjs';

export const FIELDS = [
  'service',
  'org_id',
  'subject',
  'description',
  'superadmin_email',
  'customer_email',
  'zuid',
];

/** What "I don't know it" asks for instead. */
const STAND_INS = ['customer_email', 'zuid'];

/** The name of a field in test ids. */
const hook = (field) => field.replaceAll('_', '-');

export class DeskPage {
  constructor(page, lang = 'en') {
    this.page = page;
    this.lang = lang;
  }

  at(hook) {
    return this.page.getByTestId(hook);
  }

  field(field) {
    return this.at(`pd-${hook(field)}`);
  }

  error(field) {
    return this.at(`pd-error-${hook(field)}`);
  }

  /** Every error at a field that is on show. */
  errors() {
    return this.page.locator('[data-testid^="pd-error-"]:not([data-testid="pd-error-summary"])');
  }

  option(service) {
    return this.page.locator(`[data-testid="pd-service-option"][data-service="${service}"]`);
  }

  request(reference) {
    return this.page.locator(`[data-testid="pd-request"][data-reference="${reference}"]`);
  }

  async goto({ lang = 'en', ...rest } = {}) {
    this.lang = lang;
    await this.page.goto(`/?${new URLSearchParams({ lang, ...rest })}`);
  }

  /** The panel, opened by its launcher, with the tab that it opens on. */
  async launch() {
    await this.at('pd-launcher').click();
    await expect(this.at('pd-panel')).toBeVisible();
    await expect(this.at('pd-live')).toBeAttached();
  }

  async open(options) {
    await this.goto(options);
    await this.launch();
  }

  async toForm() {
    await this.at('pd-add-ticket').click();
    await this.formIsReady();
  }

  async openForm(options) {
    await this.open(options);
    await this.toForm();
  }

  async formIsReady() {
    await expect(this.at('pd-submit')).toHaveText(this.text('form.submit'));
    await expect(this.at('pd-preview')).toBeVisible();
  }

  /** Fills in a whole form, like somebody who pastes; what stood there before is gone. */
  async fill(draft) {
    const unknown = this.at('pd-superadmin-unknown');
    const wanted = FIELDS.filter((field) => !STAND_INS.includes(field));
    if (await unknown.isChecked()) {
      await this.fillFields(STAND_INS, { customer_email: '', zuid: '' });
      await unknown.uncheck();
    }
    await this.at('pd-org-id-kind').selectOption(draft.org_id_kind);
    await this.fillFields(wanted, draft);
    if (draft.superadmin_unknown) {
      await unknown.check();
      await this.fillFields(STAND_INS, draft);
    }
  }

  async fillFields(fields, draft) {
    const typed = await this.typed();
    for (const field of fields) {
      if (typed[field] !== draft[field]) await this.field(field).fill(draft[field]);
    }
  }

  async submit() {
    await this.at('pd-submit').click();
  }

  /** The receipt on show: its reference and the outcome that it names. */
  async receipt() {
    const receipt = this.at('pd-receipt');
    await expect(receipt).toBeVisible();
    await expect(receipt).toHaveAttribute('data-reference', /\S/);
    return {
      reference: await receipt.getAttribute('data-reference'),
      outcome: await receipt.getAttribute('data-outcome'),
    };
  }

  async expectOutcome(outcome) {
    await expect(this.at('pd-preview')).toHaveAttribute('data-outcome', outcome);
  }

  /** What stands in the fields that are shown. */
  async typed() {
    const all = await this.page
      .locator('input, textarea')
      .evaluateAll((controls) => controls.map(({ dataset, value }) => [dataset.testid, value]));
    const values = new Map(all);
    const shown = FIELDS.filter((field) => values.has(`pd-${hook(field)}`));
    return Object.fromEntries(shown.map((field) => [field, values.get(`pd-${hook(field)}`)]));
  }

  /** The test id of what has focus, through the shadow root; null for the page's own body. */
  focused() {
    return this.page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.dataset.testid ?? (at === document.body ? null : at?.id || at?.localName);
    });
  }

  /** Presses Tab until this control has focus. */
  async tabTo(hook, limit = 25) {
    for (let pressed = 0; pressed < limit; pressed += 1) {
      if ((await this.focused()) === hook) return;
      await this.page.keyboard.press('Tab');
    }
    expect(await this.focused(), `reached by ${limit} presses of Tab`).toBe(hook);
  }

  async expectFocusInPanel() {
    await expect(this.at('pd-panel').locator(':focus')).toHaveCount(1);
  }

  /** The next frame: what a key press has changed is on the screen by then. */
  nextFrame() {
    return this.page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  }

  text(key, values) {
    return sentence(this.lang, key, values);
  }

  /** From the next page load on, notes every event of the widget; `events()` gives them. */
  async recordEvents() {
    await this.page.addInitScript(() => {
      window.deskEvents = [];
      const names = ['ready', 'open', 'close', 'submitted', 'queued', 'failed', 'unread'];
      for (const name of names) {
        addEventListener(`pd-${name}`, ({ type, detail }) => window.deskEvents.push({ type, detail }));
      }
    });
  }

  events(type) {
    return this.page.evaluate(
      (wanted) => window.deskEvents.filter((event) => !wanted || event.type === wanted),
      type,
    );
  }
}
