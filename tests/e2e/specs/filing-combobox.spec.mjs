// The service field: a list to choose from, and free text all the same.
import { eligible, LANGUAGES } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test.beforeEach(async ({ desk }) => desk.openForm({ lang }));

    test('typing shows the services that fit', async ({ desk }) => {
      const service = desk.field('service');
      await expect(service).toHaveAttribute('aria-expanded', 'false');
      await expect(desk.at('pd-service-option')).toHaveCount(0);
      await service.pressSequentially('campai');
      await expect(service).toHaveAttribute('aria-expanded', 'true');
      await expect(desk.option('campaigns')).toBeVisible();
      await expect(desk.option('campaigns')).toContainText(desk.text('form.service_excluded_note'));
      await expect(desk.option('crm')).toHaveCount(0);
      await expect(service).toBeFocused();
    });

    test('arrows move, Enter takes, and focus stays in the field', async ({ desk, page }) => {
      const service = desk.field('service');
      await service.pressSequentially('crm');
      const options = desk.at('pd-service-option');
      await expect(options.nth(1)).toBeVisible();
      await service.press('ArrowDown');
      await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true');
      await service.press('ArrowDown');
      await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
      await expect(options.and(page.locator('[aria-selected="true"]'))).toHaveCount(1);
      const active = await options.nth(1).getAttribute('id');
      await expect(service).toHaveAttribute('aria-activedescendant', active);
      await service.press('ArrowUp');
      await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true');
      await service.press('Enter');
      await expect(options).toHaveCount(0);
      await expect(service).toHaveValue('Zoho CRM');
      await expect(service).toBeFocused();
      await expect(service).toHaveAttribute('aria-expanded', 'false');
      await expect(desk.at('pd-error-summary'), 'Enter took, it did not submit').toHaveCount(0);
    });

    test('Escape closes the list, then the panel', async ({ desk }) => {
      const service = desk.field('service');
      await service.pressSequentially('crm');
      await expect(desk.option('crm')).toBeVisible();
      await service.press('Escape');
      await expect(desk.at('pd-service-option')).toHaveCount(0);
      await expect(desk.at('pd-panel')).toBeVisible();
      await expect(service).toBeFocused();
      await expect(service).toHaveValue('crm');
      await service.press('Escape');
      await expect(desk.at('pd-panel')).toBeHidden();
      await expect(desk.at('pd-launcher')).toBeFocused();
    });

    test('a click takes a service', async ({ desk }) => {
      await desk.field('service').pressSequentially('bigin');
      await desk.option('bigin').click();
      await expect(desk.field('service')).toHaveValue('Zoho Bigin');
      await expect(desk.at('pd-service-option')).toHaveCount(0);
    });

    test('free text stays and is filed as typed', async ({ desk, stored }) => {
      await desk.fill({ ...eligible, service: 'Zoho Foobar' });
      await desk.field('service').focus();
      await desk.field('subject').focus();
      await expect(desk.field('service')).toHaveValue('Zoho Foobar');
      await desk.expectOutcome('undecided');
      await desk.submit();
      const { reference } = await desk.receipt();
      const { service } = await stored.ticket(reference);
      expect(service).toMatchObject({ name: 'Zoho Foobar', listed: false });
    });

    test('a near miss is only suggested, and taken on a click', async ({ desk }) => {
      const service = desk.field('service');
      await service.pressSequentially('Zoho Campains');
      await expect(desk.at('pd-suggestion')).toHaveCount(0);
      await service.press('Tab');
      await expect(service).toHaveValue('Zoho Campains');
      const suggested = desk.text('hint.suggest_service', { value: 'Zoho Campaigns' });
      await expect(desk.at('pd-suggestion')).toHaveText(suggested);
      await desk.expectOutcome('incomplete');
      await desk.at('pd-suggestion').click();
      await expect(service).toHaveValue('Zoho Campaigns');
      await expect(desk.at('pd-suggestion')).toHaveCount(0);
      await desk.expectOutcome('excluded');
    });

    test('an exact alias is taken on leaving the field', async ({ desk }) => {
      const service = desk.field('service');
      await service.pressSequentially('crm');
      await expect(service).toHaveValue('crm');
      await service.press('Tab');
      await expect(service).toHaveValue('Zoho CRM');
      await expect(desk.at('pd-service-option')).toHaveCount(0);
    });
  });
}

test.describe('touch', () => {
  test.use({ hasTouch: true, viewport: { width: 375, height: 667 } });

  test('a tap takes a service', async ({ desk }) => {
    await desk.openForm();
    await desk.field('service').tap();
    await desk.field('service').pressSequentially('desk');
    await desk.option('desk').tap();
    await expect(desk.field('service')).toHaveValue('Zoho Desk');
  });
});
