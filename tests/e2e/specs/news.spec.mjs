// What happens at the other side of the counter arrives by itself: in the list, in the open request, on the
// launcher, and as `pd-unread`.
import { agent as agentOf } from '../support/agent.mjs';
import { api } from '../support/api.mjs';
import { DeskPage } from '../support/desk-page.mjs';
import { large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test as base } from '../support/desk-test.mjs';

const test = base.extend({
  agent: async ({ endpoint, fresh }, use) => use(await agentOf(endpoint)),
});

const row = (desk, reference) => desk.page.locator(`[data-testid="pd-request"][data-reference="${reference}"]`);
/** The numbers that the page was told. */
const told = async (desk) => (await desk.events('pd-unread')).map(({ detail }) => detail.count);

test('an answer is announced, marked, counted on the launcher and told to the page', async ({ desk, stored, agent }) => {
  const { reference } = await stored.file(large);
  await desk.recordEvents();
  await desk.open();
  await expect(row(desk, reference)).toBeVisible();
  await agent.act(reference, 'replies', { text: 'We are looking into it.' });
  await expect(desk.at('pd-unread')).toHaveAttribute('data-count', '1');
  await expect(row(desk, reference)).toHaveAttribute('data-unread', 'true');
  await expect(desk.at('pd-live')).toHaveText(desk.text('say.news_reply', { reference }));
  expect(await told(desk)).toEqual([1]);
  await desk.at('pd-close').click();
  await expect(desk.at('pd-unread')).toBeVisible();
  await expect(desk.at('pd-launcher')).toHaveAccessibleName(/Help Center for Partner Support.*1 request with news/s);
});

test('the open request renews itself and takes neither focus nor what is typed', async ({ desk, stored, agent }) => {
  const { reference } = await stored.file(large);
  await desk.recordEvents();
  await desk.open();
  await desk.request(reference).click();
  await desk.at('pd-reply').fill('Typed meanwhile');
  await agent.act(reference, 'replies', { text: 'Please attach a HAR.' });
  await expect(desk.at('pd-conversation')).toContainText('Please attach a HAR.');
  await expect(desk.at('pd-reply')).toBeFocused();
  await expect(desk.at('pd-reply')).toHaveValue('Typed meanwhile');
  // Before somebody's eyes it is not unread for long.
  await expect(desk.at('pd-unread')).toHaveCount(0);
  await expect.poll(async () => (await stored.ticket(reference)).unread ?? false).toBe(false);
});

test('opening an unread request takes the mark away, on this machine and on others', async ({ browser, desk, endpoint, stored, agent }) => {
  const { reference } = await stored.file(large);
  await agent.act(reference, 'replies', { text: 'An answer.' });
  const other = await browser.newContext({ baseURL: endpoint.url });
  const there = new DeskPage(await other.newPage());
  await there.open();
  await expect(there.at('pd-unread')).toHaveAttribute('data-count', '1');
  await desk.open();
  await expect(desk.at('pd-unread')).toHaveAttribute('data-count', '1');
  await desk.request(reference).click();
  await expect(desk.at('pd-unread')).toHaveCount(0);
  await expect(there.at('pd-unread')).toHaveCount(0);
  await other.close();
});

test('of several tabs one follows, and all know', async ({ context, desk, stored, agent }) => {
  const streams = new Set();
  context.on('request', (request) => {
    if (request.url().endsWith('/v1/events')) streams.add(request);
  });
  context.on('requestfinished', (request) => streams.delete(request));
  context.on('requestfailed', (request) => streams.delete(request));
  const { reference } = await stored.file(large);
  await desk.open();
  const second = new DeskPage(await context.newPage());
  await second.open();
  await expect(second.request(reference)).toBeVisible();
  await agent.act(reference, 'replies', { text: 'An answer.' });
  for (const tab of [desk, second]) await expect(tab.at('pd-unread')).toHaveAttribute('data-count', '1');
  expect(streams.size, 'streams open at once').toBe(1);
});

test('a broken stream is opened again, and nothing in between is missed', async ({ complaints, desk, endpoint, stored, agent }) => {
  complaints.allow(NETWORK_ERROR);
  const { reference } = await stored.file(large);
  await desk.page.route('**/v1/events', (route) => route.abort(), { times: 2 });
  await desk.open();
  await expect(desk.request(reference)).toBeVisible();
  await agent.act(reference, 'replies', { text: 'An answer.' });
  await expect(desk.at('pd-unread')).toHaveAttribute('data-count', '1', { timeout: 30_000 });
});

test('what one has no part in is no news', async ({ desk, endpoint, stored, agent }) => {
  const theirs = await stored.file(large);
  const own = await (await api(endpoint, 'member')).file(large);
  await desk.open({ user: 'member' });
  await expect(desk.request(own.reference)).toBeVisible();
  await agent.act(theirs.reference, 'replies', { text: 'An answer.' });
  await agent.act(own.reference, 'replies', { text: 'An answer.' });
  await expect(row(desk, own.reference)).toHaveAttribute('data-unread', 'true');
  await expect(desk.at('pd-unread')).toHaveAttribute('data-count', '1');
});
