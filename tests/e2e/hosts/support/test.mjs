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
    } finally {
      await tab.close();
    }
  },
});

/** What the page looked like and complained of when the test failed. */
async function attach(host, info) {
  await info.attach('page', { body: await host.tab.screenshot(), contentType: 'image/png' });
  await info.attach('report', { body: JSON.stringify(await host.report(), null, 1), contentType: 'application/json' });
}

export { expect };
