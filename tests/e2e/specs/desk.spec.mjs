// The agents' desk in a real browser: without scripts, with a keyboard, in both languages.
import AxeBuilder from '@axe-core/playwright';
import { spawnSync } from 'node:child_process';
import { api } from '../support/api.mjs';
import { deskUrl } from '../support/agent.mjs';
import { DeskSide } from '../support/desk-side.mjs';
import { large, unknown } from '../support/drafts.mjs';
import { controls, expect, test as base } from '../support/endpoint.mjs';
import { program, site, startEndpoint } from '../support/process.mjs';

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
      const refused = /status of 4(?:22|09)/;
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

test('of two agents on one ticket the slower is told what happened, and loses nothing typed', async ({
  page,
  browser,
  endpoint,
}) => {
  const partner = await api(endpoint);
  const { reference } = await partner.file(large);
  const context = await browser.newContext();
  const [slow, fast] = [new DeskSide(page, endpoint), new DeskSide(await context.newPage(), endpoint)];
  for (const agent of [slow, fast]) {
    await agent.signIn();
    await agent.page.goto(`${deskUrl(endpoint)}/tickets/${reference}`);
  }
  const words = 'A long answer.\n\nWith "quotes" & <tags>.';
  await slow.at('desk-reply-text').fill(words);
  await slow.at('desk-reply-status_note').check();
  await slow.at('desk-reply-files').setInputFiles({ name: 'trace.txt', mimeType: 'text/plain', buffer: Buffer.from('1') });
  await fast.act('note', { text: 'I take this one.' });
  await expect(fast.at('desk-notice')).toBeVisible();
  await fast.act('close', { reason: 'The partner has called: it works again.' });
  await expect(fast.at('desk-notice')).toBeVisible();

  await slow.at('desk-reply').click();
  const news = slow.at('desk-conflict');
  await expect(news).toBeFocused();
  await expect(news).toContainText('Internal note');
  await expect(news).toContainText('it works again');
  await expect(slow.at('desk-reply-text')).toHaveValue(words);
  await expect(slow.at('desk-reply-status_note')).toBeChecked();
  await expect(page.getByLabel('trace.txt')).toBeChecked();
  expect(await findings(page)).toEqual([]);
  expect((await partner.ticket(reference)).messages).toEqual([]);

  // Sent again, it is refused for what the ticket is now; reopened by the other, it goes out, with its file.
  await slow.at('desk-reply').click();
  await expect(slow.at('desk-errors')).toBeFocused();
  await expect(slow.at('desk-reply-text')).toHaveValue(words);
  await fast.act('reopen');
  await expect(fast.at('desk-notice')).toBeVisible();
  await slow.at('desk-reply').click();
  await expect(slow.at('desk-conflict')).toBeFocused();
  await slow.at('desk-reply').click();
  await expect(slow.at('desk-notice')).toBeVisible();
  const { messages } = await partner.ticket(reference);
  expect(messages.map(({ text }) => text)).toEqual([words]);
  expect(messages[0].attachments.map(({ name }) => name)).toEqual(['trace.txt']);
  await context.close();
});

test('mails of unverified senders are read as text, assigned and set aside', async ({ page }) => {
  const settings = ['--mail-dc', 'eu', '--mail-addresses', 'support@desk.example', '--mail-authserv-id', 'mx.desk.example'];
  const running = await startEndpoint(['--demo', '--site', site, ...settings]);
  try {
    const ingest = (id, text) => {
      const head = ['From: Partner <member@partner.example>', 'To: support@desk.example', `Message-ID: <${id}@partner.example>`];
      const input = [...head, 'Subject: Mailboxes are empty', '', text, ''].join('\r\n');
      const words = ['mail', 'ingest', '--data', running.data, ...settings];
      const done = spawnSync(program, words, { input, encoding: 'utf8' });
      expect(done.status, done.stderr).toBe(0);
    };
    ingest('one', 'Since this morning. <img src="https://evil.example/seen.png"> https://evil.example/login');
    ingest('two', 'You have won.');
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).hostname));
    const agent = new DeskSide(page, controls(running.url));
    await agent.waits('mails', 2);
    await agent.queue('mails').getByRole('link').click();
    await expect(agent.at('desk-mail')).toHaveCount(2);
    expect(await findings(page), 'list').toEqual([]);

    // Newest first.
    await agent.at('desk-mail').first().getByRole('link').click();
    await agent.at('desk-mail-set-aside').click();
    await expect(agent.at('desk-errors')).toBeFocused();
    await agent.at('desk-reason').fill('Advertising');
    await agent.at('desk-mail-set-aside').click();
    await expect(agent.at('desk-mail')).toHaveCount(1);

    await agent.at('desk-mail').getByRole('link').click();
    const text = agent.at('desk-mail-text');
    await expect(text).toContainText('<img src="https://evil.example/seen.png">');
    await expect(text.getByRole('link')).toHaveCount(0);
    await expect(agent.at('desk-user')).toHaveValue('member@partner.example');
    expect(await findings(page), 'mail').toEqual([]);
    await agent.at('desk-mail-assign').click();
    await expect(agent.at('desk-ticket-title')).toBeVisible();
    await agent.waits('mails', 0);
    const partner = await api(controls(running.url), 'member');
    const items = await partner.tickets();
    expect(items.map(({ subject, channel }) => [subject, channel])).toEqual([['Mailboxes are empty', 'email']]);

    await agent.page.goto(`${agent.url}/mails?became=set_aside`);
    await agent.at('desk-mail').getByRole('link').click();
    await expect(agent.at('desk-audit')).toContainText('Advertising');
    expect([...new Set(asked)]).toEqual(['127.0.0.1']);
  } finally {
    await running.stop();
  }
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
    const places = ['/', '/queues/open', `/tickets/${reference}`, '/new', '/shops', '/mails', '/feedback', '/account', '/search?q=a'];
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
