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

    test('sixty tickets are all there, and each says its place', async ({ desk, stored }) => {
      for (let n = 1; n <= 60; n += 1) await stored.file({ subject: `Ticket ${n}` });
      await desk.open({ lang });
      const rows = desk.at('pd-request');
      await expect(rows.first()).toContainText('Ticket 60');
      const seen = new Map();
      const look = async () => {
        const now = await rows.evaluateAll((all) =>
          all.map((row) => [Number(row.closest('li').ariaPosInSet), row.closest('li').ariaSetSize, row.dataset.reference]),
        );
        for (const [at, of, reference] of now) {
          expect(of).toBe('60');
          seen.set(at, reference);
        }
        return seen.size;
      };
      await rows.first().focus();
      await expect
        .poll(async () => {
          await desk.page.keyboard.press('PageDown');
          return look();
        })
        .toBe(60);
      const shown = [...seen].sort(([a], [b]) => a - b).map(([, reference]) => reference);
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

/** The subjects of the rows, from the top. */
const subjects = (desk) => desk.at('pd-request').locator('.pd-request__subject').allTextContents();

test.describe('finding requests', () => {
  let references;

  test.beforeEach(async ({ endpoint, stored }) => {
    references = {};
    references.s1 = (await stored.file({ ...large, subject: 'Nobody can sign in' })).reference;
    // Another moment, so that the order by last change is another one.
    await endpoint.advanceClock(60_000);
    references.campaigns = (await stored.file({ ...large, service: 'Zoho Campaigns', subject: 'Newsletter stuck' })).reference;
    await endpoint.advanceClock(60_000);
    references.closed = (await stored.file({ ...eligible, subject: 'Solved meanwhile' })).reference;
    await stored.close(references.closed);
    await endpoint.advanceClock(60_000);
    await stored.reply(references.s1, 'It has stopped.');
    await endpoint.advanceClock(120_000);
  });

  test('by status, severity and service, in every order, and cleared again', async ({ desk }) => {
    await desk.open();
    await expect.poll(() => subjects(desk)).toEqual(['Solved meanwhile', 'Newsletter stuck', 'Nobody can sign in']);
    await expect(desk.at('pd-filters-clear')).toHaveCount(0);
    for (const [status, found] of [
      ['closed', ['Solved meanwhile']],
      ['open', ['Newsletter stuck', 'Nobody can sign in']],
      ['on_hold', []],
      ['all', ['Solved meanwhile', 'Newsletter stuck', 'Nobody can sign in']],
    ]) {
      await desk.at('pd-status-filter').selectOption(status);
      await expect.poll(() => subjects(desk)).toEqual(found);
    }
    await expect(desk.at('pd-sort')).toHaveCount(0);
    await desk.at('pd-filters').click();
    await expect(desk.at('pd-filters')).toHaveAttribute('aria-expanded', 'true');
    await desk.at('pd-sort').selectOption('updated');
    await expect.poll(() => subjects(desk)).toEqual(['Nobody can sign in', 'Solved meanwhile', 'Newsletter stuck']);
    await desk.at('pd-sort').selectOption('oldest');
    await expect.poll(() => subjects(desk)).toEqual(['Nobody can sign in', 'Newsletter stuck', 'Solved meanwhile']);
    await desk.at('pd-severity-filter').selectOption('none');
    await expect.poll(() => subjects(desk)).toEqual(['Newsletter stuck', 'Solved meanwhile']);
    await desk.at('pd-service-filter').selectOption('campaigns');
    await expect.poll(() => subjects(desk)).toEqual(['Newsletter stuck']);
    await expect(desk.at('pd-request-count')).toContainText(desk.text('requests.filters', { count: 2 }));
    await desk.at('pd-filters-clear').click();
    await expect.poll(() => subjects(desk)).toEqual(['Nobody can sign in', 'Newsletter stuck', 'Solved meanwhile']);
    for (const select of ['pd-severity-filter', 'pd-service-filter', 'pd-status-filter']) await expect(desk.at(select)).toHaveValue('all');
    await expect(desk.at('pd-sort'), 'an order leaves nothing out').toHaveValue('oldest');
  });

  test('by subject, reference, ID and address; how many is announced', async ({ desk }) => {
    await desk.open();
    await expect(desk.at('pd-request')).toHaveCount(3);
    for (const [query, found] of [
      ['newsLETTER', 'Newsletter stuck'],
      [references.s1.toLowerCase(), 'Nobody can sign in'],
      [`  ${eligible.org_id} `, 'Solved meanwhile'],
      [eligible.superadmin_email, 'Solved meanwhile'],
    ]) {
      await desk.at('pd-search').fill(query);
      await expect.poll(() => subjects(desk)).toEqual([found]);
    }
    await expect(desk.at('pd-live')).toHaveText(desk.text('requests.found', { count: 1 }));
    await desk.at('pd-search').fill('no such thing');
    await expect(desk.at('pd-panel')).toContainText(desk.text('requests.nothing_title'));
    await expect(desk.at('pd-request')).toHaveCount(0);
    await expect(desk.at('pd-live')).toHaveText(desk.text('requests.found', { count: 0 }));
    await desk.at('pd-search').press('Escape');
    await expect(desk.at('pd-search'), 'Escape empties the field first').toHaveValue('');
    await expect(desk.at('pd-request')).toHaveCount(3);
    await desk.at('pd-search').press('Escape');
    await expect(desk.at('pd-panel')).toBeHidden();
  });

  test('typing is searched for once it pauses, and a late answer to an earlier search changes nothing', async ({ desk, page }) => {
    await desk.open();
    await expect(desk.at('pd-request')).toHaveCount(3);
    const asked = [];
    let answerFirst;
    await page.route('**/v1/tickets?*', async (route) => {
      const query = new URL(route.request().url()).searchParams.get('q');
      asked.push(query);
      if (query === 'sol') await new Promise((answer) => (answerFirst = answer));
      // The widget may have given it up.
      await route.continue().catch(() => {});
    });
    await desk.at('pd-search').pressSequentially('sol', { delay: 20 });
    await expect.poll(() => asked).toEqual(['sol']);
    await desk.at('pd-search').fill('newsletter');
    await expect.poll(() => subjects(desk)).toEqual(['Newsletter stuck']);
    answerFirst();
    await page.waitForTimeout(500);
    expect(await subjects(desk)).toEqual(['Newsletter stuck']);
    expect(asked).toEqual(['sol', 'newsletter']);
  });

  test('an over-long search is answered at once, and nothing is asked for', async ({ desk, page }) => {
    await desk.open();
    await expect(desk.at('pd-request')).toHaveCount(3);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await desk.at('pd-search').fill('x'.repeat(256));
    await expect(desk.at('pd-search-problem')).toHaveText(desk.text('requests.search_long', { limit: 255 }));
    await expect(desk.at('pd-search')).toHaveAttribute('aria-invalid', 'true');
    await page.waitForTimeout(500);
    expect(asked.filter((url) => url.includes('/v1/tickets'))).toEqual([]);
    await desk.at('pd-search').fill('x'.repeat(255));
    await expect(desk.at('pd-panel')).toContainText(desk.text('requests.nothing_title'));
    await expect(desk.at('pd-search-problem')).toHaveCount(0);
  });

  test('filters and search stay while the panel lives', async ({ desk }) => {
    await desk.open();
    await desk.at('pd-status-filter').selectOption('open');
    await desk.at('pd-search').fill('sign');
    await expect.poll(() => subjects(desk)).toEqual(['Nobody can sign in']);
    await desk.request(references.s1).click();
    await desk.at('pd-timeline').waitFor();
    await desk.at('pd-back').click();
    await expect(desk.request(references.s1)).toBeFocused();
    await expect(desk.at('pd-status-filter')).toHaveValue('open');
    await expect(desk.at('pd-search')).toHaveValue('sign');
    await desk.at('pd-tab-help').click();
    await desk.at('pd-tab-requests').click();
    await expect(desk.at('pd-search')).toHaveValue('sign');
    await expect.poll(() => subjects(desk)).toEqual(['Nobody can sign in']);
  });

  test('what happened last stands in words, the exact time beside them', async ({ desk }) => {
    await desk.open();
    const last = (reference) => desk.request(reference).locator('time');
    await expect(last(references.s1)).toHaveText(desk.text('last.partner_replied', { when: '2 minutes ago' }));
    await expect(last(references.closed)).toHaveText(desk.text('last.closed', { when: '3 minutes ago' }));
    await expect(last(references.campaigns)).toHaveText(desk.text('last.filed', { when: '4 minutes ago' }));
    await expect(last(references.s1)).toHaveAttribute('datetime', /^2/);
    await expect(last(references.s1)).toHaveAttribute('title', /\d/);
    await expect(desk.request(references.s1)).toContainText(desk.text('target.first_response_due', { time: '2 hr, 55 min' }));
    await expect(desk.request(references.closed)).not.toContainText('due');
  });

  test('the list says whose tickets it has', async ({ desk, endpoint }) => {
    await desk.open();
    await expect(desk.at('pd-request-list')).toHaveAccessibleName(desk.text('requests.company'));
    const member = await api(endpoint, 'member');
    await member.file({ subject: 'Of the member' });
    await desk.open({ user: 'member' });
    await expect(desk.at('pd-request-list')).toHaveAccessibleName(desk.text('requests.own'));
  });

  test('an unread request is marked, and says so', async ({ desk, page }) => {
    await page.route('**/v1/tickets?*', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      body.items[0].unread = true;
      body.items[0].last = { change: 'replied', by: 'agent' };
      await route.fulfill({ response: answer, json: body });
    });
    await desk.open();
    const row = desk.request(references.closed);
    await expect(row).toHaveAttribute('data-unread', 'true');
    await expect(row).toHaveAccessibleName(new RegExp(`^${desk.text('requests.unread')} `));
    await expect(row).toContainText(desk.text('last.support_replied', { when: '3 minutes ago' }));
    await expect(desk.request(references.s1)).not.toHaveAttribute('data-unread');
  });
});

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
