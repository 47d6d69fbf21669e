// The list of requests and one of them; and what stands there for those who cannot file.
import { eligible, LANGUAGES, large, unknown } from '../support/drafts.mjs';
import { api } from '../support/api.mjs';
import { expect, test } from '../support/desk-test.mjs';

const CHANNELS = ['pd-channel-widget', 'pd-channel-help-center', 'pd-channel-email'];

/** Channels in place of the form. */
async function expectChannelsOnly(desk) {
  for (const channel of CHANNELS) await expect(desk.at(channel)).toBeVisible();
  await expect(desk.at('pd-add-ticket')).toHaveCount(0);
  await expect(desk.field('service')).toHaveCount(0);
}

for (const lang of LANGUAGES) {
  test.describe(lang, () => {
    test('an empty list leads to Add Ticket', async ({ desk }) => {
      await desk.open({ lang });
      await expect(desk.at('pd-tab-requests')).toHaveAttribute('aria-selected', 'true');
      await expect(desk.at('pd-panel')).toContainText(desk.text('requests.empty_title'));
      await expect(desk.at('pd-request')).toHaveCount(0);
      await desk.toForm();
      await expect(desk.field('service')).toBeFocused();
    });

    test('a new ticket stands on top', async ({ desk, stored }) => {
      const earlier = await stored.file({ subject: 'Filed earlier' });
      await desk.openForm({ lang });
      await desk.fill(large);
      await desk.submit();
      const { reference } = await desk.receipt();
      await desk.at('pd-to-requests').click();
      await expect(desk.at('pd-request')).toHaveCount(2);
      const [first, second] = [desk.at('pd-request').nth(0), desk.at('pd-request').nth(1)];
      await expect(first).toHaveAttribute('data-reference', reference);
      await expect(second).toHaveAttribute('data-reference', earlier.reference);
      await expect(first).toHaveAttribute('data-severity', 'S1');
      await expect(first).toHaveAttribute('data-status', 'open');
      await expect(first).toHaveAttribute('data-sync', 'sent');
      await expect(first).toContainText(large.subject);
      await expect(first).toContainText(desk.text('badge.s1'));
      await expect(second).not.toHaveAttribute('data-severity', 'S1');
    });

    test('sixty tickets come in pages', async ({ desk, stored }) => {
      for (let n = 1; n <= 60; n += 1) await stored.file({ subject: `Ticket ${n}` });
      await desk.open({ lang });
      const rows = desk.at('pd-request');
      await expect(rows).toHaveCount(50);
      await expect(rows.first()).toContainText('Ticket 60');
      await desk.at('pd-more').click();
      await expect(rows).toHaveCount(60);
      await expect(desk.at('pd-more')).toHaveCount(0);
      await expect(rows.last()).toContainText('Ticket 1');
      await expect(rows.nth(50), 'focus goes on with the first new row').toBeFocused();
      const shown = await rows.evaluateAll((all) => all.map((row) => row.dataset.reference));
      expect(shown).toEqual((await stored.tickets()).map((ticket) => ticket.reference));
    });

    test('a request shows what was sent, and back leads to its row', async ({ desk, stored }) => {
      await stored.file({ subject: 'Another one' });
      const draft = { ...unknown, org_id_kind: 'zgid', customer_email: 'jo@customer.example', zuid: '20011223344' };
      const { reference } = await stored.file({ ...draft, description: 'One line\nand <b>another</b>' });
      await stored.file({ subject: 'A later one' });
      await desk.open({ lang });
      await desk.request(reference).click();
      await expect(desk.at('pd-request-list')).toHaveCount(0);
      const panel = desk.at('pd-panel');
      for (const part of [
        reference,
        draft.subject,
        'One line',
        'and <b>another</b>',
        'Zoho CRM',
        `ZGID ${draft.org_id}`,
        draft.customer_email,
        draft.zuid,
        desk.text('detail.unknown_superadmin'),
        desk.text('outcome.manual'),
      ]) {
        await expect(panel).toContainText(part);
      }
      await desk.expectFocusInPanel();
      await desk.at('pd-back').click();
      await expect(desk.request(reference)).toBeFocused();
    });

    test('an S1 request shows its targets', async ({ desk, stored }) => {
      const { reference } = await stored.file(large);
      await desk.open({ lang });
      await desk.request(reference).click();
      const timeline = desk.at('pd-timeline');
      await expect(timeline.getByRole('listitem')).toHaveCount(3);
      await expect(timeline).toContainText(desk.text('target.first_response_title'));
      await expect(desk.at('pd-panel')).toContainText(desk.text('badge.priority_customer'));
    });

    test('a member sees only what they filed', async ({ desk, endpoint, stored }) => {
      const others = await stored.file({ subject: 'Of the super administrator' });
      const member = await api(endpoint, 'member');
      const own = await member.file({ subject: 'Of the member' });
      await desk.open({ lang, user: 'member' });
      await expect(desk.at('pd-request')).toHaveCount(1);
      await expect(desk.request(own.reference)).toContainText('Of the member');
      await expect(desk.request(others.reference)).toHaveCount(0);
      await expect(desk.at('pd-add-ticket')).toBeVisible();
    });

    test('without access there are the channels and no form', async ({ desk }) => {
      await desk.open({ lang, user: 'no-access' });
      await expectChannelsOnly(desk);
      await expect(desk.at('pd-panel')).toContainText(desk.text('requests.no_access'));
    });

    test('without a data centre there are the channels to choose from', async ({ desk, page }) => {
      const called = [];
      page.on('request', (request) => called.push(new URL(request.url()).pathname));
      await desk.open({ lang, dc: '' });
      await expectChannelsOnly(desk);
      await expect(desk.at('pd-panel')).toContainText(desk.text('help.choose_dc'));
      await expect(desk.at('pd-channel-email').getByRole('link')).toHaveCount(2);
      expect(called.filter((path) => path.startsWith('/v1/'))).toEqual([]);
    });

    test('where the rules name no widget, there are the channels, and Add Ticket writes an e-mail', async ({ desk }) => {
      await desk.open({ lang, dc: 'sa' });
      for (const channel of CHANNELS) await expect(desk.at(channel)).toBeVisible();
      await expect(desk.at('pd-panel')).toContainText(desk.text('requests.no_channel'));
      const mail = desk.at('pd-channel-email');
      await expect(mail).toHaveAttribute('href', 'mailto:partner-support@zohocorp.com');
      await expect(desk.at('pd-channel-help-center')).toContainText(desk.text('help.none'));
      await desk.at('pd-add-ticket').click();
      await expect(desk.at('pd-mail-body')).toBeVisible();
      await expect(desk.at('pd-submit')).toHaveCount(0);
    });

    test('Help names the channels of this data centre', async ({ desk }) => {
      await desk.open({ lang });
      await desk.at('pd-tab-help').click();
      for (const channel of CHANNELS) await expect(desk.at(channel)).toBeVisible();
      await expect(desk.at('pd-channel-help-center')).toHaveAttribute('href', 'https://help.zoho.eu');
      const mail = desk.at('pd-channel-email');
      await expect(mail).toHaveAttribute('href', 'mailto:partner-support@eu.zohocorp.com');
      await expect(mail).toHaveText('partner-support@eu.zohocorp.com');
    });
  });
}

test('who is not signed in is told so, and has the channels', async ({ desk }) => {
  await desk.open({ user: 'signed-out' });
  await expectChannelsOnly(desk);
  await expect(desk.at('pd-panel')).toContainText(desk.text('fault.signed_out'));
});

test('a list that cannot be loaded is asked for again', async ({ complaints, desk, endpoint, stored }) => {
  complaints.allow(/^Failed to load resource: .*503/);
  await stored.file(eligible);
  await endpoint.faults([{ method: 'GET', path: '/v1/tickets', do: 'status', status: 503 }]);
  await desk.open();
  await expect(desk.at('pd-request')).toHaveCount(0);
  await desk.at('pd-reload').click();
  await expect(desk.at('pd-request')).toHaveCount(1);
});
