// The composer: the ticket as an e-mail. The form's fields and checks, a message in a fixed form.
import { readFile } from 'node:fs/promises';
import { eligible, excluded, large, unknown } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

const LIMIT = 1800;

async function compose(desk, parameters) {
  await desk.open(parameters);
  await desk.toHelp();
  await desk.at('pd-compose').click();
  await expect(desk.at('pd-mail-body')).toBeVisible();
}

/** What a mail program reads out of the link. */
async function mailOf(desk) {
  const href = await desk.at('pd-mail-open').getAttribute('href');
  const { protocol, pathname, searchParams } = new URL(href);
  expect(protocol).toBe('mailto:');
  return { href, to: pathname, subject: searchParams.get('subject'), body: searchParams.get('body') };
}

const bodyOf = (draft, dc = 'EU') => `Customer Primary Email Address: ${draft.superadmin_email}
Service name: ${draft.service}
Service organisation ID (ZOID): ${draft.org_id}
Data centre: ${dc}
Subject: ${draft.subject}

Description:
${draft.description}
`;

for (const lang of ['en', 'de']) {
  test(`${lang}: the message has its fixed form, whatever the language`, async ({ desk }) => {
    await compose(desk, { lang });
    await desk.fill(large);
    await expect(desk.at('pd-mail-body')).toHaveValue(bodyOf(large));
    await expect(desk.at('pd-mail-to')).toHaveText('partner-support@eu.zohocorp.com');
    const mail = await mailOf(desk);
    expect(mail.to).toBe('partner-support@eu.zohocorp.com');
    expect(mail.subject).toBe(large.subject);
    expect(mail.body).toBe(bodyOf(large).replaceAll('\n', '\r\n'));
    await expect(desk.at('pd-panel')).toContainText(desk.text('mail.by_hand'));
  });
}

test('the address goes by the region of the page', async ({ desk }) => {
  await compose(desk, { dc: 'eu', region: 'in' });
  await expect(desk.at('pd-mail-to')).toHaveText('partner-support@zohocorp.com');
});

test('copying gives the text that is shown', async ({ context, desk, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await compose(desk);
  await desk.fill(large);
  await desk.at('pd-mail-copy').click();
  await expect(desk.at('pd-live')).toHaveText(desk.text('receipt.copied'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(bodyOf(large));
});

test('the file is a draft that mail programs open, and the page keeps nothing of it', async ({ desk, page }) => {
  const draft = { ...large, subject: 'Anmeldung schlägt fehl – für 1.800 Benutzer 😀', description: 'Zeile 1\nمرحبا' };
  await compose(desk);
  await desk.fill(draft);
  const nodes = () => page.evaluate(() => [document.querySelectorAll('*').length, location.href, history.length]);
  const before = await nodes();
  const waiting = page.waitForEvent('download');
  await desk.at('pd-mail-download').click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('partner-support.eml');
  const file = await readFile(await download.path(), 'ascii');
  const [head, body] = file.split('\r\n\r\n');
  const headers = Object.fromEntries(
    head.replaceAll('\r\n ', ' ').split('\r\n').map((line) => line.split(/: (.*)/s).slice(0, 2)),
  );
  expect(headers).toMatchObject({
    'X-Unsent': '1',
    To: 'partner-support@eu.zohocorp.com',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': 'base64',
  });
  expect(headers.From).toMatch(/^\S+@\S+$/);
  expect(Math.abs(Date.parse(headers.Date) - Date.now())).toBeLessThan(5 * 60_000);
  const words = headers.Subject.split(' ').map((word) => Buffer.from(word.slice(10, -2), 'base64').toString());
  expect(words.join('')).toBe(draft.subject);
  expect(Buffer.from(body, 'base64').toString()).toBe(bodyOf(draft).replaceAll('\n', '\r\n'));
  expect(await nodes()).toEqual(before);
  await expect(desk.at('pd-live')).toHaveText(desk.text('mail.saved'));
});

test('up to 1,800 bytes the link carries the text, beyond them the clipboard does', async ({ context, desk, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await compose(desk);
  await desk.fill({ ...large, description: 'x' });
  const { href } = await mailOf(desk);
  const room = LIMIT - href.length;
  await desk.field('description').fill('x'.repeat(room + 1));
  const full = await mailOf(desk);
  expect(full.href.length).toBe(LIMIT);
  expect(full.body).toContain('x'.repeat(room + 1));
  await expect(desk.at('pd-panel')).not.toContainText(desk.text('mail.long'));

  const description = `${'x'.repeat(room)}\nthe end`;
  await desk.field('description').fill(description);
  await expect(desk.at('pd-panel')).toContainText(desk.text('mail.long'));
  const short = await mailOf(desk);
  expect(short.href.length).toBeLessThanOrEqual(LIMIT);
  expect(short.subject).toBe(large.subject);
  expect(short.body).toBe(desk.text('mail.paste'));
  // What opens mail programs is not there; the click does the rest.
  await page.locator('partner-desk').evaluate(({ shadowRoot }) =>
    shadowRoot.addEventListener('click', (event) => event.target.closest('a') && event.preventDefault()),
  );
  await desk.at('pd-mail-open').click();
  await expect(desk.at('pd-live')).toHaveText(desk.text('receipt.copied'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(bodyOf({ ...large, description }));
});

test('nothing incomplete leaves it: the errors are those of the form', async ({ desk }) => {
  for (const button of ['pd-mail-open', 'pd-mail-copy', 'pd-mail-download']) {
    await compose(desk);
    await desk.fill({ ...eligible, org_id: '12', superadmin_email: '' });
    await expect(desk.errors()).toHaveCount(0);
    await desk.at(button).click();
    await expect(desk.at('pd-error-summary')).toBeFocused();
    await expect(desk.error('org_id')).toBeVisible();
    await expect(desk.error('superadmin_email')).toBeVisible();
    await expect(desk.errors()).toHaveCount(2);
    await desk.field('org_id').fill('20087654321');
    await expect(desk.error('org_id')).toHaveCount(0);
  }
});

test('form and composer hold the same draft, both ways', async ({ desk }) => {
  const draft = { ...unknown, customer_email: 'jo@customer.example' };
  await desk.openForm();
  await desk.fill(draft);
  const typed = await desk.typed();
  await desk.at('pd-back').click();
  await desk.toHelp();
  await desk.at('pd-compose').click();
  expect(await desk.typed()).toMatchObject(typed);
  await expect(desk.at('pd-mail-body')).toHaveValue(/Customer Primary Email Address: not known\n.*jo@customer\.example/);
  await desk.field('subject').fill('Changed in the composer');
  await desk.at('pd-back').click();
  await expect(desk.at('pd-compose')).toBeFocused();
  await desk.at('pd-tab-requests').click();
  await desk.toForm();
  expect(await desk.typed()).toMatchObject({ ...typed, subject: 'Changed in the composer' });
  await desk.submit();
  expect((await desk.receipt()).outcome).toBe('manual');
});

test('an excluded service is named as such, too', async ({ desk }) => {
  await compose(desk);
  await desk.fill({ ...large, service: excluded[0][0] });
  await expect(desk.at('pd-panel')).toContainText(desk.text('metric.contacts'));
});

for (const dc of ['sa', 'ca', 'uk']) {
  test(`${dc}: without a widget channel Add Ticket leads to the composer`, async ({ desk, page }) => {
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
    await desk.open({ dc });
    await desk.at('pd-add-ticket').click();
    await expect(desk.field('service')).toBeFocused();
    await desk.fill(eligible);
    const address = dc === 'uk' ? 'partner-support@eu.zohocorp.com' : 'partner-support@zohocorp.com';
    expect((await mailOf(desk)).to).toBe(address);
    await expect(desk.at('pd-mail-body')).toHaveValue(bodyOf(eligible, dc.toUpperCase()));
    await expect(desk.at('pd-submit')).toHaveCount(0);
    expect(sent).not.toContain('/v1/tickets');
    await desk.at('pd-back').click();
    await expect(desk.at('pd-add-ticket')).toBeFocused();
  });
}

test('without an endpoint an e-mail can still be written', async ({ complaints, desk, page }) => {
  complaints.allow(NETWORK_ERROR);
  await page.route('**/v1/**', (route) => route.abort());
  await desk.open();
  await expect(desk.at('pd-reload')).toBeVisible();
  await desk.at('pd-compose').click();
  await desk.fill(eligible);
  await desk.field('subject').focus();
  await expect(desk.at('pd-mail-body')).toHaveValue(bodyOf(eligible));
  expect((await mailOf(desk)).to).toBe('partner-support@eu.zohocorp.com');
  await expect(desk.at('pd-panel')).not.toContainText(desk.text('hint.unlisted_service'));
});

test('whoever is not signed in sees no draft', async ({ desk }) => {
  await desk.open({ user: 'signed-out' });
  await expect(desk.at('pd-channel-email')).toBeVisible();
  await expect(desk.at('pd-compose')).toHaveCount(0);
});

test('an e-mail is composed by keyboard alone', async ({ context, desk, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.goto();
  await desk.tabTo('pd-launcher', 40);
  await page.keyboard.press('Enter');
  await desk.tabTo('pd-tab-requests');
  await page.keyboard.press('ArrowRight');
  await desk.tabTo('pd-compose');
  await page.keyboard.press('Enter');
  await expect(desk.field('service')).toBeFocused();
  await page.keyboard.type(large.service);
  await page.keyboard.press('Escape');
  for (const [hook, text] of [
    ['pd-org-id', large.org_id],
    ['pd-subject', large.subject],
    ['pd-description', large.description],
    ['pd-superadmin-email', large.superadmin_email],
  ]) {
    await desk.tabTo(hook);
    await page.keyboard.type(text);
  }
  await desk.tabTo('pd-mail-body');
  await desk.tabTo('pd-mail-open');
  await desk.tabTo('pd-mail-copy');
  await page.keyboard.press('Enter');
  await expect(desk.at('pd-live')).toHaveText(desk.text('receipt.copied'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(bodyOf(large));
});
