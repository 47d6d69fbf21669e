// The preview says at once what will become of the ticket; asking about the account only refines it.
import { eligible, LANGUAGES, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

const VERIFY = '/v1/accounts/verify';

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test('the preview follows each keystroke', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill({ ...eligible, org_id: '' });
      const outcomes = [];
      const press = async (key) => {
        await desk.field('org_id').press(key);
        await desk.nextFrame();
        outcomes.push(await desk.at('pd-preview').getAttribute('data-outcome'));
      };
      for (const key of ['2', '0', '0', '8', '7', 'Backspace', '7']) await press(key);
      const [no, yes] = ['incomplete', 'undecided'];
      expect(outcomes).toEqual([no, no, no, no, yes, no, yes]);
    });

    test('another verdict is said once typing has paused, and each once', async ({ desk, page }) => {
      await desk.openForm({ lang });
      await page.evaluate(() => {
        const live = document.querySelector('partner-desk').shadowRoot.querySelector('[data-testid=pd-live]');
        window.heard = [];
        new MutationObserver(() => live.textContent && window.heard.push(live.textContent)).observe(live, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      });
      const heard = () => page.evaluate(() => window.heard);
      const verdict = desk.text('preview.priority');
      // By keys and pauses, like somebody who types: that something is missing is not said in between.
      await desk.fill(large);
      await desk.expectOutcome('priority');
      await expect.poll(heard).toContain(verdict);
      expect((await heard()).filter((sentence) => sentence === verdict)).toHaveLength(1);
      expect(await heard()).not.toContain(desk.text('preview.incomplete_start'));
      await expect(desk.at('pd-submit')).toHaveAccessibleDescription(verdict);
      await desk.field('org_id').fill('');
      await expect.poll(heard).toContain(desk.text('preview.incomplete_start'));
    });

    test('an excluded service shows while the rest is still empty', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.expectOutcome('incomplete');
      const missing = desk.at('pd-preview-missing');
      await expect(missing).toContainText(desk.text('field.service'));
      await desk.field('service').pressSequentially('Zoho DataPrep');
      await desk.nextFrame();
      await desk.expectOutcome('excluded');
      await expect(desk.at('pd-preview')).toContainText(desk.text('metric.monthly_rows'));
      await expect(missing).toContainText(desk.text('field.superadmin_email'));
      await desk.field('service').press('Backspace');
      await desk.nextFrame();
      await desk.expectOutcome('incomplete');
    });

    test('what is missing is named until it is there', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill({ ...eligible, subject: '' });
      const missing = desk.at('pd-preview-missing');
      await expect(missing).toContainText(desk.text('field.subject'));
      await expect(missing).not.toContainText(desk.text('field.org_id'));
      await desk.field('subject').pressSequentially('x');
      await expect(missing).toHaveCount(0);
    });

    test('the preview names the rules that the endpoint has', async ({ desk, endpoint }) => {
      await desk.openForm({ lang });
      const headers = { authorization: `Bearer ${await endpoint.token()}` };
      const { version } = await (await fetch(`${endpoint.url}/v1/policy`, { headers })).json();
      await expect(desk.at('pd-preview')).toHaveAttribute('data-policy', version);
      await expect(desk.at('pd-preview')).toContainText(version);
    });
  });
}

test('a slow verification does not hold up the ticket', async ({ desk, endpoint, page, stored }) => {
  await endpoint.faults([{ method: 'POST', path: VERIFY, do: 'delay', delay_ms: 60_000 }]);
  await desk.openForm();
  const asked = page.waitForRequest(`**${VERIFY}`);
  await desk.fill(large);
  await asked;
  await desk.expectOutcome('undecided');
  await desk.submit();
  const { reference, outcome } = await desk.receipt();
  expect(outcome, 'the endpoint knows the account').toBe('priority');
  const ticket = await stored.ticket(reference);
  expect(ticket).toMatchObject({ severity: 'S1', preview: { outcome: 'undecided' } });
  await expect(desk.at('pd-receipt')).toContainText(desk.text('receipt.differs_priority'));
});

test('a failed verification leaves the preview undecided and lets the ticket go', async ({
  complaints,
  desk,
  endpoint,
  page,
}) => {
  complaints.allow(NETWORK_ERROR);
  await endpoint.faults([{ method: 'POST', path: VERIFY, do: 'status', status: 503 }]);
  await desk.openForm();
  const answered = page.waitForResponse(`**${VERIFY}`);
  await desk.fill(large);
  expect((await answered).status()).toBe(503);
  await desk.expectOutcome('undecided');
  await desk.submit();
  expect((await desk.receipt()).outcome).toBe('priority');
});

test('a late answer for an earlier address changes nothing', async ({ desk, page }) => {
  let release;
  const held = new Promise((done) => (release = done));
  const isLate = (request) => request.url().endsWith(VERIFY) && /large/.test(request.postData());
  await page.route(`**${VERIFY}`, async (route) => {
    if (!isLate(route.request())) return route.continue();
    await held;
    return route.fulfill({ json: { account: 'large', policy_version: 'late' } });
  });
  await desk.openForm();
  const settled = Promise.race(
    ['requestfinished', 'requestfailed'].map((event) => page.waitForEvent(event, isLate)),
  );
  const asked = page.waitForRequest(isLate);
  await desk.fill(large);
  await asked;
  await desk.field('superadmin_email').fill('admin@small.example');
  await desk.expectOutcome('standard');
  release();
  await settled;
  await desk.nextFrame();
  await desk.expectOutcome('standard');
});
