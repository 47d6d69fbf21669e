// Pages with a strict content security policy: exactly the lines that docs/embedding.md names, and the browser
// must not report a single violation. `img-src data:` is for the page's own icon.
import { guestContract } from './support/contract.mjs';
import { expect, test } from './support/test.mjs';

const TRUSTED = "require-trusted-types-for 'script'; trusted-types 'none'";

/** `default-src 'none'` and what the widget needs. */
function policy({ site, endpoint }, scripts = site.cdn) {
  return {
    'content-security-policy': `default-src 'none'; img-src data:; script-src ${scripts} 'wasm-unsafe-eval'; connect-src ${site.cdn} ${endpoint.url}; ${TRUSTED}`,
  };
}

test('a strict page reports no violation', async ({ endpoint, host, site }) => {
  await host.open({ headers: policy({ site, endpoint }) });
  await guestContract(host, {
    visit: async () => {
      await host.file();
      expect(await host.violations()).toEqual([]);
    },
  });
});

test('a page whose policy names nonces instead of hosts reports none either', async ({ endpoint, host, site }) => {
  await host.open({ nonce: 'bm9uY2U', headers: policy({ site, endpoint }, "'nonce-bm9uY2U'") });
  await guestContract(host);
});

test('a page that isolates itself from others can embed the widget', async ({ endpoint, host, site }) => {
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  // Under this policy a script without CORS would need a header of the CDN: the loader is fetched with CORS.
  await host.open({ headers: { ...policy({ site, endpoint }), ...isolated }, script: 'crossorigin' });
  expect(await host.do(() => crossOriginIsolated)).toBe(true);
  await guestContract(host);
});
