// What the endpoint has stored, asked directly: never through the proxy, and never by who acts as a user.
import { execFile } from 'node:child_process';
import { program } from '../support/process.mjs';
import { sha256 } from './drafts.mjs';
import { exchange, json } from './exchange.mjs';

/** More than any seed files. */
const TICKETS_MAX = 200;

/** `endpoint` as of process.mjs, `token()` a super administrator's. Gives what a model asks for. */
export function truth(endpoint, token) {
  async function get(path, fresh = false) {
    const headers = { authorization: `Bearer ${await token(fresh)}` };
    const answer = await exchange(endpoint.url, { path, headers });
    if (answer.status === 401 && !fresh) return get(path, true);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`);
    return answer;
  }

  return {
    /** Everybody's tickets, as the list shows them. */
    async tickets() {
      const { items, next_cursor: more } = json(await get(`/v1/tickets?limit=${TICKETS_MAX}`));
      if (more) throw new Error(`more than ${TICKETS_MAX} tickets`);
      return items;
    },
    ticket: async (reference) => json(await get(`/v1/tickets/${reference}`)),
    /** The SHA-256 of what one gets. */
    file: async (reference, id) => sha256((await get(`/v1/tickets/${reference}/attachments/${id}`)).body),
    /** What `partner-endpoint check` says of the data folder, if it found something wrong; else `null`. */
    check: () =>
      new Promise((done) => {
        const words = ['check', '--data', endpoint.data];
        execFile(program, words, (failure, said, complaints) => done(failure ? `${said}${complaints}` : null));
      }),
  };
}
