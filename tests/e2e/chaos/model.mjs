// What users were told, and what therefore has to be true of the endpoint.
// Must never be told anything by the endpoint itself, only by those who act as users: a model that copies
// the truth agrees with everything.

/** The three answers. */
export const ACCEPTED = 'accepted';
export const REFUSED = 'refused';
export const UNKNOWN = 'unknown';

/** What a model is asked about a ticket's text: whose it is. */
const MARK = /^\[[\w-]+\]/;

export class Model {
  #drafts = new Map();
  #complaints = [];
  /** Tickets that were looked at as a whole, by reference: what the list said then. */
  #seen = new Map();

  /**
   * A draft that somebody is going to send: `fields` by their names on the wire, `files` as their SHA-256.
   * `forbidden`: by somebody who may not file, so that it must never be stored.
   */
  open({ mark, user, fields, files = [], forbidden = false }) {
    this.#drafts.set(mark, { mark, user, fields, files, forbidden, state: 'open', receipt: null, firsts: 0 });
  }

  /** It is about to leave: from now on it may be stored. */
  sent(mark) {
    const draft = this.#draft(mark);
    if (draft.state === 'open') draft.state = UNKNOWN;
  }

  /** The user was shown a receipt. `replayed`: it said that an earlier attempt had filed the ticket. */
  accepted(mark, receipt, replayed) {
    const draft = this.#draft(mark);
    if (draft.state === REFUSED) this.complain(`${mark} was refused and then accepted`);
    if (draft.receipt && !same(draft.receipt, receipt)) this.complain(`${mark} has two receipts: ${JSON.stringify([draft.receipt, receipt])}`);
    draft.firsts += replayed ? 0 : 1;
    if (draft.firsts > 1) this.complain(`${mark} was filed for the first time twice`);
    Object.assign(draft, { state: ACCEPTED, receipt: draft.receipt ?? receipt });
  }

  /** The user was told that nothing was stored. */
  refused(mark) {
    const draft = this.#draft(mark);
    if (draft.state === ACCEPTED) this.complain(`${mark} was accepted and then refused`);
    else draft.state = REFUSED;
  }

  complain(what) {
    this.#complaints.push(what);
  }

  /** What was found so far; empties the list. */
  complaints() {
    return this.#complaints.splice(0);
  }

  state(mark) {
    return this.#draft(mark).state;
  }

  /** Compares with what is stored. `whole`: looks into every ticket and every file again. */
  async check(truth, { whole = false } = {}) {
    if (whole) this.#seen.clear();
    const tickets = await truth.tickets();
    const byMark = new Map();
    const references = new Set();
    for (const ticket of tickets) {
      const mark = ticket.subject.match(MARK)?.[0];
      if (references.has(ticket.reference)) this.complain(`${ticket.reference} is there twice`);
      references.add(ticket.reference);
      if (byMark.has(mark)) this.complain(`${mark} is stored twice: ${byMark.get(mark).reference} and ${ticket.reference}`);
      byMark.set(mark, ticket);
      const draft = this.#drafts.get(mark);
      if (!draft || draft.state === 'open') this.complain(`${ticket.reference} was sent by nobody (${mark})`);
      else if (draft.forbidden) this.complain(`${mark} is stored although ${draft.user} may not file`);
      else if (draft.state === REFUSED) this.complain(`${mark} was refused and is stored as ${ticket.reference}`);
      else await this.#look(truth, ticket, draft);
    }
    for (const { mark, state, receipt } of this.#drafts.values()) {
      if (state !== ACCEPTED) continue;
      const ticket = byMark.get(mark);
      if (!ticket) this.complain(`${mark} was acknowledged as ${receipt.reference} and is not stored`);
      else if (!holds(ticket, receipt)) this.complain(`${mark} differs from its receipt: ${JSON.stringify([ticket, receipt])}`);
    }
  }

  /** What a user was shown of the list: everything of theirs that they know of, and nothing of others. */
  listed(user, tickets, { company }) {
    const shown = new Map(tickets.map((ticket) => [ticket.subject.match(MARK)?.[0], ticket]));
    for (const { mark, state, receipt, ...draft } of this.#drafts.values()) {
      const theirs = company || draft.user === user;
      if (state === ACCEPTED && theirs && shown.get(mark)?.reference !== receipt.reference) this.complain(`${user} does not see ${mark}`);
      if (!theirs && shown.has(mark)) this.complain(`${user} sees ${mark} of ${draft.user}`);
    }
  }

  /** The ticket as a whole is what was sent, and its files are. */
  async #look(truth, ticket, { mark, fields, files }) {
    const before = this.#seen.get(ticket.reference);
    if (before) {
      if (!same(before, ticket)) this.complain(`${mark} has changed: ${JSON.stringify([before, ticket])}`);
      return;
    }
    const detail = await truth.ticket(ticket.reference);
    for (const [name, value] of Object.entries(fields)) {
      const stored = name === 'service' ? detail.service?.name : detail[name];
      if (!same(stored ?? null, value)) this.complain(`${mark}: ${name} is stored as ${JSON.stringify(stored)}`);
    }
    if (!holds(detail, ticket)) this.complain(`${mark}: list and ticket differ`);
    const hashes = [];
    for (const { id, sha256 } of detail.attachments ?? []) {
      const found = await truth.file(ticket.reference, id);
      hashes.push(found);
      if (found !== sha256) this.complain(`${mark}: attachment ${id} has ${found} instead of ${sha256}`);
    }
    if (!same(hashes, files)) this.complain(`${mark}: files ${JSON.stringify(hashes)} instead of ${JSON.stringify(files)}`);
    this.#seen.set(ticket.reference, ticket);
  }

  #draft(mark) {
    const draft = this.#drafts.get(mark);
    if (!draft) throw new Error(`no draft ${mark}`);
    return draft;
  }
}

/** Whether everything in `part` is just so in `all`. */
const holds = (all, part) => Object.entries(part).every(([name, value]) => same(all[name] ?? null, value ?? null));

/** Equal as JSON, whatever the order of names. */
function same(one, other) {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name] ?? null, other[name] ?? null));
}
