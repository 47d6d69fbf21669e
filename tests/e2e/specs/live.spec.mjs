// What a screen reader is told: every happening once, and nothing else. A recorder listens to both live regions
// from the first moment; a journey that is silent fails, and so does one that chatters.
import { eligible, excluded, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

/** Notes each sentence that comes into a region, with how urgent it is. */
async function listen(page) {
  await page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    window.heard = [];
    for (const region of shadowRoot.querySelectorAll('[aria-live]')) {
      const urgency = region.getAttribute('aria-live');
      // A sentence is a node of its own: the same one again is said again.
      let last;
      let text = '';
      new MutationObserver(() => {
        const node = region.firstElementChild;
        if (node === last && node?.textContent === text) return;
        last = node;
        text = node?.textContent;
        if (text) window.heard.push([urgency, text]);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}

const heard = (page) => page.evaluate(() => window.heard);

/** Waits until all of it was said, and then a while for what should not be. */
async function expectHeard(page, sentences) {
  await expect.poll(async () => (await heard(page)).length).toBeGreaterThanOrEqual(sentences.length);
  await page.waitForTimeout(1_200);
  expect(await heard(page)).toEqual(sentences);
}

test.beforeEach(({ complaints }) => complaints.allow(NETWORK_ERROR));

test('filing: the verdict when typing pauses, then sending, then filed', async ({ desk, page }) => {
  await desk.openForm();
  await listen(page);
  await desk.fill(large);
  await expectHeard(page, [['polite', desk.text('preview.priority')]]);
  await desk.submit();
  const { reference } = await desk.receipt();
  await expectHeard(page, [
    ['polite', desk.text('preview.priority')],
    ['polite', desk.text('form.sending')],
    ['polite', desk.text('say.filed', { reference })],
  ]);
});

test('a long description says nothing, keystroke by keystroke', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(eligible);
  await page.waitForTimeout(1_500);
  await listen(page);
  await desk.field('description').pressSequentially(' and nobody can work with it any more', { delay: 20 });
  await expectHeard(page, []);
});

test('another verdict is said once, however often the service changes on the way', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(large);
  await desk.expectOutcome('priority');
  await page.waitForTimeout(1_500);
  await listen(page);
  await desk.field('service').fill(excluded[0][0]);
  await desk.field('subject').focus();
  await expectHeard(page, [['polite', desk.text('preview.excluded')]]);
});

test('a refused submit is said by the summary, which takes focus', async ({ desk, page }) => {
  await desk.openForm();
  await listen(page);
  await desk.submit();
  await expect(desk.at('pd-error-summary')).toBeFocused();
  await expectHeard(page, []);
});

test('a failure is said at once and urgently', async ({ desk, endpoint, page }) => {
  await endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'status', status: 403 }]);
  await desk.openForm();
  await desk.fill(eligible);
  await page.waitForTimeout(1_500);
  await listen(page);
  await desk.submit();
  await expect.poll(async () => (await heard(page)).length).toBeGreaterThanOrEqual(2);
  await page.waitForTimeout(1_200);
  const all = await heard(page);
  expect(all).toHaveLength(2);
  expect(all[0]).toEqual(['polite', desk.text('form.sending')]);
  expect(all[1][0]).toBe('assertive');
});

test('files: how many were added, and that they are there', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(large);
  await page.waitForTimeout(1_500);
  await listen(page);
  await desk.at('pd-attachments').setInputFiles([{ name: 'a.log', mimeType: 'text/plain', buffer: Buffer.from('a line of a log') }]);
  await expect(desk.at('pd-attachment', { state: 'ready' })).toBeVisible();
  await expectHeard(page, [
    ['polite', '1 file added.'],
    ['polite', desk.text('say.files_there')],
  ]);
});

test('a search says how many answers there are, once typing pauses', async ({ desk, page }) => {
  await desk.open();
  await desk.toHelp();
  await listen(page);
  await desk.at('pd-help-search').pressSequentially('campaigns', { delay: 30 });
  const count = await desk.at('pd-question').count();
  await expectHeard(page, [['polite', `${count} answers found`]]);
});

test('access: who may see what now', async ({ desk, page }) => {
  await desk.open();
  await desk.at('pd-tab-access').click();
  await desk.at('pd-access-row').first().waitFor();
  await listen(page);
  await desk.at('pd-access-level').last().selectOption('own');
  await expect.poll(async () => (await heard(page)).length).toBe(1);
  await page.waitForTimeout(1_200);
  expect(await heard(page)).toHaveLength(1);
});

test('feedback: sending, then thanks', async ({ desk, page }) => {
  await desk.open();
  await desk.toHelp();
  await desk.at('pd-feedback-open').click();
  await listen(page);
  await desk.at('pd-feedback-name').fill('Jo');
  await desk.at('pd-feedback-email').fill('jo@shop.example');
  await desk.at('pd-feedback-subject').fill('A word');
  await desk.at('pd-feedback-submit').click();
  await expectHeard(page, [
    ['polite', desk.text('form.sending')],
    ['polite', desk.text('feedback.done')],
  ]);
});
