// A user's widget, in as few words as possible: one key per draft, a body that is frozen once it has left,
// three answers. Must never ask the endpoint around the proxy, except for a token, which the page's own
// server gives.
import { exchange, json, NoAnswer } from './exchange.mjs';
import { ACCEPTED, REFUSED, UNKNOWN } from './model.mjs';

/** As the widget has them; the test that mistakes are noticed breaks one at a time. */
export const RULES = { newKeyOnRetry: false, unknownIsRefused: false };

/** A user who may not file. */
export const NO_ACCESS = 'no-access';

export class Client {
  #base;
  #tokens;
  #model;
  #rules;

  /** `base` is the proxy's address, `tokens(user, fresh)` gives tokens. */
  constructor({ base, tokens, model, rules = RULES }) {
    this.#base = base;
    this.#tokens = tokens;
    this.#model = model;
    this.#rules = rules;
  }

  /**
   * A draft of a user's; `files` as of drafts.mjs. `correct` are the fields after a refusal.
   * It keeps what the widget keeps: the key, the ids of uploads, and whether an attempt has left.
   */
  draft({ mark, key, user, fields, files = [], correct = null }) {
    const hashes = files.map(({ sha256 }) => sha256);
    this.#model.open({ mark, user, fields, files: hashes, forbidden: user === NO_ACCESS });
    return { mark, key, user, fields, files, correct, ids: files.map(() => null), attempts: 0, again: 0 };
  }

  /** Uploads what is missing; whether everything is there now. */
  async upload(draft, options) {
    for (const [index, { name, content, sha256 }] of draft.files.entries()) {
      if (draft.ids[index]) continue;
      const headers = { 'content-type': 'application/octet-stream', 'upload-name': encodeURIComponent(name) };
      const answer = await this.#send(draft.user, { method: 'POST', path: '/v1/uploads', headers, body: content, ...options });
      if (answer?.status !== 201) {
        this.#suspicious(answer, draft, []);
        return false;
      }
      const stored = json(answer);
      if (stored?.sha256 !== sha256) this.#model.complain(`upload of ${draft.mark}: ${stored?.sha256} instead of ${sha256}`);
      draft.ids[index] = stored?.id;
    }
    return true;
  }

  /** One attempt to file it, by as many tabs at once as asked for. Gives what the user is told. */
  async attempt(draft, { tabs = 1, ...options } = {}) {
    if (!(await this.upload(draft, options))) return draft.attempts === 0 ? 'not sent' : UNKNOWN;
    const before = this.#model.state(draft.mark);
    const uncertain = before === UNKNOWN;
    this.#model.sent(draft.mark);
    draft.attempts += 1;
    const key = this.#rules.newKeyOnRetry ? `${draft.key}-${draft.attempts}` : draft.key;
    const fields = draft.ids.length > 0 ? { ...draft.fields, uploads: draft.ids } : draft.fields;
    const body = Buffer.from(JSON.stringify(fields));
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const sending = Array.from({ length: tabs }, () =>
      this.#send(draft.user, { method: 'POST', path: '/v1/tickets', headers, body, ...options }),
    );
    const told = (await Promise.all(sending)).map((answer) => this.#tell(draft, answer, uncertain));
    // Of several tabs the user believes the one that knows.
    const verdict = [ACCEPTED, UNKNOWN, REFUSED].find((word) => told.includes(word));
    if (verdict === REFUSED) this.#refused(draft);
    return verdict;
  }

  /** Reads the user's list; whether it arrived. */
  async readBack(user, options) {
    const answer = await this.#send(user, { path: '/v1/tickets?limit=200', ...options });
    if (answer?.status !== 200) return this.#suspicious(answer, { mark: 'the list', user }, []) ?? false;
    this.#model.listed(user, json(answer).items, { company: user === 'superadmin' });
    return true;
  }

  /** What one answer means, and the model told of it where it says something for good. */
  #tell(draft, answer, uncertain) {
    const content = answer && json(answer);
    if (answer?.status === 201 && typeof content?.reference === 'string') {
      this.#model.accepted(draft.mark, content, answer.headers['idempotency-replayed'] === 'true');
      return ACCEPTED;
    }
    const retryAfter = Number(answer?.headers['retry-after']);
    // "Later" is after some other steps: nobody waits here.
    draft.again = retryAfter > 0 ? Math.min(2, retryAfter) : 0;
    const open = !answer || answer.status < 400 || answer.status >= 500 || answer.status === 409;
    if (open && !this.#rules.unknownIsRefused) return this.#suspicious(answer, draft, []) ?? UNKNOWN;
    const { code = '', violations = [] } = content ?? {};
    if (violations.some((one) => one.code === 'upload_expired')) {
      // To be uploaded again; the key stays, and nothing was stored under it.
      draft.ids.fill(null);
      return UNKNOWN;
    }
    this.#suspicious(answer, draft, draft.correct ? ['invalid_fields'] : []);
    // Given before the key was looked up, it says nothing about earlier attempts.
    const atTheDoor = ['rate_limited', 'access_denied'].includes(code) || [401, 403, 408].includes(answer?.status);
    return uncertain && atTheDoor ? UNKNOWN : REFUSED;
  }

  /** A refusal binds nothing: what was wrong is corrected and sent under the same key, as another text. */
  #refused(draft) {
    this.#model.refused(draft.mark);
    if (!draft.correct || draft.user === NO_ACCESS) return;
    const { mark, fields } = draft.correct;
    this.#model.open({ mark, user: draft.user, fields, files: draft.files.map(({ sha256 }) => sha256) });
    Object.assign(draft, { mark, fields, correct: null });
  }

  /** An endpoint in good order says none of this to a client in good order. */
  #suspicious(answer, { mark, user }, expected) {
    if (!answer || answer.headers['content-type'] !== 'application/problem+json') return;
    const { code } = json(answer) ?? {};
    const harmless = ['shutting_down', 'idempotency_running', ...expected, ...(user === NO_ACCESS ? ['access_denied'] : [])];
    if (!harmless.includes(code)) this.#model.complain(`${mark} of ${user} was answered with ${answer.status} ${code}: ${answer.body}`);
  }

  /** With a new token once, after a 401; `null` without a whole answer. */
  async #send(user, parts, fresh = false) {
    try {
      const headers = { ...parts.headers, authorization: `Bearer ${await this.#tokens(user, fresh)}` };
      const answer = await exchange(this.#base, { ...parts, headers });
      return answer.status === 401 && !fresh ? this.#send(user, parts, true) : answer;
    } catch (cause) {
      if (cause instanceof NoAnswer) return null;
      throw cause;
    }
  }
}
