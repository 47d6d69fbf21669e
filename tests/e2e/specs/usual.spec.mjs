// R8a: the SuperAdmin address last used for the same organisation is offered, never filled in.
import { large } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

const OTHER = '20000000077';

test('the address of the last request about an organisation is one click away', async ({ desk, stored }) => {
  await stored.file({ org_id: large.org_id, superadmin_email: 'admin@large.example' });
  await desk.openForm();
  const offer = desk.at('pd-superadmin-usual');
  await desk.field('org-id').fill(OTHER);
  await expect(offer).toHaveCount(0);
  await desk.field('org-id').fill(large.org_id);
  await expect(offer).toContainText('admin@large.example');
  await expect(desk.field('superadmin-email')).toHaveValue('');
  await offer.click();
  await expect(desk.field('superadmin-email')).toHaveValue('admin@large.example');
  await expect(desk.field('superadmin-email')).toBeFocused();
  await expect(offer).toHaveCount(0);
});

test('nothing is offered to somebody who does not see that request', async ({ desk, stored }) => {
  await stored.file({ org_id: large.org_id, superadmin_email: 'admin@large.example' });
  await desk.openForm({ user: 'member' });
  const looked = desk.page.waitForResponse((answer) => answer.url().includes(`q=${large.org_id}`));
  await desk.field('org-id').fill(large.org_id);
  await looked;
  await desk.field('subject').fill('Something else');
  await expect(desk.at('pd-superadmin-usual')).toHaveCount(0);
});

test('what somebody has typed is left alone', async ({ desk, stored }) => {
  await stored.file({ org_id: large.org_id, superadmin_email: 'admin@large.example' });
  await desk.openForm();
  await desk.field('superadmin-email').fill('typed@large.example');
  const read = desk.page.waitForResponse((answer) => /tickets\/PS-EU-/.test(answer.url()));
  await desk.field('org-id').fill(large.org_id);
  await read;
  await expect(desk.at('pd-superadmin-usual')).toHaveCount(0);
  await expect(desk.field('superadmin-email')).toHaveValue('typed@large.example');
});
