// What is not sent yet: listed, sent by itself, edited, cancelled, and never twice.
import { eligible, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

const TICKETS = '/v1/tickets';
const dropped = { method: 'POST', path: TICKETS, do: 'drop-answer' };

const toList = (page) => page.locator('partner-desk').evaluate((element) => element.open('requests'));
const unsent = (desk) => desk.at('pd-request', { sync: 'unsent' });
const ask = (page, question) => page.locator('partner-desk').evaluate(question);

/** Submitted while the network is away. */
async function queued(desk, context, draft = eligible) {
  await desk.fill(draft);
  await context.setOffline(true);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
}

test.beforeEach(async ({ complaints, desk }) => {
  complaints.allow(NETWORK_ERROR);
  await desk.recordEvents();
  await desk.openForm();
});

test('offline it is queued and listed, and goes out by itself when the network is back', async ({ context, desk, page, stored }) => {
  await queued(desk, context);
  await expect(desk.at('pd-live')).toHaveText(desk.text('say.queued'));
  const events = await desk.events();
  expect(events.filter(({ type }) => type === 'pd-queued')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'pd-failed')).toEqual([]);
  expect(await ask(page, (element) => element.unsent)).toBe(1);
  await toList(page);
  await expect(unsent(desk)).toContainText(eligible.subject);
  await expect(unsent(desk)).toContainText(desk.text('outbox.waiting_text'));
  await context.setOffline(false);
  await expect(unsent(desk)).toHaveCount(0);
  await expect(desk.at('pd-request', { sync: 'sent' })).toHaveCount(1);
  expect(await stored.tickets()).toHaveLength(1);
  expect(await ask(page, (element) => element.unsent)).toBe(0);
  expect(await desk.events('pd-submitted')).toHaveLength(1);
});

test('back online, with the button pressed as well, it is filed once', async ({ context, desk, page, stored }) => {
  await queued(desk, context);
  await toList(page);
  await context.setOffline(false);
  await unsent(desk).getByTestId('pd-outbox-send').click();
  await expect(unsent(desk)).toHaveCount(0);
  await expect(desk.at('pd-request', { sync: 'sent' })).toHaveCount(1);
  expect(await stored.tickets()).toHaveLength(1);
  expect(await desk.events('pd-submitted')).toHaveLength(1);
});

test('queued, reloaded and back online it is filed once', async ({ context, desk, endpoint, page, stored }) => {
  await queued(desk, context);
  await context.setOffline(false);
  // The page itself has to load; the endpoint does not answer the widget yet.
  await page.route('**/v1/**', (route) => route.abort());
  await page.reload();
  await desk.launch();
  await expect(unsent(desk)).toContainText(eligible.subject);
  await page.unroute('**/v1/**');
  await unsent(desk).getByTestId('pd-outbox-send').click();
  await expect(unsent(desk)).toHaveCount(0);
  expect(await stored.tickets()).toHaveLength(1);
  expect(endpoint.url).toBeTruthy();
});

test('what has not left is edited and sent as edited, with the same key', async ({ context, desk, page, stored }) => {
  await queued(desk, context);
  const [{ detail }] = await desk.events('pd-queued');
  await toList(page);
  await unsent(desk).getByTestId('pd-outbox-edit').click();
  await expect(desk.field('subject')).toHaveValue(eligible.subject);
  await desk.field('subject').fill('Edited meanwhile');
  await context.setOffline(false);
  const [request] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith(TICKETS)), desk.submit()]);
  expect(request.headers()['idempotency-key']).toBe(detail.draft);
  await desk.receipt();
  expect((await stored.tickets()).map(({ subject }) => subject)).toEqual(['Edited meanwhile']);
});

test('what has not left is cancelled, and taken back', async ({ context, desk, page, stored }) => {
  await queued(desk, context);
  await toList(page);
  await unsent(desk).getByTestId('pd-outbox-cancel').click();
  await expect(unsent(desk)).toHaveCount(0);
  await expect(desk.at('pd-outbox-undo')).toBeFocused();
  await desk.at('pd-outbox-undo').click();
  await expect(unsent(desk)).toHaveCount(1);
  await desk.expectFocusInPanel();
  await unsent(desk).getByTestId('pd-outbox-cancel').click();
  await context.setOffline(false);
  await page.reload();
  await desk.launch();
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  await expect(unsent(desk)).toHaveCount(0);
  expect(await stored.tickets()).toEqual([]);
});

test('what may have arrived is not cancelled, and the row says why', async ({ desk, endpoint, page, stored }) => {
  await endpoint.faults([dropped]);
  await desk.fill(large);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  await toList(page);
  await expect(unsent(desk).getByTestId('pd-outbox-edit')).toHaveCount(0);
  await unsent(desk).getByTestId('pd-outbox-cancel').click();
  await expect(unsent(desk)).toContainText(desk.text('outbox.kept'));
  await unsent(desk).getByTestId('pd-outbox-send').click();
  await expect(unsent(desk)).toHaveCount(0);
  expect(await stored.tickets()).toHaveLength(1);
});

test('nobody has to press anything: an unknown outcome is looked up by itself', async ({ desk, endpoint, stored }) => {
  await endpoint.faults([dropped]);
  await desk.fill(large);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  const { reference } = await (desk.timeout = 20_000, desk.receipt());
  expect((await stored.tickets()).map((ticket) => ticket.reference)).toEqual([reference]);
});

test('while one is not known another is written and filed', async ({ desk, endpoint, page, stored }) => {
  const trouble = { method: 'POST', path: TICKETS, do: 'status', status: 500 };
  await endpoint.faults([trouble]);
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  await toList(page);
  await desk.toForm();
  await expect(desk.field('subject')).toHaveValue('');
  await desk.fill({ ...eligible, subject: 'A second case' });
  await desk.submit();
  await desk.receipt();
  await toList(page);
  const send = unsent(desk).getByTestId('pd-outbox-send');
  if (await send.isVisible()) await send.click();
  await expect(unsent(desk)).toHaveCount(0);
  expect((await stored.tickets()).map(({ subject }) => subject).sort()).toEqual(['A second case', eligible.subject]);
});

test('signing out sends what is unsent', async ({ desk, endpoint, page, stored }) => {
  await endpoint.faults([dropped]);
  await desk.fill(large);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  expect(await ask(page, (element) => element.unsent)).toBe(1);
  expect(await ask(page, (element) => element.signOut())).toEqual({ sent: 1, dropped: 0 });
  expect(await stored.tickets()).toHaveLength(1);
});

test('signing out drops what cannot be sent, within seconds, and tells the page', async ({ complaints, context, desk, page }) => {
  // The demo's token provider has no network, either.
  complaints.allow(/tokenProvider gave no token/);
  await queued(desk, context);
  const started = Date.now();
  expect(await ask(page, (element) => element.signOut())).toEqual({ sent: 0, dropped: 1 });
  expect(Date.now() - started).toBeLessThan(6_000);
  const failed = await desk.events('pd-failed');
  expect(failed.map(({ detail }) => detail.code)).toEqual(['signed_out']);
  expect(await ask(page, (element) => element.unsent)).toBe(0);
  await context.setOffline(false);
});
