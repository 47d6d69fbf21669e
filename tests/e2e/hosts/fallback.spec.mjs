// The app does not come: the page stays as usable as ever, and the panel offers the other channels and another try.
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test.mjs';

const OWN = '<button id="own" onclick="document.title = \'clicked\'">Own</button>';

/** The page and its button answer, whatever has become of the widget. */
async function expectPageAlive(host) {
  await host.do(() => void (document.title = ''));
  await host.click('own');
  expect(await host.do(() => document.title)).toBe('clicked');
}

async function expectChannels(host) {
  await host.appears('pd-fallback');
  expect(await host.do(() => find('pd-channel-help-center').href)).toBe('https://help.zoho.eu/');
  expect(await host.do(() => find('pd-channel-email').href)).toBe('mailto:partner-support@eu.zohocorp.com');
  await expectPageAlive(host);
}

const MISSING = { status: 404, body: 'nothing' };
const TROUBLES = {
  'the script is missing': ['app.js', MISSING],
  'the styles are missing': ['app.css', MISSING],
  'the WebAssembly is missing': ['app_bg.wasm', MISSING],
  'the WebAssembly is something else': ['app_bg.wasm', { body: '<!doctype html>', headers: { 'content-type': 'text/html' } }],
  'the script is broken': ['app.js', { body: 'export default () => { throw Error("broken") }', headers: { 'content-type': 'text/javascript' } }],
};

for (const [name, [file, answer]] of Object.entries(TROUBLES)) {
  test(`${name}: channels, and the next try succeeds`, async ({ host, site }) => {
    const repair = site.disturb(file, answer);
    await host.open({ body: OWN });
    await host.click('pd-launcher');
    await expectChannels(host);
    repair();
    await host.click('pd-fallback-retry');
    await host.appears('pd-add-ticket');
    expect(await host.violations()).toEqual([]);
  });
}

test('a wrong MIME type of the WebAssembly only costs time', async ({ host, site }) => {
  const body = await readFile(`${site.folder}/app/app_bg.wasm`);
  site.disturb('app_bg.wasm', { body, headers: { 'content-type': 'application/octet-stream' } });
  await host.open();
  await host.launch();
});

test('the page’s policy refuses WebAssembly', async ({ engineName, host, site }) => {
  const policy = `script-src ${site.cdn} 'unsafe-inline'`;
  await host.open({ body: OWN, headers: { 'content-security-policy': policy } });
  await host.click('pd-launcher');
  await expectChannels(host);
  await host.picture(`fallback-${engineName}`);
  await host.click('pd-close');
  await host.vanishes('pd-panel');
});

test('the page’s policy refuses the CDN’s files', async ({ host, endpoint }) => {
  await host.open({ body: OWN, headers: { 'content-security-policy': `connect-src ${endpoint.url}` } });
  await host.click('pd-launcher');
  await expectChannels(host);
});

test('a browser without WebAssembly', async ({ host }) => {
  await host.open({ body: OWN, head: '<script>delete window.WebAssembly</script>' });
  await host.click('pd-launcher');
  await expectChannels(host);
});

test('the app hangs: the page answers meanwhile, and after ten seconds there are channels', async ({ host, site }) => {
  // The clock of the page's timers runs twenty times as fast.
  const faster = '<script>{ const { setTimeout } = window; window.setTimeout = (f, ms = 0, ...rest) => setTimeout(f, ms / 20, ...rest) }</script>';
  const release = site.hold('app_bg.wasm');
  await host.open({ body: OWN, head: faster });
  const opened = Date.now();
  await host.click('pd-launcher');
  await host.appears('pd-close');
  await expectPageAlive(host);
  await expectChannels(host);
  expect(Date.now() - opened).toBeGreaterThanOrEqual(500);
  release();
  await host.click('pd-fallback-retry');
  await host.appears('pd-add-ticket');
});
