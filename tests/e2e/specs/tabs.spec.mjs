// Several tabs of one person show the same truth.
import { DeskPage } from '../support/desk-page.mjs';
import { eligible, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

const TICKETS = '/v1/tickets';

async function secondTab(context) {
  const desk = new DeskPage(await context.newPage());
  await desk.recordEvents();
  return desk;
}

test.beforeEach(async ({ complaints, desk }) => {
  complaints.allow(NETWORK_ERROR);
  await desk.recordEvents();
  await desk.openForm();
});

test('what is typed in one tab stands in the other', async ({ context, desk }) => {
  await desk.field('subject').fill('Typed here');
  const other = await secondTab(context);
  await other.openForm();
  await expect(other.field('subject')).toHaveValue('Typed here');
  await other.field('subject').fill('And there');
  await expect(desk.field('subject')).toHaveValue('And there');
});

test('both tabs submit the same draft, and the ticket is one', async ({ context, desk, endpoint, stored }) => {
  await desk.fill(large);
  const other = await secondTab(context);
  await other.openForm();
  await expect(other.field('superadmin_email')).toHaveValue(large.superadmin_email);
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'delay', delay_ms: 800 }]);
  await Promise.all([desk.submit(), other.submit()]);
  await expect.poll(async () => (await stored.tickets()).length).toBe(1);
  await expect(desk.at('pd-retry')).toHaveCount(0);
  await expect(other.at('pd-retry')).toHaveCount(0);
  for (const tab of [desk, other]) {
    await tab.page.locator('partner-desk').evaluate((element) => element.open('requests'));
    await expect(tab.at('pd-request', { sync: 'sent' })).toHaveCount(1);
    await expect(tab.at('pd-request', { sync: 'unsent' })).toHaveCount(0);
  }
  expect(await stored.tickets()).toHaveLength(1);
});

test('what one tab could not send another sends, and both know', async ({ context, desk, endpoint, stored }) => {
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'drop-answer' }]);
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  const other = await secondTab(context);
  await other.open();
  const row = other.at('pd-request', { sync: 'unsent' });
  await row.getByTestId('pd-outbox-send').click();
  await expect(row).toHaveCount(0);
  await expect(desk.at('pd-retry')).toHaveCount(0);
  await expect(desk.at('pd-request', { sync: 'sent' })).toHaveCount(1);
  expect(await stored.tickets()).toHaveLength(1);
});

test('signing out in one tab leaves nothing in the other', async ({ context, desk }) => {
  await desk.fill(eligible);
  const other = await secondTab(context);
  await other.openForm();
  await expect(other.field('subject')).toHaveValue(eligible.subject);
  await desk.page.locator('partner-desk').evaluate((element) => element.signOut());
  await expect(other.at('pd-subject')).toHaveCount(0);
  await other.toForm();
  await expect(other.field('subject')).toHaveValue('');
});

test('without locks in the browser it is one ticket as well', async ({ context, desk, endpoint, stored }) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
  });
  await desk.openForm();
  await desk.fill(large);
  const other = await secondTab(context);
  await other.openForm();
  await expect(other.field('superadmin_email')).toHaveValue(large.superadmin_email);
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'delay', delay_ms: 500 }]);
  await Promise.all([desk.submit(), other.submit()]);
  await expect(desk.at('pd-retry')).toHaveCount(0);
  await expect.poll(async () => (await stored.tickets()).length).toBe(1);
});
