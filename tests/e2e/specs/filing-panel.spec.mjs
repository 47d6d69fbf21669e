// The panel around the form: what stays, what is copied, and what happens before anybody wants it.
import { eligible, LANGUAGES, large } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test('typed text survives closing and opening the panel', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill({ ...eligible, subject: 'Half a sub' });
      const before = await desk.typed();
      await desk.at('pd-close').click();
      await expect(desk.at('pd-panel')).toBeHidden();
      await desk.launch();
      await expect(desk.field('subject')).toHaveValue('Half a sub');
      expect(await desk.typed()).toEqual(before);
    });

    test('typed text survives a look at the list', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill(eligible);
      const before = await desk.typed();
      await desk.at('pd-back').click();
      await expect(desk.at('pd-add-ticket')).toBeFocused();
      await desk.toForm();
      expect(await desk.typed()).toEqual(before);
    });

    test('after a ticket the form is empty', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill(eligible);
      await desk.submit();
      await desk.receipt();
      await desk.at('pd-another').click();
      await desk.formIsReady();
      expect(Object.values(await desk.typed()).join('')).toBe('');
      await desk.expectOutcome('incomplete');
    });

    test('Copy puts the receipt into the clipboard', async ({ context, desk, page }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await desk.openForm({ lang });
      await desk.fill(large);
      await desk.expectOutcome('priority');
      await desk.submit();
      const { reference } = await desk.receipt();
      await desk.at('pd-copy').click();
      await expect(desk.at('pd-live')).toHaveText(desk.text('receipt.copied'));
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      for (const part of [reference, large.subject, 'Zoho CRM', desk.text('outcome.priority')]) {
        expect(copied).toContain(part);
      }
      expect(copied).toContain(`${desk.text('receipt.reference')}: ${reference}`);
    });
  });
}

test('before anybody wants it, the widget is one request and keeps nothing', async ({ context, desk, page }) => {
  const paths = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  await desk.goto();
  await expect(desk.at('pd-launcher')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const foreign = paths.filter((path) => path !== '/' && !path.startsWith('/demo/'));
  expect(foreign).toEqual(['/partner-desk.js']);
  expect(paths.filter((path) => path.startsWith('/demo/token'))).toEqual([]);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    cookies: document.cookie,
  }));
  expect(kept).toEqual({ local: 0, session: 0, databases: [], caches: [], cookies: '' });
  expect(await context.cookies()).toEqual([]);
});

test('filing a ticket leaves no trace in the history of the page', async ({ desk, page }) => {
  await desk.goto();
  const before = await page.evaluate(() => [history.length, location.href]);
  await desk.launch();
  await desk.toForm();
  await desk.submit();
  await desk.at('pd-error-summary').getByRole('link').first().click();
  await desk.fill(eligible);
  await desk.submit();
  await desk.receipt();
  await desk.at('pd-to-requests').click();
  await expect(desk.at('pd-request')).toHaveCount(1);
  expect(await page.evaluate(() => [history.length, location.href])).toEqual(before);
});

test('leaving a field by a click does not swallow the click', async ({ desk }) => {
  await desk.openForm();
  await desk.fill({ ...eligible, subject: '' });
  await desk.submit();
  await desk.field('superadmin_email').fill('admin@company');
  await desk.at('pd-superadmin-unknown').click();
  await expect(desk.at('pd-superadmin-unknown')).toBeChecked();
  await expect(desk.field('zuid')).toBeVisible();
});
