// The agents' desk in a real browser: without scripts, with a keyboard, in both languages.
import AxeBuilder from '@axe-core/playwright';
import { api } from '../support/api.mjs';
import { large, unknown } from '../support/drafts.mjs';
import { expect, test as base } from '../support/endpoint.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const test = base.extend({
  // The desk is on the next port.
  desk: async ({ endpoint }, use) => {
    const url = new URL(endpoint.url);
    url.port = String(Number(url.port) + 1);
    await use(url.origin);
  },
  complaints: [
    async ({ page }, use) => {
      const heard = [];
      // A form that is refused is a page with a status, which Chromium notes.
      const refused = /status of 422/;
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) heard.push(message.text());
      });
      await use();
      expect(heard.filter((text) => !refused.test(text)), 'complaints in the console').toEqual([]);
    },
    { auto: true },
  ],
});

async function signIn(page, desk) {
  await page.goto(`${desk}/`);
  await page.getByTestId('desk-demo-sign-in').click();
  await expect(page.getByTestId('desk-queue').first()).toBeVisible();
}

/** Everything that axe finds on the page as it is. */
async function findings(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.flat().join(' '))]);
}

test('an agent answers a ticket, and the partner reads it', async ({ page, endpoint, desk }) => {
  const partner = await api(endpoint);
  const { reference } = await partner.file(large);
  await signIn(page, desk);
  await page.locator('[data-queue=first_response] a').click();
  await page.locator(`[data-reference=${reference}] a`).click();
  await expect(page.getByTestId('desk-classification')).toHaveAttribute('data-outcome', 'priority');
  await page.getByTestId('desk-reply-text').fill('We look into it.\nSecond line.');
  await page.getByTestId('desk-reply-determined').check();
  await page.getByTestId('desk-reply-files').setInputFiles({
    name: 'steps.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('one, two'),
  });
  await page.getByTestId('desk-reply').click();
  await expect(page.getByTestId('desk-notice')).toBeVisible();
  await expect(page.getByTestId('desk-message')).toContainText('Second line.');
  const seen = await partner.ticket(reference);
  expect(seen.messages.map(({ text }) => text)).toEqual(['We look into it.\nSecond line.']);
  expect(seen.messages[0].attachments.map(({ name }) => name)).toEqual(['steps.txt']);
  expect(seen.timeline.slice(0, 2).every(({ done_at: done }) => done)).toBe(true);
  // Loading the page again sends nothing again.
  await page.reload();
  expect((await partner.ticket(reference)).messages).toHaveLength(1);
});

test('the missing address is set by keyboard alone', async ({ page, endpoint, desk }) => {
  const partner = await api(endpoint);
  const { reference } = await partner.file({ ...unknown, org_id: '20000000001' });
  await page.goto(`${desk}/tickets/${reference}`);
  const tabTo = async (id) => {
    for (let step = 0; step < 80; step += 1) {
      if ((await page.evaluate(() => document.activeElement?.dataset.testid)) === id) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${id} cannot be reached`);
  };
  await tabTo('desk-demo-sign-in');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('desk-ticket-title')).toBeVisible();
  await tabTo('desk-complete-superadmin_email');
  await expect(page.getByTestId('desk-complete-superadmin_email')).toHaveValue('admin@large.example');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('desk-notice')).toBeVisible();
  await expect(page.getByTestId('desk-reply-text')).not.toHaveValue('');
  expect((await partner.ticket(reference)).severity).toBe('S1');
});

test('a form that is wrong says so first, and leads to its field', async ({ page, endpoint, desk }) => {
  const partner = await api(endpoint);
  const { reference } = await partner.file(large);
  await signIn(page, desk);
  await page.goto(`${desk}/tickets/${reference}`);
  await page.getByTestId('desk-reply').click();
  const errors = page.getByTestId('desk-errors');
  await expect(errors).toBeFocused();
  await errors.getByRole('link').click();
  await expect(page.getByTestId('desk-reply-text')).toBeFocused();
  expect(await findings(page)).toEqual([]);
});

for (const lang of ['en', 'de']) {
  test(`nothing is in anybody's way (${lang})`, async ({ page, endpoint, desk }) => {
    test.slow();
    const partner = await api(endpoint);
    const { reference } = await partner.file(large);
    await partner.file({ ...unknown, org_id: '20000000001' });
    await page.goto(`${desk}/sign-in`);
    await page.getByTestId(`desk-lang-${lang}`).click();
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    expect(await findings(page), 'sign in').toEqual([]);
    await signIn(page, desk);
    const places = ['/', '/queues/open', `/tickets/${reference}`, '/new', '/shops', '/feedback', '/account', '/search?q=a'];
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const place of places) {
        await page.goto(desk + place);
        expect(await findings(page), `${colorScheme} ${place}`).toEqual([]);
      }
    }
    // 320 px wide, as at 400 %: nothing is scrolled sideways.
    await page.setViewportSize({ width: 320, height: 800 });
    for (const place of places) {
      await page.goto(desk + place);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, place).toBeLessThanOrEqual(0);
    }
  });
}
