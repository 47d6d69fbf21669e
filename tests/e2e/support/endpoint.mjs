// `test` and `expect` for the specs: every worker has a real endpoint, every test starts it afresh.
//
//   endpoint.url               base URL, also Playwright's `baseURL`
//   endpoint.data              the folder of its data
//   endpoint.token(user)       a signed token of superadmin | member | no-access
//   endpoint.advanceClock(ms)  moves the endpoint's clock on
//   endpoint.faults(list)      the next faults, see docs/testing.md
//   endpoint.reset()           empties everything (done before each test)
import { expect, test as base } from '@playwright/test';
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

export const test = base.extend({
  endpoint: [
    async ({}, use) => {
      const running = await startEndpoint();
      try {
        await use({ ...controls(running.url), data: running.data });
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
