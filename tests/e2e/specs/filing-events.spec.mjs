// What the page hears: each event once per happening, and never what was typed.
import { eligible, LANGUAGES, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

const TYPED = [large.subject, large.description, large.superadmin_email, large.org_id, '@'];

for (const lang of LANGUAGES) {
  test(`${lang}: each happening is told once, without text or addresses`, async ({ desk, endpoint }) => {
    await desk.recordEvents();
    await desk.goto({ lang });
    await expect(desk.at('pd-launcher')).toBeVisible();
    expect(await desk.events()).toEqual([]);
    await desk.launch();
    await desk.toForm();
    await desk.submit();
    await expect(desk.at('pd-error-summary')).toBeFocused();
    await desk.fill(large);
    await desk.expectOutcome('priority');
    await desk.submit();
    const { reference } = await desk.receipt();
    await desk.at('pd-close').click();
    await expect(desk.at('pd-panel')).toBeHidden();
    await desk.launch();
    await desk.at('pd-close').click();
    await expect(desk.at('pd-panel')).toBeHidden();
    const events = await desk.events();
    expect(events.map(({ type }) => type)).toEqual([
      'pd-open',
      'pd-ready',
      'pd-submitted',
      'pd-close',
      'pd-open',
      'pd-close',
    ]);
    const details = Object.fromEntries(events.map(({ type, detail }) => [type, detail]));
    expect(details['pd-open']).toEqual({ view: 'requests' });
    expect(details['pd-ready']).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(details['pd-close']).toEqual({});
    expect(details['pd-submitted']).toEqual({
      reference,
      outcome: 'priority',
      severity: 'S1',
      endpoint: endpoint.url,
      replayed: false,
    });
    for (const typed of TYPED) expect(JSON.stringify(events)).not.toContain(typed);
  });
}

test('a failed attempt is told once, and can be told from an accepted one', async ({
  complaints,
  desk,
  endpoint,
}) => {
  complaints.allow(NETWORK_ERROR);
  await endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'status', status: 500 }]);
  await desk.recordEvents();
  await desk.openForm();
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  const failed = await desk.events('pd-failed');
  expect(failed).toHaveLength(1);
  expect(failed[0].detail).toEqual({
    draft: expect.stringMatching(/\S/),
    code: expect.stringMatching(/^[a-z_]+$/),
    retryable: true,
  });
  expect(await desk.events('pd-submitted')).toEqual([]);
  await desk.at('pd-retry').click();
  await desk.receipt();
  expect(await desk.events('pd-failed')).toHaveLength(1);
  expect(await desk.events('pd-submitted')).toHaveLength(1);
});

test('events bubble out of the shadow root', async ({ desk, page }) => {
  await desk.goto();
  const heard = page.evaluate(
    () =>
      new Promise((done) => {
        document.addEventListener('pd-open', (event) =>
          done({ bubbles: event.bubbles, composed: event.composed, target: event.target.localName }),
        );
      }),
  );
  await desk.launch();
  expect(await heard).toEqual({ bubbles: true, composed: true, target: 'partner-desk' });
});

test('in QA mode the element keeps the log of events', async ({ desk, page }) => {
  await desk.openForm({ qa: '2026-03-02T09:00:00Z' });
  await desk.fill(eligible);
  await desk.submit();
  const { reference } = await desk.receipt();
  const log = await page.locator('partner-desk').evaluate((element) => element.qaLog());
  expect(log.map(({ name }) => name)).toEqual(['pd-open', 'pd-ready', 'pd-submitted']);
  expect(log.at(-1).detail).toMatchObject({ reference, outcome: 'undecided', severity: null });
});
