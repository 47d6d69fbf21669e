// Ten thousand requests: only what is in sight is drawn, and nobody notices.
import { eligible } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';
import { many } from '../support/many.mjs';

const COUNT = 10_000;
const MOST_DRAWN = 60;

test.describe.configure({ timeout: 120_000 });
test.beforeEach(async ({ endpoint, fresh }) => {
  await many(endpoint, COUNT, { ...eligible, subject: 'Number' });
});

/** What is wrong with what is drawn, and whether rows fill the panel. */
function drawn(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const scroller = shadowRoot.querySelector('.pd-scroll');
    const list = shadowRoot.querySelector('[data-testid="pd-request-list"]');
    const rows = [...list.querySelectorAll('[data-testid="pd-request"]')].map((row) => row.closest('li'));
    const box = list.getBoundingClientRect();
    const size = Number(rows[0]?.ariaSetSize);
    const height = rows[0]?.getBoundingClientRect().height;
    const wrong = [];
    let before = 0;
    for (const row of rows) {
      const at = Number(row.ariaPosInSet);
      const { top, height: own } = row.getBoundingClientRect();
      if (at <= before || at > size) wrong.push(`position ${at} after ${before} of ${size}`);
      if (Number(row.ariaSetSize) !== size) wrong.push(`two sizes: ${row.ariaSetSize}, ${size}`);
      if (Math.abs(own - height) > 0.5) wrong.push(`heights ${own}, ${height}`);
      // A border above the first row belongs to it: rows lie where the scroll bar says they are.
      if (Math.abs(top - box.top - (at - 1) * height) > 2) wrong.push(`row ${at} is at ${top - box.top}`);
      before = at;
    }
    const view = scroller.getBoundingClientRect();
    const middle = view.left + view.width / 2;
    const isRow = (y) => Boolean(shadowRoot.elementFromPoint(middle, y)?.closest('[data-testid="pd-request"]'));
    const full = rows.length > 0 && [view.top + view.height / 2, view.bottom - 30].every(isRow);
    return { count: rows.length, size, wrong, full, top: scroller.scrollTop, atEnd: scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 2 };
  });
}

async function expectSound(page) {
  const { count, size, wrong } = await drawn(page);
  expect(wrong).toEqual([]);
  expect(count).toBeLessThanOrEqual(MOST_DRAWN);
  // While nothing of what is in sight has come, nothing says how much there is.
  if (count > 0) expect(size).toBe(COUNT);
}

const filled = (page) => expect.poll(async () => (await drawn(page)).full, { timeout: 30_000 }).toBe(true);

const scrollTo = (page, share) =>
  page.locator('partner-desk').evaluate(({ shadowRoot }, share) => {
    const scroller = shadowRoot.querySelector('.pd-scroll');
    scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
  }, share);

test('from end to end by the wheel there are never more than sixty rows, each in its place', async ({ desk, page }) => {
  await desk.open();
  await expect(desk.at('pd-request').first()).toBeVisible();
  await desk.at('pd-request').nth(3).hover();
  await expectSound(page);
  let last = -1;
  for (let now = await drawn(page); now.top !== last; now = await drawn(page)) {
    last = now.top;
    await page.mouse.wheel(0, 9_000);
    await desk.nextFrame();
    await expectSound(page);
  }
  await expect.poll(async () => (await drawn(page)).atEnd).toBe(true);
  await filled(page);
  await expect(desk.at('pd-request').last()).toContainText(`Number ${COUNT - 1}`);
  await expectSound(page);
  // And back, now that all of it is there.
  for (let now = await drawn(page); now.top > 0; now = await drawn(page)) {
    await page.mouse.wheel(0, -30_000);
    await desk.nextFrame();
    await expectSound(page);
  }
  await expect(desk.at('pd-request').first()).toContainText('Number');
  await filled(page);
});

test('the scroll bar leads anywhere at once, and what is there comes', async ({ desk, page }) => {
  await desk.open();
  await expect(desk.at('pd-request').first()).toBeVisible();
  for (const share of [0.5, 1, 0.02, 0.98, 0.25, 0]) {
    await scrollTo(page, share);
    await filled(page);
    await expectSound(page);
  }
});

test('whoever is at a row keeps it, wherever they scroll to', async ({ desk, page }) => {
  await desk.open();
  const third = desk.at('pd-request').nth(2);
  await third.focus();
  const reference = await third.getAttribute('data-reference');
  const focused = () => page.locator('partner-desk').evaluate(({ shadowRoot }) => shadowRoot.activeElement?.dataset.reference);
  await page.keyboard.press('End');
  await filled(page);
  await expect.poll(async () => (await drawn(page)).atEnd).toBe(true);
  expect(await focused()).toBe(reference);
  await expectSound(page);
  await page.keyboard.press('Home');
  await filled(page);
  expect(await focused()).toBe(reference);
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await filled(page);
  expect(await focused()).toBe(reference);
  // From row to row: every one can be reached, and the window comes along.
  for (let pressed = 0; pressed < 70; pressed += 1) {
    await page.keyboard.press('Tab');
    expect(await desk.focused()).toBe('pd-request');
  }
  await expect
    .poll(() => page.locator('partner-desk').evaluate(({ shadowRoot }) => Number(shadowRoot.activeElement.closest('li').ariaPosInSet)))
    .toBe(73);
  await expectSound(page);
});

test('back from a request, list and focus are where they were', async ({ desk, page }) => {
  await desk.open();
  await expect(desk.at('pd-request').first()).toBeVisible();
  await scrollTo(page, 0.05);
  await filled(page);
  const { top } = await drawn(page);
  const row = desk.at('pd-request').filter({ hasText: 'Number 500' });
  await row.click();
  await desk.at('pd-back').click();
  await expect(row).toBeFocused();
  await filled(page);
  expect(Math.abs((await drawn(page)).top - top)).toBeLessThan(2);
  await expectSound(page);
});

test('what somebody looks at stays where it is when a ticket comes in above it', async ({ desk, page, stored }) => {
  await desk.open();
  await expect(desk.at('pd-request').first()).toBeVisible();
  await scrollTo(page, 0.03);
  await filled(page);
  const row = desk.at('pd-request').filter({ hasText: 'Number 302' });
  const top = async () => (await row.boundingBox()).y;
  const before = await top();
  await stored.file({ subject: 'A new one' });
  await expect(page.locator('li', { has: row })).toHaveAttribute('aria-setsize', String(COUNT + 1), { timeout: 30_000 });
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2);
});

test('one of ten thousand is found by its number', async ({ desk }) => {
  await desk.open();
  await desk.at('pd-search').fill('number 4711');
  await expect(desk.at('pd-request')).toHaveCount(1);
  await expect(desk.at('pd-request')).toContainText('Number 4711');
  await desk.at('pd-filters-clear').click();
  await expect(desk.at('pd-search')).toBeFocused();
  await desk.at('pd-status-filter').selectOption('closed');
  await expect(desk.at('pd-request-count')).toContainText('3,333');
});
