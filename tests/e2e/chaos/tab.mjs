// One tab of a user's browser with the widget in it: what somebody does there, and what they are told.
// Must never ask the endpoint itself; it only acts on the page and listens to it.
import { DeskPage } from '../../../packages/npm/testing.js';
import { kept } from '../support/kept.mjs';

const PATIENCE_MS = 4_000;
const FIELDS = ['service', 'org_id', 'subject', 'description', 'superadmin_email'];

/** Opens a tab. `hear(type, detail)` is told of the widget's events, `posted(key, body)` of tickets that leave. */
export async function openTab(context, { url, hear, posted }) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.exposeBinding('heard', (_, type, detail) => hear(type, detail));
  await page.addInitScript(() => {
    for (const type of ['pd-submitted', 'pd-failed', 'pd-queued']) addEventListener(type, ({ detail }) => window.heard(type, detail));
  });
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/v1/tickets')) return;
    posted(request.headers()['idempotency-key'], JSON.parse(request.postData() ?? '{}'));
  });
  const tab = new Tab(page, url);
  await tab.load();
  return tab;
}

class Tab extends DeskPage {
  constructor(page, url) {
    super(page, { timeout: PATIENCE_MS });
    this.url = url;
  }

  /** Whether the page came: without a network it does not. */
  async load() {
    try {
      await this.page.goto(this.url);
      await this.page.waitForFunction(() => customElements.get('partner-desk'));
      return true;
    } catch {
      return false;
    }
  }

  /** Whether the page is there: what did not come leaves the browser's own in its place. */
  isHere() {
    return this.page.evaluate(() => Boolean(customElements.get('partner-desk'))).catch(() => false);
  }

  /** The tab Requests, if an endpoint answers: somebody tries a few times. */
  async toRequests() {
    if (!(await this.isHere()) && !(await this.load())) return false;
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await this.page.locator('partner-desk').evaluate((desk) => desk.open('requests'));
      const [add, reload] = [this.at('pd-add-ticket'), this.at('pd-reload').first()];
      await add.or(reload).first().waitFor().catch(() => {});
      if (await add.isVisible()) return true;
      if (await reload.isVisible()) await reload.click().catch(() => {});
    }
    return false;
  }

  async toDraft() {
    if (!(await this.toRequests())) return false;
    await this.at('pd-add-ticket').click();
    await this.formIsReady();
    return true;
  }

  /** Types a whole ticket and attaches files; what is typed is kept when this ends. */
  async write(fields, files) {
    await this.fill({ ...Object.fromEntries(FIELDS.map((name) => [name, fields[name] ?? ''])), superadmin_unknown: fields.superadmin_email === null });
    for (let left = await this.at('pd-attachment-remove').count(); left > 0; left -= 1) await this.at('pd-attachment-remove').first().click();
    if (files.length > 0) {
      const chosen = files.map(({ name, content }) => ({ name, mimeType: 'application/octet-stream', buffer: content }));
      await this.at('pd-attachments').setInputFiles(chosen);
    }
    const there = await this.typed();
    const wrong = FIELDS.filter((name) => there[name] !== undefined && there[name] !== (fields[name] ?? ''));
    await until(async () => (await kept(this.page)).includes(JSON.stringify(fields.subject).slice(1, -1)));
    return wrong.map((name) => `${name} has become ${JSON.stringify(there[name])}`);
  }

  /** What stands in the form; `null` if it is not there to be edited. */
  async subject() {
    const field = this.at('pd-subject');
    return (await field.isVisible()) && (await field.isEditable()) ? field.inputValue() : null;
  }

  /** Presses, and waits a while for what comes of it. */
  async press(hook, clicks = 1) {
    const button = this.at(hook).first();
    if (!(await button.isVisible())) return `no ${hook}`;
    await button.click({ clickCount: clicks }).catch(() => {});
    return this.outcome();
  }

  async outcome() {
    const ends = ['pd-receipt', 'pd-retry', 'pd-error-summary'];
    await this.page.locator(ends.map((hook) => `[data-testid="${hook}"]`).join()).first().waitFor().catch(() => {});
    for (const hook of ends) if (await this.at(hook).isVisible()) return hook;
    return 'nothing yet';
  }

  /** The rows of the list: those that are not sent with where they stand, the others with their reference. */
  rows() {
    return this.page.locator('[data-testid="pd-request"]').evaluateAll((rows) =>
      rows.map(({ dataset, innerText }) => ({ ...dataset, text: innerText })),
    );
  }

  /** Presses a button of an unsent row. */
  async pressInRow(draft, hook) {
    const button = this.at('pd-request', { draft }).locator(`[data-testid="${hook}"]`);
    if (!(await button.isVisible())) return false;
    await button.click().catch(() => {});
    return true;
  }
}

/** Waits for a condition, not longer than somebody would. */
export async function until(holds, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, 25));
  }
  return true;
}
