// From the launcher to the receipt without a mouse.
import { LANGUAGES, large } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test('a ticket is filed with the keyboard alone', async ({ desk, page, stored }) => {
      const { keyboard } = page;
      const write = async (hook, text) => {
        await desk.tabTo(hook);
        await keyboard.type(text);
      };
      await desk.goto({ lang });
      await desk.tabTo('pd-launcher', 60);
      await keyboard.press('Enter');
      await expect(desk.at('pd-panel')).toBeVisible();
      await desk.expectFocusInPanel();
      await expect(desk.at('pd-add-ticket')).toBeVisible();
      await desk.tabTo('pd-add-ticket');
      await keyboard.press('Enter');
      await expect(desk.field('service')).toBeFocused();
      await keyboard.type('crm');
      await expect(desk.option('crm')).toBeVisible();
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await expect(desk.field('service')).toHaveValue('Zoho CRM');
      await desk.tabTo('pd-org-id-kind');
      await keyboard.press('ArrowDown');
      await expect(desk.at('pd-org-id-kind')).toHaveValue('zgid');
      await write('pd-org-id', large.org_id);
      await write('pd-subject', large.subject);
      await write('pd-description', large.description);
      await write('pd-superadmin-email', large.superadmin_email);
      await desk.tabTo('pd-superadmin-unknown');
      await keyboard.press('Space');
      await expect(desk.field('customer_email')).toBeVisible();
      await keyboard.press('Space');
      await expect(desk.field('customer_email')).toHaveCount(0);
      await desk.expectOutcome('priority');
      await desk.tabTo('pd-submit');
      await keyboard.press('Enter');
      const { reference } = await desk.receipt();
      await desk.expectFocusInPanel();
      expect(await stored.ticket(reference)).toMatchObject({ severity: 'S1', org_id_kind: 'zgid' });
      await keyboard.press('Escape');
      await expect(desk.at('pd-panel')).toBeHidden();
      await expect(desk.at('pd-launcher')).toBeFocused();
    });

    test('the summary of errors is followed with Enter', async ({ desk, page }) => {
      await desk.openForm({ lang });
      await desk.tabTo('pd-submit');
      await page.keyboard.press('Enter');
      await expect(desk.at('pd-error-summary')).toBeFocused();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(desk.field('org_id')).toBeFocused();
    });
  });
}

test('the panel is a named dialog, and its launcher says whether it is open', async ({ desk }) => {
  await desk.goto();
  const launcher = desk.at('pd-launcher');
  await expect(launcher).toHaveAttribute('aria-expanded', 'false');
  await expect(launcher).toHaveAttribute('aria-haspopup', 'dialog');
  await launcher.press('Enter');
  const panel = desk.at('pd-panel');
  await expect(panel).toHaveRole('dialog');
  // The loader names it, so it has a name before the app is there, and without it.
  await expect(panel).toHaveAccessibleName('Help Center for Partner Support');
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  await expect(panel).not.toHaveAttribute('aria-modal', 'true');
  await desk.at('pd-close').press('Enter');
  await expect(panel).toBeHidden();
  await expect(launcher).toBeFocused();
  await expect(launcher).toHaveAttribute('aria-expanded', 'false');
});

test('Tab leaves the panel for the page', async ({ desk, page }) => {
  await desk.openForm();
  await desk.tabTo('pd-submit');
  const inside = () => desk.at('pd-panel').locator(':focus').count();
  let presses = 0;
  while ((await inside()) > 0 && presses < 10) {
    await page.keyboard.press('Tab');
    presses += 1;
  }
  expect(await inside(), 'after the last control').toBe(0);
  await expect(desk.at('pd-panel')).toBeVisible();
});

test('arrows, Home and End move between the tabs', async ({ desk, page }) => {
  await desk.open({ user: 'member' });
  const [requests, help] = [desk.at('pd-tab-requests'), desk.at('pd-tab-help')];
  await expect(requests).toHaveAttribute('aria-selected', 'true');
  await desk.tabTo('pd-tab-requests');
  for (const [key, tab, other] of [
    ['ArrowRight', help, requests],
    ['ArrowRight', requests, help],
    ['ArrowLeft', help, requests],
    ['Home', requests, help],
    ['End', help, requests],
  ]) {
    await page.keyboard.press(key);
    await expect(tab).toBeFocused();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await expect(other).toHaveAttribute('aria-selected', 'false');
    await expect(other).toHaveAttribute('tabindex', '-1');
  }
  await expect(desk.at('pd-channel-email')).toBeVisible();
});
