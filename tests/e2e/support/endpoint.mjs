// `test` and `expect` for the specs: every worker has a real endpoint, every test starts it afresh.
//
//   endpoint.url               base URL, also Playwright's `baseURL`
//   endpoint.store             the words that name where it keeps everything, for commands
//   endpoint.shaken            it is three, and between the acts one of them is killed or ended, and started again
//   endpoint.data              the folder of its data
//   endpoint.token(user)       a signed token of superadmin | member | no-access
//   endpoint.advanceClock(ms)  moves the endpoint's clock on
//   endpoint.faults(list)      the next faults, see docs/testing.md
//   endpoint.reset()           empties everything (done before each test)
import { expect, test as base } from '@playwright/test';
import { startInstances } from './instances.mjs';
import { startEndpoint } from './process.mjs';

/** The demo controls of an endpoint. */
export function controls(url) {
  const post = async (path, body = {}) => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    url,
    reset: () => post('/demo/reset'),
    advanceClock: (ms) => post('/demo/clock', { advance_ms: ms }),
    faults: (next) => post('/demo/faults', { next }),
    async token(user = 'superadmin') {
      const answer = await fetch(`${url}/demo/token?user=${encodeURIComponent(user)}`);
      if (!answer.ok) throw new Error(`GET /demo/token: ${answer.status} ${await answer.text()}`);
      return (await answer.json()).token;
    },
  };
}

/** Those of several instances. Before time passes, something befalls one of them. */
async function controlsOfAll(database) {
  let advanced = 0;
  const running = await startInstances(database, (url) => controls(url).advanceClock(advanced));
  const each = (act) => running.each((url) => act(controls(url)));
  const all = {
    ...controls(running.url),
    shaken: true,
    data: running.data,
    store: running.store,
    async reset() {
      advanced = 0;
      await each((one) => one.reset());
    },
    async advanceClock(ms) {
      await running.misfortune();
      advanced += ms;
      await each((one) => one.advanceClock(ms));
    },
    faults: () => Promise.reject(new Error('nobody knows which instance a call reaches')),
  };
  return { all, stop: running.stop };
}

async function controlsOfOne() {
  const running = await startEndpoint();
  const all = { ...controls(running.url), shaken: false, data: running.data, store: ['--data', running.data] };
  return { all, stop: running.stop };
}

export const test = base.extend({
  /** The address of a PostgreSQL database for three instances; without it there is one, with a file. */
  database: [null, { option: true, scope: 'worker' }],
  endpoint: [
    async ({ database }, use) => {
      const running = await (database ? controlsOfAll(database) : controlsOfOne());
      try {
        await use(running.all);
      } finally {
        await running.stop();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ endpoint }, use) => use(endpoint.url),
  page: async ({ page }, use) => {
    await use(page);
    // A call on its way through a test's hands when the test is over is nobody's failure.
    if (!page.isClosed()) await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
  fresh: [
    async ({ endpoint }, use) => {
      await endpoint.reset();
      await use();
    },
    { auto: true },
  ],
});

export { expect };
