// Attachments: chosen, dropped, pasted, on their way, kept, and with the ticket exactly once.
import { api } from '../support/api.mjs';
import { eligible } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { keptToHold } from '../support/kept.mjs';

const UPLOADS = '/v1/uploads';
const TICKETS = '/v1/tickets';
const log = (name = 'crash.log', size = 2_000) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('line of a log\n'.repeat(Math.ceil(size / 14))) });
const files = (desk, state) => desk.at('pd-attachment', state ? { state } : {});

const attached = async (stored) => {
  const [{ reference }] = await stored.tickets();
  return (await stored.ticket(reference)).attachments;
};

test.beforeEach(async ({ complaints, desk }) => {
  complaints.allow(NETWORK_ERROR);
  await desk.recordEvents();
  await desk.openForm();
});

test('files that were chosen are in the ticket, in their order', async ({ desk, stored }) => {
  await desk.at('pd-attachments').setInputFiles([log('one.log'), log('two.txt')]);
  await expect(files(desk, 'ready')).toHaveCount(2);
  await desk.fill(eligible);
  await desk.submit();
  await desk.receipt();
  expect((await attached(stored)).map(({ name }) => name)).toEqual(['one.log', 'two.txt']);
});

test('the ticket waits for a file that is still on its way', async ({ desk, endpoint, stored }) => {
  await endpoint.faults([{ method: 'POST', path: UPLOADS, do: 'delay', delay_ms: 1_500 }]);
  await desk.fill(eligible);
  await desk.at('pd-attachments').setInputFiles(log());
  await desk.submit();
  await expect(files(desk, 'sending').getByRole('progressbar')).toBeVisible();
  await desk.receipt();
  expect(await attached(stored)).toHaveLength(1);
});

test('a file on its way is cancelled, and the ticket goes without it', async ({ desk, endpoint, stored }) => {
  await endpoint.faults([{ method: 'POST', path: UPLOADS, do: 'delay', delay_ms: 5_000 }]);
  await desk.fill(eligible);
  await desk.at('pd-attachments').setInputFiles(log());
  await expect(files(desk, 'sending')).toHaveCount(1);
  await desk.at('pd-attachment-remove').click();
  await expect(files(desk)).toHaveCount(0);
  await expect(desk.at('pd-attachments')).toBeFocused();
  await desk.submit();
  await desk.receipt();
  expect(await attached(stored)).toEqual([]);
});

test('too large, too many, of a type that is not taken: each says its name and what to do', async ({ desk, stored }) => {
  await desk.fill(eligible);
  await desk.at('pd-attachments').setInputFiles([{ name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }]);
  await expect(desk.at('pd-error-attachments')).toContainText('setup.exe');
  await desk.submit();
  await expect(desk.at('pd-error-summary')).toBeFocused();
  await expect(desk.at('pd-error-summary')).toContainText('setup.exe');
  await desk.at('pd-attachment-remove').click();
  await expect(desk.at('pd-error-attachments')).toHaveCount(0);
  await expect(desk.at('pd-error-summary')).toHaveCount(0);
  await desk.at('pd-attachments').setInputFiles(Array.from({ length: 6 }, (_, at) => log(`${at}.log`)));
  await expect(files(desk, 'refused')).toHaveCount(1);
  await files(desk, 'refused').getByTestId('pd-attachment-remove').click();
  await expect(files(desk, 'ready')).toHaveCount(5);
  await desk.submit();
  await desk.receipt();
  expect(await attached(stored)).toHaveLength(5);
});

test('a file survives a reload with the draft', async ({ desk, page, stored }) => {
  await desk.fill(eligible);
  await desk.at('pd-attachments').setInputFiles(log('kept.log'));
  await expect(files(desk, 'ready')).toHaveCount(1);
  await keptToHold(page, 'kept.log');
  await page.reload();
  await desk.launch();
  await desk.toForm();
  await expect(files(desk)).toContainText('kept.log');
  await desk.submit();
  await desk.receipt();
  expect((await attached(stored)).map(({ name }) => name)).toEqual(['kept.log']);
});

test('uploads that ran out at the endpoint go up again, under the same key', async ({ desk, endpoint, page }) => {
  const keys = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(TICKETS)) keys.push(request.headers()['idempotency-key']);
  });
  await desk.fill(eligible);
  await desk.at('pd-attachments').setInputFiles(log('old.log'));
  await expect(files(desk, 'ready')).toHaveCount(1);
  await endpoint.advanceClock(25 * 3_600_000);
  await desk.submit();
  await desk.receipt();
  // A day later the token of the test has run out, too.
  expect(await attached(await api(endpoint))).toHaveLength(1);
  // With uploads that do not count any longer, and once more.
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test('a lost answer does not double the files, either', async ({ desk, endpoint, stored }) => {
  await desk.fill(eligible);
  await desk.at('pd-attachments').setInputFiles(log('once.log'));
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'drop-answer' }]);
  await desk.submit();
  await desk.at('pd-retry').click();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(1);
  expect(await attached(stored)).toHaveLength(1);
});

test('offline a ticket waits together with its files', async ({ context, desk, page, stored }) => {
  await desk.fill(eligible);
  await context.setOffline(true);
  await desk.at('pd-attachments').setInputFiles(log('train.log'));
  await expect(files(desk, 'failed')).toHaveCount(1);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await desk.launch();
  const row = desk.at('pd-request', { sync: 'unsent' });
  await row.getByTestId('pd-outbox-send').click();
  await expect(row).toHaveCount(0);
  expect((await attached(stored)).map(({ name }) => name)).toEqual(['train.log']);
});

test('files are dropped on the form and pasted into it', async ({ desk, page }) => {
  await desk.field('description').evaluate((field) => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
    field.dispatchEvent(new DragEvent('drop', { bubbles: true, composed: true, cancelable: true, dataTransfer: data }));
    const clipboard = new DataTransfer();
    clipboard.items.add(new File(['pasted'], 'pasted.txt', { type: 'text/plain' }));
    field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData: clipboard }));
  });
  await expect(files(desk)).toHaveCount(2);
  await desk.field('description').focus();
  await page.evaluate(() => navigator.clipboard?.writeText).catch(() => {});
  await page.keyboard.insertText('text is text');
  await expect(desk.field('description')).toHaveValue('text is text');
});

test('a request like one that is open is pointed out, and the first click still files', async ({ desk, page, stored }) => {
  await stored.file({ subject: 'Contacts do not sync!' });
  await desk.fill(eligible);
  await expect(desk.at('pd-duplicate')).toBeVisible();
  await expect(desk.at('pd-duplicate')).toContainText('Contacts do not sync!');
  await desk.submit();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(2);
  await page.locator('partner-desk').evaluate((element) => element.open('requests'));
});

test('that remark takes nobody out of the field', async ({ desk, page, stored }) => {
  await stored.file({ subject: 'Contacts do not sync!' });
  await desk.fill({ ...eligible, subject: '' });
  await desk.field('subject').pressSequentially('Contacts do not sync');
  await desk.at('pd-duplicate').waitFor();
  await page.keyboard.type(' any more');
  await expect(desk.field('subject')).toBeFocused();
  await expect(desk.field('subject')).toHaveValue('Contacts do not sync any more');
});

test('another organisation, another service or another number is no duplicate', async ({ desk, stored }) => {
  await stored.file({ subject: 'Invoice 123 fails' });
  await desk.fill({ ...eligible, subject: 'Invoice 124 fails' });
  await desk.expectOutcome('undecided');
  await desk.fill({ ...eligible, subject: 'Invoice 123 fails' });
  await expect(desk.at('pd-duplicate')).toBeVisible();
  await desk.fill({ ...eligible, subject: 'Invoice 123 fails', service: 'Zoho Desk' });
  await expect(desk.at('pd-duplicate')).toHaveCount(0);
});
