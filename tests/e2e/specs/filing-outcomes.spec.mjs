// Every outcome, from the form to what the endpoint has stored.
import { eligible, excluded, LANGUAGES, large, small, unknown } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

for (const lang of LANGUAGES) {
  /** Files a draft whose preview and receipt must both say `outcome`; gives the stored ticket. */
  async function filed({ desk, stored }, draft, outcome) {
    await desk.openForm({ lang });
    await desk.fill(draft);
    await desk.expectOutcome(outcome);
    await desk.submit();
    const receipt = await desk.receipt();
    expect(receipt.outcome).toBe(outcome);
    expect(await stored.tickets()).toHaveLength(1);
    const ticket = await stored.ticket(receipt.reference);
    expect(ticket.classification.outcome).toBe(outcome);
    expect(ticket.preview.outcome).toBe(outcome);
    return ticket;
  }

  test.describe(lang, () => {
    test('an eligible service of an unknown account is undecided', async ({ desk, stored }) => {
      const ticket = await filed({ desk, stored }, eligible, 'undecided');
      expect(ticket).toMatchObject({
        severity: null,
        priority_customer: false,
        dc: 'eu',
        service: { id: 'crm', name: 'Zoho CRM', listed: true },
        org_id_kind: 'zoid',
        org_id: eligible.org_id,
        subject: eligible.subject,
        description: eligible.description,
        superadmin_email: eligible.superadmin_email,
        channel: 'widget',
        status: 'open',
      });
    });

    test('a large account becomes S1 with the flag and the targets', async ({ desk, stored }) => {
      const ticket = await filed({ desk, stored }, large, 'priority');
      expect(ticket).toMatchObject({
        severity: 'S1',
        priority_customer: true,
        classification: {
          commitment: {
            first_response_h: [1, 3],
            problem_determination_h: [2, 8],
            resolution_h: [24, 48],
          },
        },
      });
    });

    test('a known account below the threshold is standard', async ({ desk, stored }) => {
      const ticket = await filed({ desk, stored }, small, 'standard');
      expect(ticket).toMatchObject({ severity: null, priority_customer: false });
      expect(ticket.classification.commitment).toBeNull();
    });

    for (const [service, id, metric] of excluded) {
      test(`${service} is excluded by ${metric}, and still filed`, async ({ desk, stored }) => {
        const ticket = await filed({ desk, stored }, { ...large, service }, 'excluded');
        expect(ticket).toMatchObject({
          severity: null,
          priority_customer: false,
          service: { id, name: service, listed: true },
          classification: { metric },
        });
      });
    }

    test('an unknown address with a ZOID goes to an agent', async ({ desk, stored }) => {
      const ticket = await filed({ desk, stored }, unknown, 'manual');
      expect(ticket).toMatchObject({ superadmin_email: null, severity: null });
    });

    test('an unknown address with a ZGID and a ZUID goes to an agent', async ({ desk, stored }) => {
      const draft = { ...unknown, org_id_kind: 'zgid', zuid: '20011223344' };
      const ticket = await filed({ desk, stored }, draft, 'manual');
      expect(ticket).toMatchObject({ org_id_kind: 'zgid', zuid: '20011223344' });
    });

    test('an unknown address with a customer address goes to an agent', async ({ desk, stored }) => {
      const draft = { ...unknown, org_id_kind: 'zgid', customer_email: 'jo@customer.example' };
      const ticket = await filed({ desk, stored }, draft, 'manual');
      expect(ticket.customer_email).toBe('jo@customer.example');
    });

    test('an unknown address with a ZGID alone is not sent', async ({ desk, stored }) => {
      await desk.openForm({ lang });
      await desk.fill({ ...unknown, org_id_kind: 'zgid' });
      await desk.expectOutcome('incomplete');
      await desk.submit();
      await expect(desk.error('customer_email')).toBeVisible();
      await expect(desk.errors()).toHaveCount(1);
      await expect(desk.at('pd-error-summary')).toBeFocused();
      expect(await stored.tickets()).toEqual([]);
    });
  });
}
