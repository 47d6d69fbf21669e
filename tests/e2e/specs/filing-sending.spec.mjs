// Accepted, refused, or unknown: nothing typed is lost, and no ticket is filed twice.
import { api } from '../support/api.mjs';
import { eligible, LANGUAGES, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

const TICKETS = '/v1/tickets';
const isFiling = (request) => request.method() === 'POST' && request.url().endsWith(TICKETS);

/** Every attempt to file, with its key. */
function attempts(page) {
  const keys = [];
  page.on('request', (request) => {
    if (isFiling(request)) keys.push(request.headers()['idempotency-key']);
  });
  return keys;
}

/** The outcome is not known: everything typed is there to be read, and nothing can be changed. */
async function expectFrozen(desk, draft, button = 'form.check_again') {
  await expect(desk.at('pd-retry')).toBeVisible();
  await expect(desk.at('pd-submit')).toHaveCount(0);
  await expect(desk.at('pd-retry')).toHaveText(desk.text(button));
  for (const field of ['service', 'org_id', 'subject', 'description', 'superadmin_email']) {
    await expect(desk.field(field)).toHaveValue(draft[field]);
    await expect(desk.field(field)).not.toBeEditable();
  }
  await expect(desk.at('pd-org-id-kind')).toBeDisabled();
  await expect(desk.at('pd-superadmin-unknown')).toBeDisabled();
  await desk.expectFocusInPanel();
}

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test.beforeEach(async ({ complaints, desk }) => {
      complaints.allow(NETWORK_ERROR);
      await desk.recordEvents();
      await desk.openForm({ lang });
    });

    test('an answer lost on the way is asked for again, and the ticket is one', async ({
      desk,
      endpoint,
      page,
      stored,
    }) => {
      const keys = attempts(page);
      await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'drop-answer' }]);
      await desk.fill(large);
      await desk.submit();
      await expectFrozen(desk, large);
      const [ticket, ...others] = await stored.tickets();
      expect(others).toEqual([]);
      expect(await desk.events('pd-submitted')).toEqual([]);
      await desk.at('pd-retry').click();
      const { reference } = await desk.receipt();
      expect(reference).toBe(ticket.reference);
      expect(await stored.tickets()).toHaveLength(1);
      await expect(desk.at('pd-receipt')).toContainText(desk.text('receipt.replayed'));
      const submitted = await desk.events('pd-submitted');
      expect(submitted).toHaveLength(1);
      expect(submitted[0].detail).toMatchObject({ reference, replayed: true });
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size, 'the same key').toBe(1);
      expect(keys[0]).toBeTruthy();
    });

    test('an endpoint in trouble is asked again', async ({ desk, endpoint, page, stored }) => {
      const keys = attempts(page);
      const trouble = { method: 'POST', path: TICKETS, do: 'status', status: 503 };
      await endpoint.faults([trouble, trouble]);
      await desk.fill(eligible);
      await desk.submit();
      await expectFrozen(desk, eligible);
      expect(await stored.tickets()).toEqual([]);
      const refused = page.waitForResponse((answer) => isFiling(answer.request()));
      await desk.at('pd-retry').click();
      expect((await refused).status()).toBe(503);
      await expectFrozen(desk, eligible);
      await desk.at('pd-retry').click();
      const { reference } = await desk.receipt();
      expect((await stored.tickets()).map((ticket) => ticket.reference)).toEqual([reference]);
      const submitted = await desk.events('pd-submitted');
      expect(submitted).toHaveLength(1);
      expect(submitted[0].detail).toMatchObject({ reference, replayed: false });
      expect(keys).toHaveLength(3);
      expect(new Set(keys).size, 'the same key').toBe(1);
    });

    test('offline loses nothing, and back online the ticket is filed once', async ({
      context,
      desk,
      stored,
    }) => {
      await desk.fill(eligible);
      await context.setOffline(true);
      await desk.submit();
      await expectFrozen(desk, eligible, 'outbox.send');
      await context.setOffline(false);
      await desk.at('pd-retry').click();
      const { reference } = await desk.receipt();
      expect((await stored.tickets()).map((ticket) => ticket.reference)).toEqual([reference]);
      expect(await desk.events('pd-submitted')).toHaveLength(1);
    });

    test('a refusal by the endpoint lands on its field', async ({ desk, page, stored }) => {
      const violations = [{ field: 'org_id', code: 'leading_zero' }];
      await page.route(`**${TICKETS}`, (route) =>
        isFiling(route.request())
          ? route.fulfill({
              status: 422,
              contentType: 'application/problem+json',
              json: { title: 'Unprocessable Content', status: 422, code: 'validation', violations },
            })
          : route.continue(),
      );
      await desk.fill(eligible);
      await desk.submit();
      await expect(desk.error('org_id')).toContainText(desk.text('error.org_id.leading_zero'));
      await expect(desk.errors()).toHaveCount(1);
      await expect(desk.at('pd-error-summary')).toBeFocused();
      await expect(desk.field('description')).toHaveValue(eligible.description);
      await expect(desk.field('org_id')).toBeEditable();
      await page.unroute(`**${TICKETS}`);
      await desk.field('org_id').fill('20087654322');
      await expect(desk.errors()).toHaveCount(0);
      await desk.submit();
      await desk.receipt();
      expect((await stored.tickets()).map((ticket) => ticket.org_id)).toEqual(['20087654322']);
    });

    test('a double click files one ticket', async ({ desk, endpoint, page, stored }) => {
      const keys = attempts(page);
      await endpoint.faults([{ method: 'POST', path: TICKETS, do: 'delay', delay_ms: 700 }]);
      await desk.fill(eligible);
      await desk.at('pd-submit').dblclick();
      await expect(desk.at('pd-submit')).toHaveText(desk.text('form.sending'));
      await expect(desk.at('pd-submit')).toHaveAttribute('aria-disabled', 'true');
      await desk.receipt();
      expect(await stored.tickets()).toHaveLength(1);
      expect(keys).toHaveLength(1);
    });
  });
}

test('a token that ran out while somebody typed is renewed', async ({ complaints, desk, endpoint }) => {
  complaints.allow(/^Failed to load resource: .*401/);
  await desk.openForm();
  await desk.fill(eligible);
  await endpoint.advanceClock(20 * 60_000);
  await desk.submit();
  const { reference } = await desk.receipt();
  expect((await (await api(endpoint)).tickets()).map((ticket) => ticket.reference)).toEqual([reference]);
});

test('a submit right after opening is accepted', async ({ desk, page, stored }) => {
  await desk.goto();
  await page.locator('partner-desk').evaluate((element, draft) => {
    element.prefill = draft;
  }, prefilled(eligible));
  await desk.launch();
  await desk.toForm();
  await desk.submit();
  await desk.receipt();
  expect(await stored.tickets()).toHaveLength(1);
});

function prefilled({ service, org_id: orgId, subject, description, superadmin_email: superadminEmail }) {
  return { service, orgId, subject, description, superadminEmail };
}
