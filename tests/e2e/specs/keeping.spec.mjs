// What is typed survives whatever happens to the page, and goes with the person who typed it.
import { eligible, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { kept, keptToHold } from '../support/kept.mjs';

const TICKETS = '/v1/tickets';

async function again(desk, page) {
  await page.reload();
  await desk.launch();
  await desk.toForm();
}

test.beforeEach(async ({ desk }) => desk.recordEvents());

test('a reload loses nothing that was typed', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(large);
  await desk.expectOutcome('priority');
  await keptToHold(page, large.superadmin_email);
  await again(desk, page);
  for (const field of ['service', 'org_id', 'subject', 'description', 'superadmin_email']) {
    await expect(desk.field(field)).toHaveValue(large[field]);
  }
  await expect(desk.at('pd-draft-restored')).toBeVisible();
  await desk.expectOutcome('priority');
});

test('a crash right after the last keystroke loses nothing, either', async ({ context, desk, page }) => {
  await desk.openForm();
  await desk.field('description').pressSequentially('Since this morning nothing works');
  await keptToHold(page, 'nothing works');
  // Kept open, so that the browser has a page left.
  const next = await context.newPage();
  await Promise.all([page.waitForEvent('crash'), page.goto('chrome://crash').catch(() => {})]);
  const { DeskPage } = await import('../support/desk-page.mjs');
  const other = new DeskPage(next);
  await other.openForm();
  await expect(other.field('description')).toHaveValue('Since this morning nothing works');
});

test('a restored draft is filed with the key that it was begun with', async ({ desk, endpoint, page, stored, complaints }) => {
  complaints.allow(NETWORK_ERROR);
  const keys = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(TICKETS)) keys.push(request.headers()['idempotency-key']);
  });
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'drop-answer' }]);
  await desk.openForm();
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  await page.reload();
  await desk.launch();
  const row = desk.at('pd-request', { sync: 'unsent' });
  await expect(row).toContainText(eligible.subject);
  await row.getByTestId('pd-outbox-send').click();
  await expect(row).toHaveCount(0);
  await expect(desk.at('pd-request', { sync: 'sent' })).toHaveCount(1);
  expect(await stored.tickets()).toHaveLength(1);
  expect(new Set(keys).size).toBe(1);
  expect(keys.length).toBeGreaterThan(1);
});

test('discarding takes the draft away, and undo brings it back', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(eligible);
  await keptToHold(page, eligible.superadmin_email);
  await again(desk, page);
  await desk.at('pd-draft-discard').click();
  await expect(desk.field('subject')).toHaveValue('');
  await expect(desk.at('pd-draft-restored')).toHaveCount(0);
  await expect(desk.at('pd-draft-undo')).toBeFocused();
  await expect.poll(() => kept(page)).not.toContain(eligible.superadmin_email);
  await desk.at('pd-draft-undo').click();
  await expect(desk.field('subject')).toHaveValue(eligible.subject);
  await keptToHold(page, eligible.superadmin_email);
  await desk.expectFocusInPanel();
});

test('after the ticket is filed no draft is left', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(eligible);
  await desk.submit();
  await desk.receipt();
  await expect.poll(() => kept(page)).not.toContain(eligible.superadmin_email);
  await again(desk, page);
  await expect(desk.field('subject')).toHaveValue('');
  await expect(desk.at('pd-draft-restored')).toHaveCount(0);
});

test('nothing is stored before somebody opens the panel, and nobody is named afterwards', async ({ desk, page }) => {
  await desk.goto();
  await page.waitForFunction(() => customElements.get('partner-desk'));
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await desk.launch();
  await desk.toForm();
  await desk.field('subject').fill('Something');
  await keptToHold(page, 'Something');
  expect(await kept(page)).not.toContain('partner.example');
});

test('storage="off" keeps nothing and says so', async ({ desk, page, stored }) => {
  await desk.openForm({ storage: 'off' });
  await expect(desk.at('pd-not-kept')).toHaveText(desk.text('form.not_kept_off'));
  await desk.fill(eligible);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await desk.submit();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(1);
});

test('a browser that refuses storage is no obstacle', async ({ desk, page, stored }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
  });
  await desk.openForm();
  await expect(desk.at('pd-not-kept')).toHaveText(desk.text('form.not_kept'));
  await desk.fill(eligible);
  await desk.submit();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(1);
});

test('full storage is said, and the ticket is filed all the same', async ({ desk, page, stored }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (record, ...rest) {
      if (JSON.stringify(record)?.includes('Contacts')) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, record, ...rest);
    };
  });
  await desk.openForm();
  await desk.fill(eligible);
  await expect(desk.at('pd-not-kept')).toHaveText(desk.text('form.not_kept_full'));
  await desk.submit();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(1);
});

test('signing out removes the draft, here and for the next one', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(eligible);
  await keptToHold(page, eligible.superadmin_email);
  const counts = await page.locator('partner-desk').evaluate((element) => element.signOut());
  expect(counts).toEqual({ sent: 0, dropped: 0 });
  await expect.poll(() => kept(page)).not.toContain(eligible.superadmin_email);
  await again(desk, page);
  await expect(desk.field('subject')).toHaveValue('');
});

test('signing out on a page where nobody has opened the panel removes what an earlier one left', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(eligible);
  await keptToHold(page, eligible.superadmin_email);
  await page.reload();
  await page.waitForFunction(() => customElements.get('partner-desk'));
  await page.locator('partner-desk').evaluate((element) => element.signOut());
  await expect.poll(() => kept(page)).not.toContain(eligible.superadmin_email);
});

test('a draft is its owner’s, whoever uses the browser next', async ({ desk, page }) => {
  await desk.openForm({ user: 'superadmin' });
  await desk.fill(eligible);
  await keptToHold(page, eligible.superadmin_email);
  await desk.openForm({ user: 'member' });
  await expect(desk.field('subject')).toHaveValue('');
  await expect(desk.at('pd-draft-restored')).toHaveCount(0);
  await desk.openForm({ user: 'superadmin' });
  await expect(desk.field('subject')).toHaveValue(eligible.subject);
});
