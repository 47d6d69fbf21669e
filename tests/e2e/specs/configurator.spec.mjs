// The embed configurator: what it hands out is put into pages as it is, under the policy that it names.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/desk-test.mjs';
import { requestsOf } from '../support/host-page.mjs';

const source = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const VERSION = source('Cargo.toml').match(/^version = "(.+)"$/m)[1];

/** Opens the configurator with these settings in its address, and waits for the build's version. */
async function configure(page, settings = {}) {
  await page.goto(`/demo/configurator.html?${new URLSearchParams(settings)}`);
  await expect(code(page, 'link')).toHaveText(/configurator\.html/);
  await expect(code(page, 'markup')).not.toContainText('VERSION');
}

const code = (page, id) => page.locator(`#${id} code`);
const frame = (page) => page.frameLocator('.shown__frame');
const choose = (page, name, label) => field(page, name).getByRole('radio', { name: label }).check();
const field = (page, name) => page.locator(`[data-setting="${name}"]`);

async function outputs(page) {
  const ids = ['markup', 'script', 'policy', 'trusted-types'];
  const texts = await Promise.all(ids.map((id) => code(page, id).textContent()));
  return Object.fromEntries(ids.map((id, at) => [id, texts[at]]));
}

/** Name → pattern, as the loader has them. */
function rules() {
  const [, table] = source('static/partner-desk.js').match(/const RULES = new Map\(String\.raw`([^`]+)`/);
  return table.split('\n').map((line) => line.split(' '));
}

test('every attribute of the loader is in the form, with the same values', async ({ page }) => {
  await configure(page);
  const table = await page.evaluate(async () => {
    const { ATTRIBUTES } = await import('/demo/configurator/settings.js');
    return ATTRIBUTES.map(({ name, pattern }) => [name, pattern]);
  });
  expect(table.length).toBeGreaterThan(10);
  expect(table).toEqual(rules());
  for (const [name, pattern] of rules()) {
    const controls = page.locator(`form [name="${name}"]`);
    await expect(controls.first(), name).toBeAttached();
    if (!/^[a-z]+(\|[a-z]+)+$/.test(pattern)) continue;
    const values = await controls.evaluateAll((all) =>
      all.flatMap((control) => [...(control.options ?? [control])].map(({ value }) => value).filter(Boolean)),
    );
    expect(values, name).toEqual(pattern.split('|'));
  }
});

test('what it shows first is what the documents say', async ({ page }) => {
  await configure(page);
  const documents = source('docs/embedding.md');
  const [, policies] = documents.split('## Content security policy');
  const [byAddress, byNonce, trustedTypes] = [...policies.matchAll(/^```text\n(.+)\n```$/gm)].map(([, line]) => line);
  const first = await outputs(page);
  expect(first.policy).toBe(byAddress);
  expect(first['trusted-types']).toBe(trustedTypes);
  const [major] = VERSION.split('.');
  expect(documents).toContain(first.markup.replace(`/${major}/`, '/1/'));
  const inOneLine = (text) => text.replace(/\s+/g, ' ');
  expect(inOneLine(documents)).toContain(inOneLine(first.script.match(/tokenProvider = [^]+?;\n}/)[0]));
  await configure(page, { nonce: 'yes' });
  expect((await outputs(page)).policy).toBe(byNonce);
});

test('the integrity is that of the loader as it is served', async ({ endpoint, page }) => {
  await configure(page, { version: 'exact' });
  const bytes = Buffer.from(await (await fetch(`${endpoint.url}/partner-desk.js`)).arrayBuffer());
  const { markup } = await outputs(page);
  expect(markup).toContain(`/${VERSION}/partner-desk.js"`);
  expect(markup).toContain(`integrity="sha384-${createHash('sha384').update(bytes).digest('base64')}"`);
  expect(markup).toContain('crossorigin="anonymous"');
  await configure(page);
  expect((await outputs(page)).markup).not.toMatch(/integrity|crossorigin/);
});

// ---- What it hands out, on pages.

const HTML = { 'content-type': 'text/html; charset=windows-1252' }; // not UTF-8: the texts are right in any encoding
const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };

/** A customer's server with page, script, route for tokens, and the widget's files under any folder. */
async function startShop(endpoint) {
  const pages = new Map();
  const answer = async (path) => {
    if (pages.has(path)) return pages.get(path);
    if (path === '/desk-token') return { body: await endpoint.token('member') };
    const [, name] = path.match(/^\/(?:cdn|else)\/.*?(partner-desk\.js|app\/.+)$/) ?? [];
    const file = await fetch(`${endpoint.url}/${name}`);
    return { status: file.status, headers: { 'content-type': file.headers.get('content-type') }, body: Buffer.from(await file.arrayBuffer()) };
  };
  const server = createServer(async ({ url }, response) => {
    const { status = 200, headers = {}, body } = await answer(new URL(url, 'http://shop').pathname);
    response.writeHead(status, { 'access-control-allow-origin': '*', ...headers }).end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  return {
    origin: `http://localhost:${port}`,
    /** Another origin with the same files. The page may fetch its tokens only because its own has files as well. */
    other: `http://127.0.0.1:${port}`,
    /** Puts the texts into a page as they are; the policy allows nothing else. */
    put({ markup, script, policy, 'trusted-types': trustedTypes }) {
      const nonce = policy.match(/'nonce-(.+?)'/)?.[1];
      const own = /src="\/help\.js"/.test(markup) ? '' : `<script src="/help.js" ${nonce ? `nonce="${nonce}"` : ''} defer></script>`;
      pages.set('/help.js', { headers: SCRIPT, body: script });
      pages.set('/shop', {
        headers: { ...HTML, 'content-security-policy': `default-src 'none'; img-src data:; ${policy}; ${trustedTypes}` },
        body: `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><body>${markup}${own}</body></html>`,
      });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const shopTest = test.extend({
  shop: async ({ endpoint }, use) => {
    const shop = await startShop(endpoint);
    await use(shop);
    await shop.stop();
  },
});

const ODD = 'a"b\'c<d>&amp;é😀';

/** Settings beside data centre, files and endpoint. */
const CONFIGURATIONS = [
  ['as it is first', () => ({})],
  ['an exact version', () => ({ version: 'exact' })],
  ['a nonce', () => ({ nonce: 'yes' })],
  ['a nonce and an exact version', () => ({ nonce: 'yes', version: 'exact' })],
  [
    'every look',
    () => ({ dc: 'us', region: 'ca', lang: 'de', theme: 'dark', position: 'start', 'offset-block': '5rem', 'offset-inline': '24', 'z-index': '10' }),
  ],
  ['every behaviour', () => ({ preload: 'idle', storage: 'off', 'deep-link': 'on', qa: '2026-11-23T09:00:00Z' })],
  ['a hidden launcher', () => ({ launcher: 'hidden' })],
  ['a closed root', () => ({ shadow: 'closed', preload: 'none' })],
  ['two endpoints', (shop, { url }) => ({ endpoint: `${url} ${url.replace('127.0.0.1', 'localhost')}` })],
  ['files elsewhere', ({ origin, other }) => ({ cdn: `${other}/cdn`, assets: `${origin}/else/${ODD}/` })],
  ['files elsewhere, a nonce', ({ origin, other }) => ({ cdn: `${other}/cdn`, assets: `${origin}/else/`, nonce: 'yes' })],
  ['files on the page’s own site', () => ({ assets: `/else/${ODD}` })],
  ['a call', () => ({ how: 'mount' })],
  [
    'a call with everything',
    ({ origin, other }) => ({ how: 'mount', cdn: `${other}/cdn`, version: 'exact', nonce: 'yes', launcher: 'hidden', assets: `${origin}/else/${ODD}\\`, 'z-index': '7', theme: 'light', 'offset-inline': '1em' }),
  ],
];

for (const [name, settings] of CONFIGURATIONS) {
  shopTest(`${name}: the code works on a page under the policy`, async ({ desk, endpoint, page, shop }) => {
    const chosen = { dc: 'eu', endpoint: endpoint.url, cdn: `${shop.origin}/cdn/`, ...settings(shop, endpoint) };
    await configure(page, chosen);
    await expect(page.locator('#wrong')).toBeHidden();
    shop.put(await outputs(page));
    await page.addInitScript(() => addEventListener('pd-ready', () => (window.started = true)));
    await page.goto(`${shop.origin}/shop`);
    await page.waitForFunction(() => customElements.get('partner-desk') && document.querySelector('partner-desk'));

    const names = rules().map(([rule]) => rule);
    const expected = Object.fromEntries(names.filter((rule) => rule in chosen).map((rule) => [rule, chosen[rule]]));
    const attributes = await page
      .locator('partner-desk')
      .evaluate((element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])));
    expect(attributes).toEqual(expected);

    if (chosen.launcher === 'hidden') await page.getByRole('button', { name: 'Help for partners' }).click();
    else if (chosen.shadow === 'closed') await page.locator('partner-desk').evaluate((element) => element.open());
    else await desk.launch();
    await page.waitForFunction(() => window.started);
    if (chosen.shadow !== 'closed') await expect(desk.at('pd-add-ticket')).toBeVisible();
  });
}

test('for npm there is the call, the build step, and a policy for files of one’s own', async ({ page }) => {
  await configure(page, { how: 'npm', theme: 'dark', 'offset-block': '5em' });
  const { markup, script, policy } = await outputs(page);
  expect(markup).toMatch(/^Nothing/);
  expect(script.split('\n')).toEqual([
    "import { mount } from 'partner-desk';",
    '',
    'mount({',
    "  dc: 'eu',",
    "  endpoint: 'https://desk-eu.example',",
    "  theme: 'dark',",
    "  offsetBlock: '5em',",
    "  assets: '/partner-desk/',",
    '  tokenProvider: async () => {',
    "    const answer = await fetch('/desk-token');",
    "    if (!answer.ok || answer.redirected) throw new Error('no token');",
    '    return answer.text();',
    '  },',
    '});',
  ]);
  expect(policy).toBe("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https://desk-eu.example");
  await expect(code(page, 'build')).toContainText("copyTo('public/partner-desk')");
  await expect(field(page, 'cdn')).toBeHidden();
  await choose(page, 'how', 'script tag');
  await expect(code(page, 'build')).toBeHidden();
  await expect(field(page, 'cdn')).toBeVisible();
});

test('what applies anyway is left out', async ({ page }) => {
  await configure(page);
  const { markup } = await outputs(page);
  const usual = { theme: 'auto', position: 'end', preload: 'intent', storage: 'on', launcher: 'shown', shadow: 'auto', 'deep-link': 'off' };
  await configure(page, usual);
  expect((await outputs(page)).markup).toBe(markup);
  await configure(page, { dc: '', endpoint: '' });
  const bare = await outputs(page);
  expect(bare.markup).toContain('\n<partner-desk></partner-desk>');
  expect(bare.policy).toMatch(/connect-src https:\/\/cdn\.example$/);
});

// ---- Wrong values.

const WRONG = [
  ['dc', 'moon'],
  ['region', 'EU'],
  ['endpoint', 'desk-eu.example'],
  ['endpoint', 'https://desk-eu.example ftp://desk.example'],
  ['endpoint', 'https://desk.example/?x=1'],
  ['endpoint', 'https://user@desk.example'],
  ['endpoint', 'https://desk.example;script-src'],
  ['lang', 'de DE'],
  ['theme', 'pink'],
  ['offset-block', '-5px'],
  ['offset-inline', '5 apples'],
  ['z-index', '1.5'],
  ['preload', 'yes'],
  ['assets', 'ftp://files.example/'],
  ['qa', 'yesterday'],
  ['qa', '2026-99-99T99:99:99Z'],
  ['cdn', 'files.example'],
  ['cdn', ''],
  ['version', '0.0.1'],
  ['user', 'root'],
];

for (const [name, value] of WRONG) {
  test(`${name}="${value}" is explained and not handed out`, async ({ page }) => {
    await configure(page, { [name]: value });
    const error = field(page, name).locator('.field__error');
    await expect(error).toBeVisible();
    await expect(error).toHaveText(value ? /^Error: “.+” is not accepted\. Accepted: .+\.$/ : /^Error: Needed: .+\.$/);
    if (value) await expect(error).toContainText(value);
    const control = page.locator(`[name="${name}"]`).first();
    await expect(control).toHaveAttribute('aria-invalid', 'true');
    await expect(control).toHaveAttribute('aria-describedby', new RegExp(await error.getAttribute('id')));
    await expect(page.locator('#wrong')).toContainText(await field(page, name).locator('label, legend').first().textContent());
    const { markup, policy, script } = await outputs(page);
    if (value) for (const text of [markup, policy, script]) expect(text).not.toContain(value);
    expect(new URL(page.url()).searchParams.get(name)).toBe(value);
  });
}

test('an error waits until the field is left, and goes as soon as it is mended', async ({ page }) => {
  await configure(page);
  const level = page.getByLabel('Level');
  const error = field(page, 'z-index').locator('.field__error');
  await level.fill('x');
  await expect(page.locator('#wrong')).toContainText('Level');
  await expect(error).toBeHidden();
  await level.blur();
  await expect(error).toBeVisible();
  await level.fill('12');
  await expect(error).toBeHidden();
  await expect(page.locator('#wrong')).toBeHidden();
  await expect(code(page, 'markup')).toContainText('z-index="12"');
});

test('what is no setting is named', async ({ page }) => {
  await configure(page, { datacentre: 'eu', dc: 'us' });
  await expect(page.locator('#strangers')).toContainText('datacentre');
  await expect(code(page, 'markup')).toContainText('dc="us"');
});

// ---- The page itself.

test('the address keeps what is chosen, and nothing else does', async ({ context, page }) => {
  const paths = requestsOf(page);
  await configure(page);
  await page.getByLabel('Data centre').selectOption('jp');
  await choose(page, 'theme', 'dark');
  await page.getByLabel('Distance from the side').fill('3rem');
  await page.getByLabel('Distance from the side').press('Enter');
  await expect(page).toHaveURL(/\?dc=jp&theme=dark&offset-inline=3rem$/);
  await expect(code(page, 'link')).toHaveText(page.url());
  const { markup } = await outputs(page);
  await page.reload();
  await expect(code(page, 'markup')).toHaveText(markup);
  await expect(page.getByLabel('Data centre')).toHaveValue('jp');
  await expect(field(page, 'theme').getByLabel('dark')).toBeChecked();
  await page.getByRole('link', { name: 'Start over' }).click();
  await expect(page.getByLabel('Data centre')).toHaveValue('eu');
  expect(paths.filter((path) => !/^\/(demo\/[\w./-]+(\?.*)?|partner-desk\.js)$/.test(path))).toEqual([]);
  expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
});

test('the preview follows without being loaded again', async ({ page }) => {
  await configure(page);
  const widget = frame(page).locator('partner-desk');
  await expect(widget).toHaveAttribute('dc', 'eu');
  await widget.evaluate((element) => {
    element.mark = true;
    element.open();
  });
  await expect(frame(page).getByTestId('pd-add-ticket')).toBeVisible();
  await choose(page, 'theme', 'dark');
  await choose(page, 'position', 'start');
  await page.getByLabel('Language').fill('de');
  await expect(widget).toHaveAttribute('theme', 'dark');
  await expect(frame(page).getByTestId('pd-launcher')).toContainText('Partnersupport');
  expect(await widget.evaluate(({ mark }) => mark)).toBe(true);
  await page.getByLabel('Language').fill('');
  await expect(widget).not.toHaveAttribute('lang');

  await choose(page, 'screen', 'phone');
  await expect.poll(() => widget.evaluate(() => innerWidth)).toBe(375);
  await expect(frame(page).getByTestId('pd-add-ticket')).toBeVisible();

  await page.getByLabel('Signed in as').selectOption('signed-out');
  await expect.poll(() => widget.evaluate(({ mark, tokenProvider }) => [mark, tokenProvider])).toEqual([undefined, undefined]);
  await choose(page, 'launcher', 'hidden');
  await expect(frame(page).getByTestId('pd-launcher')).toBeHidden();
  await frame(page).getByRole('button', { name: 'Help for partners' }).click();
  await expect(frame(page).getByTestId('pd-sign-in')).toBeVisible();
});

for (const [screen, width] of [
  ['desktop', 1280],
  ['tablet', 768],
  ['phone', 375],
]) {
  test(`on the screen ${screen} the launcher is seen while one works on the form, and a pointer finds it`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await configure(page, { screen });
    expect(await frame(page).locator('body').evaluate(() => innerWidth)).toBe(width);
    await expect(frame(page).getByTestId('pd-launcher')).toBeVisible();
    await page.getByLabel('Level').focus();
    const stage = await page.locator('.shown__stage').boundingBox();
    expect(stage.y).toBeGreaterThanOrEqual(0);
    expect(stage.y + stage.height).toBeLessThanOrEqual(800);
    await page.mouse.click(stage.x + stage.width - 40, stage.y + stage.height - 24);
    await expect(frame(page).getByTestId('pd-panel')).toBeVisible();
  });
}

test('page and preview themselves work under the policy that they name', async ({ endpoint, page }) => {
  await configure(page, { cdn: endpoint.url, endpoint: endpoint.url });
  const { policy, 'trusted-types': trustedTypes } = await outputs(page);
  const own = "style-src 'self'; frame-src 'self'; img-src data:";
  await page.route(/\/demo\/(configurator|preview)\.html/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': `default-src 'none'; ${own}; ${policy}; ${trustedTypes}` };
    await route.fulfill({ response, headers });
  });
  await configure(page, { theme: 'light' });
  await frame(page).locator('partner-desk[theme=light]').evaluate((element) => element.open());
  await expect(frame(page).getByTestId('pd-add-ticket')).toBeVisible();
});

for (const id of ['markup', 'script', 'policy', 'trusted-types', 'link']) {
  test(`${id} is copied, and that is said`, async ({ context, page }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await configure(page, { launcher: 'hidden', assets: '/ü/' });
    const status = page.getByRole('status');
    await expect(status).toBeEmpty();
    await page.locator(`#${id}`).getByRole('button', { name: 'Copy' }).click();
    await expect(status).toHaveText(/^Copied: .+\.$/);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code(page, id).textContent());
  });
}

test('what cannot be copied is selected, and that is said', async ({ page }) => {
  await page.addInitScript(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('no'))));
  await configure(page);
  await page.locator('#policy').getByRole('button').click();
  await expect(page.getByRole('status')).toContainText('selected');
  expect(await page.evaluate(() => String(getSelection()))).toBe(await code(page, 'policy').textContent());
});

test('a build that does not say its version gets no invented one', async ({ complaints, page }) => {
  complaints.allow(/Failed to load resource/);
  await page.route('**/demo/release.json', (route) => route.fulfill({ status: 404 }));
  await page.goto('/demo/configurator.html?version=exact');
  await expect(page.locator('#markup-note')).toContainText('cargo xtask build');
  await expect(code(page, 'markup')).toContainText('/VERSION/partner-desk.js');
});

test('with forced colours it is still seen what is chosen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await configure(page, { theme: 'dark' });
  const colours = await field(page, 'theme')
    .locator('input + span')
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).backgroundColor));
  expect(colours[2]).not.toBe(colours[0]);
  expect(colours[1]).toBe(colours[0]);
});

test('a place is named as a policy wants it', async ({ page }) => {
  const settings = { endpoint: 'https://a.example/base https://a.example:8443 https://bücher.example/', assets: 'HTTPS://FILES.example/x/' };
  await configure(page, settings);
  expect((await outputs(page)).policy).toBe(
    "script-src https://cdn.example https://files.example 'wasm-unsafe-eval'; " +
      'connect-src https://files.example https://a.example https://a.example:8443 https://xn--bcher-kva.example',
  );
});

test('the demo page leads to it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('navigation').getByRole('link', { name: 'Embed it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Put the widget on your page');
});

for (const [width, colorScheme] of [
  [1360, 'light'],
  [1360, 'dark'],
  [375, 'light'],
  [375, 'dark'],
]) {
  test(`${width} px, ${colorScheme}: nothing sticks out, axe finds nothing`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    for (const settings of [{}, { how: 'npm', stranger: '1', theme: 'pink', endpoint: 'x', 'offset-block': 'y' }]) {
      await configure(page, settings);
      await expect(frame(page).locator('partner-desk')).toBeAttached();
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}
