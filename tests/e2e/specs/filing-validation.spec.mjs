// When errors come and go, and where they lead.
import { eligible, LANGUAGES } from '../support/drafts.mjs';
import { FIELDS } from '../support/desk-page.mjs';
import { expect, test } from '../support/desk-test.mjs';

const REQUIRED = ['service', 'org_id', 'subject', 'description', 'superadmin_email'];

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test('nothing is red before the first submit', async ({ desk, page }) => {
      await desk.openForm({ lang });
      await desk.field('org_id').pressSequentially('12');
      await desk.field('superadmin_email').pressSequentially('admin@');
      for (const field of [...REQUIRED, 'service']) await desk.field(field).focus();
      await desk.nextFrame();
      await expect(desk.errors()).toHaveCount(0);
      await expect(desk.at('pd-error-summary')).toHaveCount(0);
      await expect(page.locator('[aria-invalid="true"]')).toHaveCount(0);
    });

    test('a failed submit moves focus to a summary that leads to each field', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.submit();
      const summary = desk.at('pd-error-summary');
      await expect(summary).toBeFocused();
      await expect(summary).toBeInViewport();
      await expect(summary).toContainText(desk.text('error.title'));
      const links = summary.getByRole('link');
      await expect(links).toHaveCount(REQUIRED.length);
      for (const [at, field] of REQUIRED.entries()) {
        await links.nth(at).click();
        await expect(desk.field(field)).toBeFocused();
        await expect(desk.field(field)).toBeInViewport();
        await expect(desk.error(field)).toContainText(desk.text('error.prefix'));
      }
    });

    test('an error disappears when its field is corrected', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.submit();
      await expect(desk.errors()).toHaveCount(REQUIRED.length);
      for (const [at, field] of REQUIRED.entries()) {
        await desk.field(field).pressSequentially(eligible[field]);
        await expect(desk.error(field)).toHaveCount(0);
        await expect(desk.field(field)).not.toHaveAttribute('aria-invalid', 'true');
        await expect(desk.errors()).toHaveCount(REQUIRED.length - 1 - at);
      }
      await expect(desk.at('pd-error-summary')).toHaveCount(0);
    });

    test('a correction that is still wrong says the new cause', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill({ ...eligible, org_id: '' });
      await desk.submit();
      const missing = await desk.error('org_id').innerText();
      await desk.field('org_id').pressSequentially('12');
      await expect(desk.error('org_id')).toContainText(desk.text('error.org_id.too_short', { limit: 5 }));
      expect(await desk.error('org_id').innerText()).not.toBe(missing);
    });

    test('after a failed submit, leaving a field shows its error', async ({ desk }) => {
      await desk.openForm({ lang });
      await desk.fill({ ...eligible, subject: '' });
      await desk.submit();
      await expect(desk.errors()).toHaveCount(1);
      await desk.field('superadmin_email').fill('admin@company');
      await expect(desk.error('superadmin_email')).toHaveCount(0);
      await desk.field('superadmin_email').blur();
      await expect(desk.error('superadmin_email')).toBeVisible();
    });

    test('real key presses arrive in every field', async ({ desk, stored }) => {
      const typed = {
        service: 'Zoho Books',
        org_id: '20087654321',
        subject: 'Überweisung & "Beleg" <fehlt>',
        description: 'First line\nSecond line, ÄÖÜ ß € 漢字',
        superadmin_email: 'admin@müller.example',
        customer_email: 'jo+test@customer.example',
        zuid: '20011223344',
      };
      await desk.openForm({ lang });
      const first = FIELDS.filter((field) => !['customer_email', 'zuid'].includes(field));
      for (const field of first) await desk.field(field).pressSequentially(typed[field]);
      expect(await desk.typed()).toMatchObject({ superadmin_email: typed.superadmin_email });
      await desk.field('superadmin_email').fill('');
      await desk.at('pd-superadmin-unknown').press('Space');
      await desk.field('customer_email').pressSequentially(typed.customer_email);
      await desk.field('zuid').pressSequentially(typed.zuid);
      await desk.at('pd-org-id-kind').selectOption('zgid');
      expect(await desk.typed()).toEqual({ ...typed, superadmin_email: '' });
      await desk.submit();
      const { reference } = await desk.receipt();
      const { service, ...rest } = typed;
      expect(await stored.ticket(reference)).toMatchObject({
        ...rest,
        service: { id: 'books', name: service },
        superadmin_email: null,
        org_id_kind: 'zgid',
      });
    });
  });
}

test('over-long text stays and is counted', async ({ desk, stored }) => {
  await desk.openForm();
  const long = 'x'.repeat(255);
  await desk.fill({ ...eligible, subject: long });
  await desk.field('subject').press('End');
  await desk.field('subject').press('y');
  await expect(desk.field('subject')).toHaveValue(`${long}y`);
  await desk.submit();
  await expect(desk.error('subject')).toBeVisible();
  await desk.field('subject').press('End');
  await desk.field('subject').press('Backspace');
  await expect(desk.error('subject')).toHaveCount(0);
  await desk.submit();
  const { reference } = await desk.receipt();
  expect((await stored.ticket(reference)).subject).toBe(long);
});

test('a hint on a field never blocks', async ({ desk, stored }) => {
  await desk.openForm();
  await desk.fill({ ...eligible, org_id: '60012345678', superadmin_email: 'jo@gmial.com' });
  await desk.submit();
  const { reference } = await desk.receipt();
  expect(await stored.ticket(reference)).toMatchObject({
    org_id: '60012345678',
    superadmin_email: 'jo@gmial.com',
  });
});
