// One request as a place to work: its conversation, replies with files, closing and reopening – exactly once, whatever
// the network does.
import { DeskPage } from '../support/desk-page.mjs';
import { large, unknown } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { kept, keptToHold } from '../support/kept.mjs';
import { picture, png } from '../support/pixels.mjs';
import { dress } from '../support/talk.mjs';

const log = { name: 'har.txt', mimeType: 'text/plain', buffer: Buffer.from('line of a log\n'.repeat(40)) };
const replies = (reference) => `/v1/tickets/${reference}/replies`;
const unsent = (desk) => desk.at('pd-outgoing');
const messages = (desk) => desk.at('pd-message');

test.beforeEach(async ({ complaints, desk }) => {
  complaints.allow(NETWORK_ERROR);
  await desk.recordEvents();
});

/** A filed ticket, shown. */
async function opened(desk, stored, draft = large) {
  const { reference } = await stored.file(draft);
  await desk.open();
  await shown(desk, reference);
  return reference;
}

async function shown(desk, reference) {
  await desk.request(reference).click();
  await desk.at('pd-conversation').waitFor();
}

const texts = async (stored, reference) => (await stored.ticket(reference)).messages.map(({ text }) => text);

test('a reply with a file is in the conversation, on both sides', async ({ desk, stored }) => {
  const reference = await opened(desk, stored);
  await desk.at('pd-reply').fill('Only in Firefox.\n<b>See</b> the log.');
  await desk.at('pd-attachments').setInputFiles(log);
  await expect(desk.at('pd-attachment', { state: 'ready' })).toHaveCount(1);
  await desk.at('pd-reply-send').click();
  await expect(messages(desk)).toHaveCount(2);
  await expect(messages(desk).last()).toContainText('<b>See</b> the log.');
  await expect(messages(desk).last()).toContainText(desk.text('conversation.you'));
  await expect(messages(desk).last()).toContainText('har.txt');
  await expect(desk.at('pd-live')).toHaveText(desk.text('say.replied', { reference }));
  await expect(desk.at('pd-reply')).toHaveValue('');
  await expect(unsent(desk)).toHaveCount(0);
  const { messages: found } = await stored.ticket(reference);
  expect(found).toHaveLength(1);
  expect(found[0].attachments.map(({ name }) => name)).toEqual(['har.txt']);
});

test('what agents said and did stands in its order, with targets and their history', async ({ desk, page, stored }) => {
  const { reference } = await stored.file(large);
  await dress(page, reference);
  await desk.open();
  await shown(desk, reference);
  const lines = await desk.at('pd-conversation').locator('> li').evaluateAll((all) => all.map((line) => line.dataset.from ?? line.dataset.change));
  expect(lines).toEqual(['you', 'verified', 'agent', 'held', 'resumed', 'agent']);
  await expect(messages(desk).last()).toContainText(desk.text('conversation.status_note'));
  const link = messages(desk).nth(1).getByRole('link');
  await expect(link).toHaveAttribute('href', 'https://help.zoho.eu/har');
  const first = desk.at('pd-timeline').getByRole('listitem').first();
  await expect(first).toHaveAttribute('data-state', 'done');
  await expect(first).toContainText('48');
  await desk.at('pd-classification').locator('summary').click();
  await expect(desk.at('pd-classification')).toContainText(desk.text('detail.history'));
  await expect(desk.at('pd-classification')).toContainText('Licences counted: enough.');
});

test('closing with a reason and reopening are in list and conversation', async ({ desk, stored }) => {
  const reference = await opened(desk, stored);
  await desk.at('pd-reply').click();
  await desk.at('pd-give-reason').click();
  await expect(desk.at('pd-reason')).toBeFocused();
  await desk.at('pd-reason').fill('It works again.');
  await desk.at('pd-close-request').click();
  await expect(desk.at('pd-reopen-request')).toBeFocused();
  await expect(desk.at('pd-change', { change: 'closed' })).toContainText('It works again.');
  await expect(desk.at('pd-reply')).toHaveCount(0);
  expect(await stored.ticket(reference)).toMatchObject({ status: 'closed' });
  await desk.at('pd-back').click();
  await expect(desk.request(reference)).toHaveAttribute('data-status', 'closed');
  await shown(desk, reference);
  await desk.at('pd-reopen-request').click();
  await expect(desk.at('pd-close-request')).toBeFocused();
  await expect(desk.at('pd-change', { change: 'reopened' })).toHaveCount(1);
  expect(await stored.ticket(reference)).toMatchObject({ status: 'open' });
});

test('a typed reply is asked about before closing, and goes first', async ({ desk, stored }) => {
  const reference = await opened(desk, stored);
  await desk.at('pd-reply').fill('Solved, thank you.');
  await desk.at('pd-close-request').click();
  await expect(desk.at('pd-send-and-close')).toBeVisible();
  expect(await stored.ticket(reference)).toMatchObject({ status: 'open' });
  await desk.at('pd-send-and-close').click();
  await expect(desk.at('pd-reopen-request')).toBeVisible();
  expect(await stored.ticket(reference)).toMatchObject({ status: 'closed', messages: [{ text: 'Solved, thank you.' }] });
});

test('a request closed meanwhile keeps the reply, and takes it once it is reopened', async ({ desk, endpoint, stored }) => {
  const reference = await opened(desk, stored);
  const token = await endpoint.token();
  await fetch(`${endpoint.url}/v1/tickets/${reference}/close`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'elsewhere' },
    body: '{}',
  });
  await desk.at('pd-reply').fill('One more thing.');
  await desk.at('pd-reply-send').click();
  const row = unsent(desk);
  await expect(row).toHaveAttribute('data-standing', 'refused');
  await expect(row).toContainText(desk.text('fault.ticket_closed'));
  await desk.at('pd-reopen-request').click();
  await expect(desk.at('pd-close-request')).toBeVisible();
  await row.getByTestId('pd-outbox-send').click();
  await expect(row).toHaveCount(0);
  expect(await texts(stored, reference)).toEqual(['One more thing.']);
});

test('a request that takes no more says what to do with the reply, and keeps it', async ({ desk, page, stored }) => {
  const reference = await opened(desk, stored);
  const full = { status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Conflict', status: 409, code: 'ticket_full' }) };
  await page.route(`**${replies(reference)}`, (route) => route.fulfill(full));
  await desk.at('pd-reply').fill('One message too many.');
  await desk.at('pd-reply-send').click();
  await expect(unsent(desk)).toHaveAttribute('data-standing', 'refused');
  await expect(unsent(desk)).toContainText(desk.text('fault.ticket_full'));
  await expect(unsent(desk)).toContainText('One message too many.');
});

test('a lost answer is asked for again with the same key, and the reply is one', async ({ desk, endpoint, page, stored }) => {
  const reference = await opened(desk, stored);
  const keys = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/replies')) keys.push(request.headers()['idempotency-key']);
  });
  await endpoint.faults([{ method: 'POST', path: replies(reference), do: 'drop-answer' }]);
  await desk.at('pd-reply').fill('Once.');
  await desk.at('pd-reply-send').click();
  await expect(unsent(desk)).toHaveAttribute('data-standing', 'unknown');
  await page.reload();
  await desk.launch();
  const row = desk.at('pd-request', { sync: 'unsent' });
  await expect(row).toContainText(desk.text('outbox.reply', { reference }));
  await row.getByTestId('pd-outbox-send').click();
  await expect(row).toHaveCount(0);
  expect(await texts(stored, reference)).toEqual(['Once.']);
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size, 'the same key').toBe(1);
});

test('offline a reply and a closing wait, count as unsent, and go in their order', async ({ context, desk, page, stored }) => {
  const reference = await opened(desk, stored);
  await context.setOffline(true);
  await desk.at('pd-reply').fill('Written in a train.');
  await desk.at('pd-reply-send').click();
  await expect(unsent(desk)).toHaveAttribute('data-standing', 'waiting');
  await desk.at('pd-close-request').click();
  await expect(unsent(desk)).toHaveCount(2);
  expect((await desk.events('pd-queued')).length).toBeGreaterThan(0);
  expect(await page.locator('partner-desk').evaluate((element) => element.unsent)).toBe(2);
  await context.setOffline(false);
  await expect(unsent(desk)).toHaveCount(0);
  expect(await stored.ticket(reference)).toMatchObject({ status: 'closed', messages: [{ text: 'Written in a train.' }] });
});

test('a reload keeps what was typed, with its file, and sends it once', async ({ desk, page, stored }) => {
  const reference = await opened(desk, stored);
  await desk.at('pd-attachments').setInputFiles(log);
  await desk.at('pd-reply').fill('Half a thought');
  await keptToHold(page, 'Half a thought');
  await expect(desk.at('pd-attachment', { state: 'ready' })).toHaveCount(1);
  await page.reload();
  await desk.launch();
  await shown(desk, reference);
  await expect(desk.at('pd-reply')).toHaveValue('Half a thought');
  await expect(desk.at('pd-draft-restored')).toBeVisible();
  await expect(desk.at('pd-attachment')).toHaveCount(1);
  await desk.at('pd-reply-send').click();
  await expect(messages(desk)).toHaveCount(2);
  expect(await stored.ticket(reference)).toMatchObject({ messages: [{ text: 'Half a thought', attachments: [{ name: 'har.txt' }] }] });
  await expect.poll(() => kept(page)).not.toContain('Half a thought');
});

test('nothing is kept where nothing may be', async ({ desk, page, stored }) => {
  const { reference } = await stored.file(large);
  await desk.open({ storage: 'off' });
  await shown(desk, reference);
  await desk.at('pd-reply').pressSequentially('Not for the disk');
  await expect(desk.at('pd-reply'), 'the remark takes nobody out of the field').toBeFocused();
  await expect(desk.at('pd-not-kept')).toBeVisible();
  expect(await kept(page)).not.toContain('Not for the disk');
  await desk.at('pd-close').click();
  await desk.launch();
  await expect(desk.at('pd-reply')).toHaveValue('Not for the disk');
});

test('two tabs have one draft, and one reply', async ({ context, desk, endpoint, stored }) => {
  const reference = await opened(desk, stored);
  const other = new DeskPage(await context.newPage());
  await other.open();
  await shown(other, reference);
  await desk.at('pd-reply').fill('From either tab');
  await expect(other.at('pd-reply')).toHaveValue('From either tab');
  await endpoint.faults([{ method: 'POST', path: replies(reference), do: 'delay', delay_ms: 800 }]);
  // Not by the mouse, which would wait for a button that is gone once the other tab has sent it.
  const press = (tab) => tab.at('pd-reply-send').evaluate((button) => button.click());
  await Promise.all([press(desk), press(other)]);
  for (const tab of [desk, other]) {
    await expect(messages(tab)).toHaveCount(2);
    await expect(unsent(tab)).toHaveCount(0);
    await expect(tab.at('pd-reply')).toHaveValue('');
  }
  expect(await texts(stored, reference)).toEqual(['From either tab']);
});

test('nonsense is text, 32,000 characters are taken and one more is not', async ({ desk, stored }) => {
  const reference = await opened(desk, stored, unknown);
  const nonsense = '<img src=x onerror=alert(1)> javascript:alert(1) \u202eabc {{7*7}} 👩‍👩‍👧 %00';
  await desk.at('pd-reply').click();
  await desk.at('pd-reply-send').click();
  await expect(desk.at('pd-reply-problem')).toContainText(desk.text('reply.error_required'));
  await expect(desk.at('pd-reply')).toBeFocused();
  await desk.at('pd-reply').fill(nonsense);
  await expect(desk.at('pd-reply-problem')).toHaveCount(0);
  await desk.at('pd-reply-send').click();
  await expect(messages(desk).last()).toContainText('<img src=x onerror=alert(1)>');
  await expect(messages(desk).last().getByRole('link')).toHaveCount(0);
  await desk.at('pd-reply').fill('ü'.repeat(32_001));
  await desk.at('pd-reply-send').click();
  await expect(desk.at('pd-reply-problem')).toBeVisible();
  expect(await desk.at('pd-reply').inputValue()).toHaveLength(32_001);
  await desk.at('pd-reply').fill('ü'.repeat(32_000));
  await desk.at('pd-reply-send').click();
  await expect(messages(desk)).toHaveCount(3);
  expect(await texts(stored, reference)).toEqual([nonsense, 'ü'.repeat(32_000)]);
});

test('the keyboard alone replies and closes', async ({ desk, page, stored }) => {
  const reference = await opened(desk, stored);
  await desk.at('pd-reply').focus();
  await page.keyboard.type('By keyboard');
  const press = async (hook) => {
    await expect(async () => {
      await page.keyboard.press('Tab');
      await expect(desk.at(hook)).toBeFocused({ timeout: 50 });
    }).toPass();
    await page.keyboard.press('Enter');
  };
  await press('pd-reply-send');
  await expect(messages(desk)).toHaveCount(2);
  await expect(desk.at('pd-reply-send'), 'focus stays').toBeFocused();
  await press('pd-close-request');
  await expect(desk.at('pd-reopen-request')).toBeFocused();
  expect(await stored.ticket(reference)).toMatchObject({ status: 'closed', messages: [{ text: 'By keyboard' }] });
});

test('files are saved under their names, and pictures drawn on demand', async ({ desk, page, stored }) => {
  await opened(desk, stored);
  await desk.at('pd-reply').fill('A screenshot');
  await desk.at('pd-attachments').setInputFiles([picture('wide.png', png(2_400, 30)), picture('flood.png', png(4, 4, [60_000, 60_000])), log]);
  await expect(desk.at('pd-attachment', { state: 'ready' })).toHaveCount(3);
  await desk.at('pd-reply-send').click();
  await expect(messages(desk)).toHaveCount(2);
  const file = (name) => desk.at('pd-message-file').filter({ hasText: name });
  await expect(file('har.txt').getByTestId('pd-look'), 'no picture').toHaveCount(0);

  await file('wide.png').getByTestId('pd-look').click();
  const drawn = desk.at('pd-picture').and(page.getByRole('img'));
  await expect(drawn).toBeVisible();
  await expect(drawn).toHaveAccessibleName(desk.text('attachment.picture', { name: 'wide.png' }));
  expect(await drawn.evaluate(({ width, height }) => [width, height])).toEqual([1_024, 13]);
  expect(await drawn.evaluate((canvas) => [...canvas.getContext('2d').getImageData(5, 5, 1, 1).data])).toEqual([0x29, 0x29, 0x29, 255]);
  await expect(file('wide.png').getByTestId('pd-look'), 'the same button hides it').toBeFocused();
  await file('wide.png').getByTestId('pd-look').click();
  await expect(desk.at('pd-picture')).toHaveCount(0);

  await file('flood.png').getByTestId('pd-look').click();
  await expect(file('flood.png')).toContainText(desk.text('attachment.too_large'));

  const saving = page.waitForEvent('download');
  await file('har.txt').getByTestId('pd-download').click();
  expect((await saving).suggestedFilename()).toBe('har.txt');
});

test('the whole request can be copied and printed', async ({ context, desk, page, stored }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { reference } = await stored.file(large);
  await dress(page, reference);
  await desk.open();
  await shown(desk, reference);
  await desk.at('pd-copy').click();
  await expect(desk.at('pd-live')).toHaveText(desk.text('receipt.copied'));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [reference, large.subject, large.description, 'Please attach a HAR', desk.text('history.held'), 'Waiting for the product team.']) {
    expect(copied).toContain(part);
  }
  await page.evaluate(() => {
    const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    globalThis.printed = [];
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      get() {
        const view = get.call(this);
        if (view) view.print = () => globalThis.printed.push(view.document.body.innerText);
        return view;
      },
    });
  });
  await desk.at('pd-print').click();
  await expect.poll(() => page.evaluate(() => globalThis.printed.join())).toContain('Please attach a HAR');
});
