// Several endpoints over one store: whoever answers takes the ticket, and it is one.
import { eligible } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test as base } from '../support/desk-test.mjs';
import { startEndpoint } from '../support/process.mjs';
import { controls } from '../support/endpoint.mjs';

const TICKETS = '/v1/tickets';

/** A second process on the data of the first. */
const test = base.extend({
  second: async ({ endpoint }, use) => {
    const running = await startEndpoint(undefined, { data: endpoint.data });
    try {
      await use(controls(running.url));
    } finally {
      await running.stop();
    }
  },
});

test.beforeEach(async ({ complaints, desk }) => {
  complaints.allow(NETWORK_ERROR);
  await desk.recordEvents();
});

const open = (desk, ...endpoints) => desk.openForm({ endpoint: endpoints.map(({ url }) => url).join(' ') });

test('an endpoint that cuts the line hands on, and the ticket is one', async ({ desk, endpoint, second, stored }) => {
  await open(desk, endpoint, second);
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'drop-answer' }]);
  await desk.fill(eligible);
  await desk.submit();
  await desk.receipt();
  await expect(desk.at('pd-receipt')).toContainText(second.url);
  await expect(desk.at('pd-receipt')).toContainText(desk.text('receipt.replayed'));
  const [{ detail }] = await desk.events('pd-submitted');
  expect(detail).toMatchObject({ endpoint: second.url, replayed: true });
  expect(await stored.tickets()).toHaveLength(1);
});

for (const status of [502, 503, 504]) {
  test(`${status} hands on`, async ({ desk, endpoint, second, stored }) => {
    await open(desk, endpoint, second);
    await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'status', status }]);
    await desk.fill(eligible);
    await desk.submit();
    await desk.receipt();
    await expect(desk.at('pd-receipt')).toContainText(second.url);
    expect(await stored.tickets()).toHaveLength(1);
  });
}

test('a refusal is a refusal: nobody else is asked', async ({ desk, endpoint, page, second, stored }) => {
  await open(desk, endpoint, second);
  const asked = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url() === second.url + TICKETS) asked.push(request.url());
  });
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'status', status: 422 }]);
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-submit')).toHaveText(desk.text('form.submit'));
  await expect(desk.field('subject')).toBeEditable();
  expect(asked).toEqual([]);
  expect(await stored.tickets()).toEqual([]);
});

test('an endpoint that serves other data centres gets nothing', async ({ complaints, desk, endpoint, page, second, stored }) => {
  complaints.allow(/does not serve the data centre/);
  await page.route(`${second.url}/v1/policy`, async (route) => {
    const answer = await route.fetch();
    const policy = await answer.json();
    await route.fulfill({ response: answer, json: { ...policy, dcs: ['jp'] } });
  });
  const sent = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().startsWith(second.url)) sent.push(request.url());
  });
  await open(desk, endpoint, second);
  await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'drop-answer' }]);
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  expect(sent).toEqual([]);
  await desk.at('pd-retry').click();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(1);
});

test('the first endpoint is dead: the second takes everything', async ({ desk, second, stored }) => {
  await open(desk, { url: 'http://127.0.0.1:9' }, second);
  await desk.fill(eligible);
  await desk.submit();
  await desk.receipt();
  await expect(desk.at('pd-receipt')).toContainText(second.url);
  expect(await stored.tickets()).toHaveLength(1);
});
