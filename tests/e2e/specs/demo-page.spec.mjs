// The demo host page: embeds the widget as a customer would, and does nothing else.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/desk-test.mjs';
import { ask, requestsOf } from '../support/host-page.mjs';

const attributes = (page) =>
  ask(page, (element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])));

test('without a query it is the super administrator in the EU, in English', async ({ endpoint, page }) => {
  await page.goto('/');
  expect(await attributes(page)).toEqual({ dc: 'eu', lang: 'en', endpoint: endpoint.url });
  expect(await ask(page, (element) => typeof element.tokenProvider)).toBe('function');
});

test('the query sets every attribute that it may', async ({ page }) => {
  const wanted = {
    dc: 'us',
    region: 'ca',
    lang: 'de',
    theme: 'dark',
    storage: 'off',
    qa: '2026-11-23T09:00:00Z',
    endpoint: 'http://127.0.0.1:9',
  };
  await page.goto(`/?${new URLSearchParams(wanted)}`);
  expect(await attributes(page)).toEqual(wanted);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await expect(page.getByRole('heading', { name: 'Zum Ausprobieren' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What to try' })).toBeHidden();
});

test('an empty value leaves the attribute out', async ({ page }) => {
  await page.goto('/?dc=');
  expect(await ask(page, (element) => element.hasAttribute('dc'))).toBe(false);
});

test('signed out there is nobody to ask for a token', async ({ page }) => {
  await page.goto('/?user=signed-out');
  expect(await ask(page, (element) => element.tokenProvider ?? null)).toBeNull();
});

test('the page loads its own files and the loader, and keeps nothing', async ({ context, page }) => {
  const paths = requestsOf(page);
  await page.goto('/');
  await expect(page.getByTestId('pd-launcher')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(paths.sort()).toEqual(['/', '/demo/host.css', '/demo/host.js', '/demo/language.js', '/partner-desk.js']);
  expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
});

test('a token is asked for when the widget asks, as the chosen user', async ({ desk, page }) => {
  const paths = requestsOf(page);
  await desk.open({ user: 'member' });
  await expect.poll(() => paths.filter((path) => path.startsWith('/demo/token'))).toEqual(['/demo/token?user=member']);
});

test('the form chooses anew and leaves out what is not chosen', async ({ page }) => {
  await page.goto('/?user=no-access');
  await expect(page.locator('select[name="user"]')).toHaveValue('no-access');
  await page.locator('select[name="user"]').selectOption('member');
  await page.locator('select[name="dc"]').selectOption('jp');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForURL(/user=member/);
  expect(new URL(page.url()).search).toBe('?user=member&dc=jp&lang=en');
});

for (const width of [375, 1280]) {
  for (const lang of ['en', 'de']) {
    test(`${lang} at ${width} px: nothing shifts, nothing sticks out, axe finds nothing`, async ({ page }) => {
      await page.addInitScript(() => {
        window.shifted = 0;
        new PerformanceObserver((list) => {
          for (const { value } of list.getEntries()) window.shifted += value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.setViewportSize({ width, height: 720 });
      await page.goto(`/?lang=${lang}`);
      await expect(page.getByTestId('pd-launcher')).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => window.shifted)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    });
  }
}
