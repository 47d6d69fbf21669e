// What a user does in the real widget, in one or two tabs: the steps of a seed and their weights.
// Must never decide whether the endpoint is right (that is the model's), only whether the widget told the truth.
import { file, sound } from './drafts.mjs';
import { firstWeather, weather } from './faults.mjs';
import { ACCEPTED, UNKNOWN } from './model.mjs';
import { openTab, until } from './tab.mjs';

const MINUTE_MS = 60_000;
const MARK = /\[[\w-]+\]/;
const CALM_ROUNDS = 6;
/** Longer than the pause after which what waits goes out when the network is back. */
const SOON_MS = 3_000;

/** Plays one user of a seed, in a browser of its own. */
export class BrowserUsers {
  constructor({ world, model, random, seed, browser }) {
    Object.assign(this, { world, model, random, seed, browser });
    this.tabs = [];
    /** By mark: what was typed. By key: the mark and body that left. */
    this.written = new Map();
    this.left = new Map();
    this.heard = [];
    this.draft = null;
    this.offline = false;
    world.weather(firstWeather(seed));
  }

  static STEPS = { write: 5, submit: 6, both: 2, again: 3, row: 4, look: 3, reload: 3, network: 2, idle: 1, weather: 3, clock: 0.6, kill: 0.8, stop: 0.4 };

  async step(name, random) {
    if (this.tabs.length === 0) await this.#begin();
    const said = await this[name](random);
    await this.#listen();
    return said;
  }

  /** Types a ticket into the form; what stood there before is overwritten. */
  async write(random) {
    const tab = this.#tab(random);
    if (!(await this.#toDraft(tab))) return 'no form';
    const mark = `[s${this.seed}-d${this.written.size + 1}]`;
    const { service, org_id: orgId, description, subject, superadmin_email: address } = sound(random, mark);
    // A trimmed line each: a field of one line holds no more, and the endpoint trims.
    const fields = { service, org_id: orgId, subject: subject.trim(), description: description.trim(), superadmin_email: address };
    const files = Array.from({ length: random.pick([0, 0, 0, 1, 2]) }, () => file(random));
    this.written.set(mark, { fields, files });
    for (const wrong of await tab.write(fields, files)) this.model.complain(`${mark} was typed, and ${wrong}`);
    this.draft = mark;
    return `${mark} with ${files.length} files`;
  }

  async submit(random) {
    const tab = this.#tab(random);
    if (!(await tab.at('pd-submit').isVisible())) {
      if (!(await this.#toDraft(tab))) return 'no form';
      if (!this.draft) return this.write(random);
    }
    return this.#press(tab, random.chance(0.2) ? 2 : 1);
  }

  /** Both tabs press at the same time. */
  async both(random) {
    for (const tab of this.tabs) if (!(await tab.at('pd-submit').isVisible())) await this.#toDraft(tab);
    const said = await Promise.all(this.tabs.map((tab) => this.#press(tab)));
    return `${said.join(', ')}${random.chance(0.5) ? '' : await this.again(random)}`;
  }

  again(random) {
    return this.#tab(random).press('pd-retry');
  }

  /** Somebody does something with a row of the outbox. */
  async row(random) {
    const tab = this.#tab(random);
    if (!(await tab.toRequests())) return 'no list';
    const rows = (await tab.rows()).filter(({ sync }) => sync === 'unsent');
    if (rows.length === 0) return 'nothing unsent';
    const { draft, standing, text } = random.pick(rows);
    const hook = random.pick(['pd-outbox-send', 'pd-outbox-send', 'pd-outbox-edit', 'pd-outbox-cancel']);
    if (!(await tab.pressInRow(draft, hook))) return `${standing} has no ${hook}`;
    const mark = text.match(MARK)?.[0];
    if (hook === 'pd-outbox-cancel') {
      const stays = await tab.at('pd-request', { draft }).count();
      // Refused while the outcome is unknown; otherwise gone, and never to be stored.
      if (!stays && this.left.has(draft) && ['unknown', 'sending'].includes(standing)) this.model.complain(`${mark} was ${standing} and could be discarded`);
    }
    if (hook === 'pd-outbox-edit' && (await tab.subject()) !== null) this.draft = mark ?? this.draft;
    return `${hook} of ${mark ?? draft}, ${standing}`;
  }

  /** Looks at the list: it says nothing untrue. */
  async look(random) {
    const tab = this.#tab(random);
    if (!(await tab.toRequests())) return 'no list';
    const rows = await tab.rows();
    const stored = await this.world.truth.tickets();
    const byMark = new Map(stored.map((ticket) => [ticket.subject.match(MARK)?.[0], ticket]));
    for (const { sync, standing, reference, text } of rows) {
      const mark = text.match(MARK)?.[0];
      if (sync === 'sent' && !stored.some((ticket) => ticket.reference === reference)) this.model.complain(`the list shows ${reference}, which is not stored`);
      if (sync === 'unsent' && standing === 'waiting' && byMark.has(mark)) this.model.complain(`${mark} is said not to have left, and is stored`);
      if (sync === 'unsent' && standing === 'refused' && byMark.has(mark)) this.model.complain(`${mark} is said to be refused, and is stored`);
    }
    return `${rows.length} rows`;
  }

  /** Loads the page anew: what was typed is there again. */
  async reload(random) {
    const tab = this.#tab(random);
    if (!(await tab.load())) return 'the page did not come';
    if (!this.draft || !(await this.#toDraft(tab))) return 'loaded';
    const wanted = this.written.get(this.draft).fields.subject;
    const there = await until(async () => (await tab.subject()) === wanted || this.#isOut(this.draft));
    if (!there) this.model.complain(`${this.draft} is not in the form after a reload, but ${JSON.stringify(await tab.subject())}`);
    return `loaded, ${this.draft} is there`;
  }

  async network() {
    this.offline = !this.offline;
    this.world.note('leave');
    await this.context.setOffline(this.offline);
    return this.offline ? 'offline' : 'online';
  }

  /** Nobody does anything: what waits may go out by itself. */
  async idle() {
    const before = this.heard.length;
    await until(() => this.heard.length > before, SOON_MS);
    return 'waited';
  }

  async weather(random) {
    const next = weather(random);
    this.world.weather(next);
    return next.name;
  }

  async clock(random) {
    const minutes = random.pick([16, 25 * 60]);
    await this.world.moveClock(minutes * MINUTE_MS);
    return `${minutes} minutes on`;
  }

  async kill(random) {
    const [said] = await Promise.all([this.submit(random), this.world.kill()]);
    return said;
  }

  async stop(random) {
    const [said, well] = await Promise.all([this.submit(random), this.world.stop()]);
    if (!well) this.model.complain('the endpoint did not end well');
    return said;
  }

  /** Good weather: everything that was submitted arrives, and both tabs know. */
  async calm() {
    if (this.tabs.length === 0) await this.#begin();
    this.offline = false;
    await this.context.setOffline(false);
    await this.world.release();
    for (const tab of this.tabs) await tab.load();
    const [tab] = this.tabs;
    for (let round = 0; round < CALM_ROUNDS; round += 1) {
      await tab.toRequests();
      const unsent = (await tab.rows()).filter(({ sync, standing }) => sync === 'unsent' && standing !== 'aside');
      for (const { draft } of unsent) await tab.pressInRow(draft, 'pd-outbox-send');
      if (await until(async () => (await tab.rows()).every(({ sync, standing }) => sync === 'sent' || standing === 'aside'))) break;
    }
    await this.#listen();
    const open = [...this.written.keys()].filter((mark) => this.#isOut(mark) && this.model.state(mark) === UNKNOWN);
    for (const mark of open) this.model.complain(`${mark} has left and is never accepted`);
    const lists = [];
    for (const each of this.tabs) {
      await each.toRequests();
      await until(async () => (await each.rows()).filter(({ sync }) => sync === 'sent').length === (await this.world.truth.tickets()).length);
      lists.push((await each.rows()).filter(({ sync }) => sync === 'sent').map(({ reference }) => reference).sort().join());
    }
    if (new Set(lists).size !== 1) this.model.complain(`the tabs differ: ${lists.join(' | ')}`);
  }

  async end() {
    await this.context?.close();
  }

  async #begin() {
    this.context = await this.browser.newContext();
    const url = `${this.world.endpoint.url}/?user=member&endpoint=${encodeURIComponent(this.world.url)}`;
    for (let number = 0; number < 2; number += 1) {
      const hear = (type, detail) => void this.heard.push({ type, detail });
      this.tabs.push(await openTab(this.context, { url, hear, posted: (key, body) => this.#posted(key, body) }));
    }
  }

  /** A ticket leaves the browser: it is what was typed, and under its key never another. */
  #posted(key, { uploads = [], ...body }) {
    const mark = body.subject?.match(MARK)?.[0];
    const written = this.written.get(mark);
    if (!written) return this.model.complain(`nobody has typed ${JSON.stringify(body.subject)}`);
    const { service: _service, ...fields } = written.fields;
    for (const [name, value] of Object.entries(fields)) {
      if (body[name] !== value) this.model.complain(`${mark} leaves with another ${name}`);
    }
    if (uploads.length !== written.files.length) this.model.complain(`${mark} leaves with ${uploads.length} of ${written.files.length} files`);
    const before = this.left.get(key);
    if (before && before.text !== JSON.stringify(body) && this.model.state(before.mark) !== 'refused') this.model.complain(`${key} has left with two bodies`);
    if (![...this.left.values()].some((one) => one.mark === mark)) {
      this.model.open({ mark, user: 'member', fields: written.fields, files: written.files.map(({ sha256 }) => sha256) });
    } else if (!before) {
      this.model.complain(`${mark} has left under two keys`);
    }
    this.left.set(key, { mark, text: JSON.stringify(body) });
    this.model.sent(mark);
    if (this.draft === mark) this.draft = null;
  }

  #isOut(mark) {
    return [...this.left.values()].some((one) => one.mark === mark);
  }

  /** What the widget told the page since. */
  async #listen() {
    for (const { type, detail } of this.heard.splice(0)) {
      const mark = this.left.get(detail.draft)?.mark;
      if (type === 'pd-submitted') await this.#submitted(detail);
      if (type === 'pd-failed' && !detail.retryable && mark && this.model.state(mark) !== ACCEPTED) this.model.refused(mark);
      if (type === 'pd-queued' && mark) this.model.complain(`${mark} is said not to have left, and has`);
    }
  }

  async #submitted({ reference, replayed, outcome, severity }) {
    const stored = (await this.world.truth.tickets()).find((ticket) => ticket.reference === reference);
    if (!stored) return this.model.complain(`the widget says that ${reference} is filed, and it is not stored`);
    const mark = stored.subject.match(MARK)?.[0];
    if (outcome !== stored.classification.outcome) this.model.complain(`${reference} is ${stored.classification.outcome}, not ${outcome}`);
    this.model.accepted(mark, { reference, severity }, replayed);
  }

  /** Submits. What the form does not let anybody edit any longer is the outbox's. */
  async #press(tab, clicks) {
    const said = await tab.press('pd-submit', clicks);
    if ((await tab.subject()) === null) this.draft = null;
    return said;
  }

  #tab(random) {
    return random.pick(this.tabs);
  }

  async #toDraft(tab) {
    return tab.toDraft().catch(() => false);
  }
}
