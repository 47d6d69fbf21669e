// The tab Access: what a shop's super administrators set there, and what its users meet afterwards.
import { expect, test } from '../support/desk-test.mjs';
import { eligible } from '../support/drafts.mjs';

const MEMBER = 'member@partner.example';

async function openAccess(desk, options) {
  await desk.open(options);
  await desk.at('pd-tab-access').click();
  await expect(desk.at('pd-access-row').first()).toBeVisible();
}

const row = (desk, email) => desk.page.locator(`[data-testid="pd-access-row"][data-email="${email}"]`);
const level = (desk, email) => row(desk, email).getByTestId('pd-access-level');

for (const user of ['member', 'no-access', 'signed-out']) {
  test(`${user} has no such tab`, async ({ desk }) => {
    await desk.open({ user });
    await expect(desk.at('pd-tab-help')).toBeVisible();
    await expect(desk.at('pd-tab-access')).toHaveCount(0);
  });
}

for (const lang of ['en', 'de']) {
  test.describe(lang, () => {
    test('the shop’s users, each with what holds', async ({ desk }) => {
      await openAccess(desk, { lang });
      await expect(desk.at('pd-access-row')).toHaveCount(3);
      await expect(level(desk, 'superadmin@partner.example')).toHaveValue('company');
      await expect(level(desk, MEMBER)).toHaveValue('own');
      await expect(level(desk, 'no-access@partner.example')).toHaveValue('none');
      await expect(row(desk, MEMBER)).toContainText('Max Member');
    });

    test('a grant is said, logged, and holds for the user', async ({ desk, endpoint, page }) => {
      await openAccess(desk, { lang });
      await level(desk, MEMBER).selectOption('none');
      await expect(row(desk, MEMBER)).toHaveAttribute('data-access', 'none');
      await expect(desk.at('pd-live')).toHaveText(`${MEMBER}: ${desk.text('access.none')}`);

      await desk.at('pd-access-log').locator('summary').click();
      const change = desk.at('pd-access-change').first();
      const words = { by: 'superadmin@partner.example', who: MEMBER };
      const levels = { from: desk.text('access.own'), to: desk.text('access.none') };
      await expect(change).toContainText(desk.text('access.log_line', { ...words, ...levels }));

      await page.goto(`${endpoint.url}/?user=member&lang=${lang}`);
      await desk.launch();
      await expect(desk.at('pd-channel-email')).toBeVisible();
      await expect(desk.at('pd-add-ticket')).toHaveCount(0);
    });
  });
}

test('without access one’s own earlier tickets stay readable', async ({ desk, page }) => {
  await desk.openForm({ user: 'member' });
  await desk.fill(eligible);
  await desk.expectOutcome('undecided');
  await desk.submit();
  const { reference } = await desk.receipt();

  await openAccess(desk);
  await level(desk, MEMBER).selectOption('none');
  await expect(row(desk, MEMBER)).toHaveAttribute('data-access', 'none');

  await desk.open({ user: 'member' });
  await desk.request(reference).click();
  await expect(desk.at('pd-panel')).toContainText(eligible.description);
  await page.keyboard.press('Escape');
});

test('search finds by name and address, and lets one grant somebody new', async ({ desk }) => {
  await openAccess(desk);
  const search = desk.at('pd-access-search');
  await search.fill('noor');
  await expect(desk.at('pd-access-row')).toHaveCount(1);
  await search.fill('nobody-at-all');
  await expect(desk.at('pd-panel')).toContainText(desk.text('access.nobody'));
  await search.fill('new@partner.example');
  await expect(row(desk, 'new@partner.example')).toContainText(desk.text('access.unseen'));
  await level(desk, 'new@partner.example').selectOption('company');
  await expect(row(desk, 'new@partner.example')).toContainText(desk.text('access.granted'));
  await search.fill('');
  await expect(desk.at('pd-access-row')).toHaveCount(4);
});

test('a change that fails says so, shows what holds and keeps the focus', async ({ complaints, desk, endpoint }) => {
  complaints.allow(/503/);
  await openAccess(desk);
  await endpoint.faults([{ method: 'PUT', path: `/v1/access/${encodeURIComponent(MEMBER)}`, do: 'status', status: 503 }]);
  await level(desk, MEMBER).focus();
  await level(desk, MEMBER).selectOption('company');
  await expect(row(desk, MEMBER)).toContainText(desk.text('fault.server', { status: 503 }));
  await expect(level(desk, MEMBER)).toHaveValue('own');
  await expect(level(desk, MEMBER)).toBeFocused();
  // The next try works, and the complaint is gone.
  await level(desk, MEMBER).selectOption('company');
  await expect(row(desk, MEMBER)).toHaveAttribute('data-access', 'company');
  await expect(row(desk, MEMBER).locator('.pd-field__error')).toHaveCount(0);
});

test('the default holds for whom nobody has granted anything', async ({ desk, page }) => {
  await openAccess(desk);
  const standard = desk.at('pd-access-default');
  await expect(standard).toHaveValue('own');
  await standard.selectOption('none');
  await expect(desk.at('pd-live')).toHaveText(`${desk.text('access.default')}: ${desk.text('access.none')}`);
  await page.reload();
  await openAccess(desk);
  await expect(desk.at('pd-access-default')).toHaveValue('none');
  await expect(level(desk, MEMBER)).toHaveValue('own');
});

test('by keyboard alone: to the tab, to a user, another level', async ({ desk, page }) => {
  await desk.goto();
  await desk.at('pd-launcher').focus();
  await page.keyboard.press('Enter');
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  await desk.tabTo('pd-tab-requests');
  await page.keyboard.press('End');
  await expect(desk.at('pd-access-row').first()).toBeVisible();
  expect(await desk.focused()).toBe('pd-tab-access');
  await desk.tabTo('pd-access-search');
  await page.keyboard.type('max');
  await expect(desk.at('pd-access-row')).toHaveCount(1);
  await desk.tabTo('pd-access-level');
  await page.keyboard.press('ArrowDown');
  await expect(row(desk, MEMBER)).toHaveAttribute('data-access', 'company');
});
