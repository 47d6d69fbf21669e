// The launcher can be moved out of the way, by whatever means somebody has, and stays where it was put.
import { expect, test } from '../support/desk-test.mjs';
import { openHostPage } from '../support/host-page.mjs';

const WINDOW = { width: 1280, height: 800 };
const box = (desk) => desk.at('pd-launcher').boundingBox();
const kept = (page) => page.evaluate(() => ({ ...localStorage }));

/** The app is there, so the launcher can be moved; it has not been opened. */
async function ready(desk, page, settings) {
  await page.setViewportSize(WINDOW);
  await openHostPage(page, settings);
  await reach(desk, page);
}

async function reach(desk, page) {
  const glue = page.waitForResponse('**/app/app.js');
  await desk.at('pd-launcher').hover();
  await glue;
  await expect(desk.at('pd-launcher')).toHaveAttribute('aria-keyshortcuts', /ArrowUp/);
}

async function drag(desk, page, x, y) {
  const { x: left, y: top, width, height } = await box(desk);
  await page.mouse.move(left + width / 2, top + height / 2);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
}

test('drawn to the other side it stays there, opens nothing, and the panel opens there from then on', async ({ desk, page }) => {
  await ready(desk, page);
  expect(await kept(page)).toEqual({});
  await drag(desk, page, 200, 300);
  const put = await box(desk);
  expect(put.x).toBe(16);
  expect(Math.abs(put.y + put.height / 2 - 300)).toBeLessThanOrEqual(1);
  await expect(desk.at('pd-panel')).toBeHidden();
  await page.reload();
  expect(await box(desk)).toEqual(put);
  await desk.launch();
  expect((await desk.at('pd-panel').boundingBox()).x).toBe(16);
  await desk.at('pd-close').click();
  expect(await box(desk)).toEqual(put);
});

test('a press with an unsteady hand is a click', async ({ desk, page }) => {
  await ready(desk, page);
  const { x, y } = await box(desk);
  await page.mouse.move(x + 20, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + 24, y + 22);
  await page.mouse.up();
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  expect(await kept(page)).toEqual({});
});

test('after a move the next click opens', async ({ desk, page }) => {
  await ready(desk, page);
  await drag(desk, page, 1100, 400);
  await desk.launch();
});

test('a press that began on the page and comes by moves nothing', async ({ desk, page }) => {
  await ready(desk, page);
  const start = await box(desk);
  for (let times = 0; times < 2; times += 1) {
    await page.mouse.move(600, 300);
    await page.mouse.down();
    await page.mouse.move(start.x + 40, start.y + 20, { steps: 8 });
    await page.mouse.move(start.x + 80, start.y + 22, { steps: 4 });
    expect(await box(desk)).toEqual(start);
    await page.mouse.up();
    // The second time after one that did move it.
    if (!times) await drag(desk, page, start.x + 100, start.y + 24 - 100);
    if (!times) await drag(desk, page, start.x + 100, start.y + 24);
  }
  expect(await box(desk)).toEqual(start);
});

test('arrow keys move it, and only where there is room', async ({ desk, page }) => {
  await ready(desk, page);
  const start = await box(desk);
  await desk.at('pd-launcher').focus();
  await page.keyboard.press('ArrowUp');
  expect(await box(desk)).toEqual({ ...start, y: start.y - 24 });
  await page.keyboard.press('ArrowLeft');
  expect((await box(desk)).x).toBe(16);
  for (let times = 0; times < 40; times += 1) await page.keyboard.press('ArrowUp');
  expect((await box(desk)).y).toBe(16);
  await page.keyboard.press('ArrowRight');
  for (let times = 0; times < 40; times += 1) await page.keyboard.press('ArrowDown');
  expect(await box(desk)).toEqual(start);
  await page.keyboard.press('Enter');
  await expect(desk.at('pd-panel')).toBeVisible();
});

test('with a finger, and before the app has arrived', async ({ browser, endpoint }) => {
  const context = await browser.newContext({ baseURL: endpoint.url, hasTouch: true, viewport: { width: 375, height: 700 } });
  const page = await context.newPage();
  let arrive;
  const held = new Promise((resolve) => (arrive = resolve));
  await page.route('**/app/app.js', async (route) => {
    await held;
    await route.continue();
  });
  await openHostPage(page);
  const launcher = page.getByTestId('pd-launcher');
  const { x, y } = await launcher.boundingBox();
  const touch = await context.newCDPSession(page);
  const at = (type, ...touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await at('touchStart', { x: x + 20, y: y + 20 });
  await at('touchMove', { x: x + 20, y: y - 20 });
  arrive();
  await expect(launcher).toHaveAttribute('aria-keyshortcuts', /ArrowUp/);
  for (const up of [40, 80, 120]) await at('touchMove', { x: x - up, y: y - up });
  await at('touchEnd');
  await expect.poll(async () => (await launcher.boundingBox()).y).toBeLessThan(y - 60);
  await expect(page.getByTestId('pd-panel')).toBeHidden();
  await context.close();
});

test('from Help, without dragging: it is said, focus stays', async ({ desk, page }) => {
  await ready(desk, page);
  await desk.launch();
  await desk.toHelp();
  await desk.at('pd-launcher-move').click();
  await expect(desk.at('pd-live')).toContainText(desk.text('help.launcher_moved'));
  await expect(desk.at('pd-launcher-move')).toBeFocused();
  expect((await desk.at('pd-panel').boundingBox()).x).toBe(16);
  await page.keyboard.press('Escape');
  expect((await box(desk)).x).toBe(16);
  await expect(desk.at('pd-launcher')).toBeFocused();
});

test('a page from right to left', async ({ desk, page }) => {
  await ready(desk, page, { html: 'dir="rtl"' });
  expect((await box(desk)).x).toBe(16);
  await drag(desk, page, 1200, 300);
  const { x, width } = await box(desk);
  expect(Math.round(x + width)).toBe(WINDOW.width - 16);
});

test('storage="off" keeps it for this page only', async ({ desk, page }) => {
  await ready(desk, page, { attributes: 'dc="eu" storage="off"' });
  const start = await box(desk);
  await drag(desk, page, 200, 300);
  await desk.launch();
  await desk.at('pd-close').click();
  expect((await box(desk)).x).toBe(16);
  expect(await kept(page)).toEqual({});
  await page.reload();
  expect(await box(desk)).toEqual(start);
});

test('a smaller window does not lose it', async ({ desk, page }) => {
  await ready(desk, page);
  await drag(desk, page, 1200, 40);
  await page.setViewportSize({ width: 700, height: 360 });
  expect((await box(desk)).y).toBeGreaterThanOrEqual(0);
});

test('nonsense in the storage counts as nothing', async ({ desk, page }) => {
  await page.setViewportSize(WINDOW);
  await openHostPage(page);
  const start = await box(desk);
  for (const nonsense of ['', '|', 'x', 'sideways|url(x)', '{}', '|||;color:red']) {
    await page.evaluate((text) => localStorage.setItem('partner-desk', text), nonsense);
    await page.reload();
    expect(await box(desk), nonsense).toEqual(start);
  }
});

test('no launcher, nothing to move', async ({ desk, page }) => {
  await openHostPage(page, { attributes: 'dc="eu" launcher="hidden"' });
  await page.evaluate(() => document.querySelector('partner-desk').open());
  await desk.toHelp();
  await expect(desk.at('pd-launcher-move')).toHaveCount(0);
});
