// `test` and `expect` for host pages. The engine is the project's; one browser serves a worker's tests, one after
// the other, each with a tab, servers and storage of its own.
//
//   host        the page (host.mjs)
//   site        the customer's server and the CDN (site.mjs)
//   endpoint    the endpoint (../../support/endpoint.mjs)
import { expect, test as base } from '../../support/endpoint.mjs';
import { launch } from '../engines/index.mjs';
import { Host } from './host.mjs';
import { startSite } from './site.mjs';

/** `cargo xtask test` lets a test pass at its second attempt only if the first one bears this mark. */
const ENGINE_DIED = 'engine-died';

export const test = base.extend({
  engineName: ['', { option: true, scope: 'worker' }],
  engine: [
    async ({ engineName }, use) => {
      const engine = await launch(engineName);
      try {
        await use(engine);
      } finally {
        await engine.close();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  site: async ({}, use) => {
    const site = await startSite();
    try {
      await use(site);
    } finally {
      await site.stop();
    }
  },
  host: async ({ engine, site, endpoint }, use, info) => {
    const tab = await engine.newTab();
    const host = new Host(tab, site, endpoint);
    try {
      await use(host);
      if (info.errors.length) await attach(host, info);
      if (info.errors.length && (await tab.dead())) info.annotations.push({ type: ENGINE_DIED });
    } finally {
      await tab.close().catch(() => {});
    }
  },
});

/** What the page looked like and complained of when the test failed. A tab that cannot answer any more says so itself. */
async function attach(host, info) {
  const say = (trouble) => ({ body: `the tab does not answer: ${trouble}`, contentType: 'text/plain' });
  const picture = async () => ({ body: await host.tab.screenshot(), contentType: 'image/png' });
  const report = async () => ({ body: JSON.stringify(await host.report(), null, 1), contentType: 'application/json' });
  await info.attach('page', await picture().catch(say));
  await info.attach('report', await report().catch(say));
}

export { expect };
