// `test` and `expect` for specs that use the widget: the page object, what the endpoint has stored,
// and the console, in which nothing may complain.
//
//   desk                    the widget, by test ids (desk-page.mjs)
//   stored                  the endpoint as a program calls it (api.mjs)
//   complaints.allow(regex) for the network errors that a test itself provokes
import { api } from './api.mjs';
import { DeskPage } from './desk-page.mjs';
import { expect, test as base } from './endpoint.mjs';

/** What Chromium says of an answer with an error status, and of none. */
export const NETWORK_ERROR = /^Failed to load resource: /;

export const test = base.extend({
  complaints: [
    async ({ page, endpoint }, use) => {
      const heard = [];
      // What was under way with an instance that is killed ends without an answer.
      const allowed = endpoint.shaken ? [NETWORK_ERROR] : [];
      page.on('console', (message) => {
        if (['error', 'warning', 'assert'].includes(message.type())) heard.push(message.text());
      });
      page.on('pageerror', (error) => heard.push(String(error)));
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error('content security policy:', event.violatedDirective, event.blockedURI);
        });
      });
      await use({ allow: (pattern) => allowed.push(pattern) });
      const unexpected = heard.filter((text) => !allowed.some((pattern) => pattern.test(text)));
      expect(unexpected, 'complaints in the console').toEqual([]);
    },
    { auto: true },
  ],
  desk: async ({ page }, use) => use(new DeskPage(page)),
  stored: async ({ endpoint, fresh }, use) => use(await api(endpoint)),
});

export { expect };
