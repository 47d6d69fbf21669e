// Every state of the widget worth a picture: `{ name, path?, reach(page, endpoint) }`.
// `path` is the demo page with its parameters; `reach` works by test ids only and waits for what it shows.
import { api } from './api.mjs';
import { DeskPage } from './desk-page.mjs';
import { eligible, excluded, large, small, unknown } from './drafts.mjs';
import { keptToHold } from './kept.mjs';
import { dress, dressed } from './talk.mjs';
import { many } from './many.mjs';

/** The form, filled in, with the preview that it comes to. */
const previewed = (outcome, draft) => ({
  name: `preview-${outcome}`,
  async reach(page) {
    const desk = await form(page);
    await filled(desk, draft);
    await desk.expectOutcome(outcome);
  },
});

const receipt = (outcome, draft) => ({
  name: `receipt-${outcome}`,
  async reach(page) {
    const desk = await form(page);
    await filled(desk, draft);
    await desk.expectOutcome(outcome);
    await desk.submit();
    await desk.receipt();
  },
});

/** Where a state is reached, in another language if that is wanted. */
export function pathOf(state, lang) {
  const url = new URL(state.path ?? '/', 'http://desk');
  if (lang) url.searchParams.set('lang', lang);
  return url.pathname + url.search;
}

const langOf = (page) => new URL(page.url()).searchParams.get('lang') ?? 'en';

async function panel(page) {
  const desk = new DeskPage(page, langOf(page));
  await desk.launch();
  return desk;
}

async function form(page) {
  const desk = await panel(page);
  await desk.toForm();
  return desk;
}

/** The tab Help, with all that it fetches. */
async function help(page) {
  const desk = await panel(page);
  await desk.toHelp();
  return desk;
}

async function feedback(page) {
  const desk = await help(page);
  await desk.at('pd-feedback-open').click();
  await desk.at('pd-feedback-submit').waitFor();
  return desk;
}

/** Fills in the whole form, and lets the endpoint say what it knows about the account. */
async function filled(desk, draft) {
  await desk.fill(draft);
  await checking(desk).waitFor({ state: 'hidden' });
}

const checking = (desk) => desk.page.getByText(desk.text('preview.checking'));

async function say(desk) {
  await desk.at('pd-feedback-name').fill('Jo Example');
  await desk.at('pd-feedback-email').fill('jo@shop.example');
  await desk.at('pd-feedback-subject').fill('A wrong word');
}

async function composer(page) {
  const desk = await help(page);
  await desk.at('pd-compose').click();
  await desk.at('pd-mail-body').waitFor();
  return desk;
}

/** The browser believes to be offline, and the endpoint does not answer. */
async function offline(page) {
  await page.route('**/v1/**', (route) => route.abort());
  await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
}

const toRequests = (page) => page.locator('partner-desk').evaluate((element) => element.open('requests'));

const attach = (desk, files) =>
  desk.at('pd-attachments').setInputFiles(files.map(([name, size]) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'a line of a log\n') })));

/** One ticket of each kind; gives the reference of the urgent one. */
async function tickets(endpoint) {
  const stored = await api(endpoint);
  await stored.file({ ...eligible, subject: 'Invoices are sent twice since the last update', service: 'Zoho Books' });
  await stored.file({ ...small, subject: 'How do I move a department?', service: 'Zoho Desk' });
  await stored.file({ ...unknown, subject: 'Sign-in page stays blank' });
  await stored.file({ ...large, subject: 'Newsletter stuck in review', service: 'Zoho Campaigns' });
  const { reference } = await stored.file({ ...large, subject: 'Contacts do not sync with the phone system' });
  return reference;
}

async function listed(page, endpoint) {
  const reference = await tickets(endpoint);
  const desk = await panel(page);
  await desk.request(reference).waitFor();
  return { desk, reference };
}

/** A request with an agent's answers, and what is done there. */
const talked = (name, act, change = dressed) => ({
  name,
  async reach(page, endpoint) {
    const reference = await tickets(endpoint);
    // What agents did lies behind us.
    await endpoint.advanceClock(130 * 60_000);
    const desk = await panel(page);
    await dress(page, reference, change, endpoint);
    await desk.request(reference).click();
    await desk.at('pd-reply').waitFor();
    await act(desk);
  },
});

/** Every fourth request is unread, and support has answered it. */
const unread = (page, endpoint) =>
  page.route('**/v1/tickets?*', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const answer = await route.fetch({ url: endpoint.url + pathname + search });
    const body = await answer.json();
    for (const [at, item] of body.items.entries()) {
      if (at % 4 === 0) Object.assign(item, { unread: true, last: { change: 'replied', by: 'agent' } });
    }
    await route.fulfill({ response: answer, json: body });
  });

export const states = [
  {
    name: 'closed',
    async reach(page) {
      await page.getByTestId('pd-launcher').waitFor();
    },
  },
  {
    name: 'requests-empty',
    async reach(page) {
      const desk = await panel(page);
      await page.getByText(desk.text('requests.empty_title')).waitFor();
    },
  },
  { name: 'requests', reach: listed },
  {
    name: 'requests-filtered',
    async reach(page, endpoint) {
      const { desk } = await listed(page, endpoint);
      await desk.at('pd-filters').click();
      await desk.at('pd-severity-filter').selectOption('none');
      await desk.at('pd-search').fill('s');
      await page.getByText(desk.text('requests.found', { count: 4 })).first().waitFor();
    },
  },
  {
    name: 'requests-nothing-found',
    async reach(page, endpoint) {
      const { desk } = await listed(page, endpoint);
      await desk.at('pd-search').fill('xyzzy');
      await desk.at('pd-filters-clear').waitFor();
    },
  },
  {
    name: 'requests-many',
    async reach(page, endpoint) {
      await many(endpoint, 1_000, { ...large, subject: 'Contacts do not sync with the phone system, attempt' });
      await unread(page, endpoint);
      const desk = await panel(page);
      const row = desk.at('pd-request').filter({ hasText: /attempt 35/ });
      await row.scrollIntoViewIfNeeded();
      await row.focus();
      await desk.at('pd-request').filter({ hasText: /attempt 41/ }).waitFor();
    },
  },
  {
    name: 'request',
    async reach(page, endpoint) {
      const { desk, reference } = await listed(page, endpoint);
      await desk.request(reference).click();
      await desk.at('pd-timeline').waitFor();
    },
  },
  talked('request-conversation', async (desk) => desk.at('pd-reply').fill('Here it is.')),
  talked('request-history', async (desk) => {
    for (const fold of ['pd-classification', 'pd-facts']) await desk.at(fold).locator('summary').click();
    await desk.at('pd-classification').scrollIntoViewIfNeeded();
  }),
  talked('request-closed', async (desk) => {
    await desk.at('pd-close-request').click();
    await desk.at('pd-reopen-request').waitFor();
    await desk.at('pd-change', { change: 'closed' }).scrollIntoViewIfNeeded();
  }, (ticket) => ticket),
  talked('request-reply-error', async (desk) => {
    await desk.at('pd-reply').click();
    await desk.at('pd-give-reason').click();
    await desk.at('pd-reply-send').click();
    await desk.at('pd-reply-problem').waitFor();
  }),
  talked('request-asking', async (desk) => {
    await desk.at('pd-reply').fill('Solved, thank you.');
    await desk.at('pd-close-request').click();
    await desk.at('pd-send-and-close').waitFor();
  }),
  talked('request-unsent', async (desk) => {
    await offline(desk.page);
    await desk.at('pd-reply').fill('It still happens.');
    await desk.at('pd-reply-send').click();
    await desk.at('pd-outgoing', { standing: 'waiting' }).scrollIntoViewIfNeeded();
  }),
  { name: 'form-empty', reach: (page) => form(page) },
  {
    name: 'form-services',
    async reach(page) {
      const desk = await form(page);
      await desk.field('service').pressSequentially('crm');
      await desk.option('crm').waitFor();
      await desk.field('service').press('ArrowDown');
    },
  },
  {
    name: 'form-errors',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, { ...eligible, service: '', org_id: '4876870000012345678', superadmin_email: 'admin@company' });
      await desk.submit();
      await desk.error('org_id').waitFor();
    },
  },
  {
    name: 'form-hints',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, { ...eligible, service: 'Zoho Campains', org_id: '600 1234 5678', superadmin_email: 'jo@gmial.com' });
      await desk.field('subject').focus();
      await desk.at('pd-suggestion').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'preview-undecided',
    async reach(page, endpoint) {
      await endpoint.faults([{ method: 'POST', path: '/v1/accounts/verify', do: 'delay', delay_ms: 20_000 }]);
      const desk = await form(page);
      await desk.fill(eligible);
      await desk.expectOutcome('undecided');
      await checking(desk).waitFor();
    },
  },
  previewed('priority', large),
  previewed('standard', small),
  previewed('excluded', { ...large, service: excluded[0][0] }),
  previewed('manual', unknown),
  {
    name: 'form-unknown-outcome',
    async reach(page, endpoint) {
      await endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'status', status: 503 }]);
      const desk = await form(page);
      await filled(desk, eligible);
      await desk.submit();
      await desk.at('pd-retry').waitFor();
    },
  },
  {
    name: 'form-waiting',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, large);
      await offline(page);
      await desk.submit();
      await desk.at('pd-retry').waitFor();
    },
  },
  {
    name: 'form-restored',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, large);
      await keptToHold(page, large.superadmin_email);
      await page.reload();
      await form(page);
      await desk.at('pd-draft-restored').waitFor();
      await desk.expectOutcome('priority');
    },
  },
  {
    name: 'form-attachments',
    async reach(page, endpoint) {
      const desk = await form(page);
      await filled(desk, large);
      await attach(desk, [['sync-errors-of-this-morning.log', 48_000], ['setup.exe', 2_000]]);
      await desk.at('pd-attachment', { state: 'refused' }).waitFor();
      await endpoint.faults([{ method: 'POST', path: '/v1/uploads', do: 'delay', delay_ms: 20_000 }]);
      await attach(desk, [['recording-of-the-problem.txt', 3_500_000]]);
      await desk.at('pd-attachment', { state: 'sending' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'form-duplicate',
    async reach(page, endpoint) {
      const stored = await api(endpoint);
      await stored.file({ ...large, subject: 'Contacts don’t sync' });
      const desk = await form(page);
      await filled(desk, { ...large, subject: 'Contacts don’t sync!' });
      await desk.at('pd-duplicate').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'outbox',
    async reach(page, endpoint) {
      await tickets(endpoint);
      await endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'status', status: 500 }]);
      const desk = await form(page);
      await filled(desk, { ...eligible, subject: 'Payments are booked twice' });
      await desk.submit();
      await desk.at('pd-retry').waitFor();
      await toRequests(page);
      await desk.toForm();
      await filled(desk, { ...large, subject: 'Nobody can sign in since this morning' });
      await offline(page);
      await desk.submit();
      await desk.at('pd-retry').waitFor();
      await toRequests(page);
      await desk.at('pd-request', { standing: 'waiting' }).waitFor();
      await desk.at('pd-request', { standing: 'unknown' }).getByTestId('pd-outbox-cancel').click();
    },
  },
  {
    name: 'outbox-cancelled',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, large);
      await offline(page);
      await desk.submit();
      await desk.at('pd-retry').waitFor();
      await toRequests(page);
      await desk.at('pd-outbox-cancel').click();
      await desk.at('pd-outbox-undo').waitFor();
    },
  },
  receipt('priority', large),
  receipt('undecided', eligible),
  { name: 'help', reach: (page) => help(page) },
  {
    name: 'help-steps',
    async reach(page) {
      const desk = await help(page);
      await desk.steps('widget').locator('summary').click();
      await desk.steps('widget').getByRole('img').first().waitFor();
    },
  },
  {
    name: 'help-steps-others',
    async reach(page) {
      const desk = await help(page);
      for (const channel of ['help_center', 'email']) await desk.steps(channel).locator('summary').click();
      await desk.steps('email').getByRole('img').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'help-search',
    async reach(page) {
      const desk = await help(page);
      await desk.at('pd-help-search').fill('campaigns');
      await desk.question('excluded').locator('summary').click();
    },
  },
  {
    name: 'help-nothing-found',
    async reach(page) {
      const desk = await help(page);
      await desk.at('pd-help-search').fill('xyzzy');
      await desk.at('pd-help-clear').waitFor();
    },
  },
  {
    name: 'help-not-loaded',
    async reach(page) {
      await page.route('**/app/help/*', (route) => route.abort());
      const desk = await panel(page);
      await desk.at('pd-tab-help').click();
      await desk.at('pd-reload').waitFor();
    },
  },
  {
    name: 'answer',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, { ...large, service: excluded[0][0] });
      await desk.ask('excluded');
      await desk.at('pd-to-help').waitFor();
    },
  },
  {
    name: 'why',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, eligible);
      await desk.at('pd-preview').locator('summary').click();
      await desk.at('pd-ask').last().scrollIntoViewIfNeeded();
    },
  },
  { name: 'composer-empty', reach: (page) => composer(page) },
  {
    name: 'composer',
    async reach(page) {
      const desk = await composer(page);
      await filled(desk, large);
      await desk.at('pd-mail-body').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'composer-long',
    async reach(page) {
      const desk = await composer(page);
      await filled(desk, { ...large, service: excluded[0][0], description: 'All of it. '.repeat(300) });
      await desk.at('pd-mail-body').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'composer-errors',
    async reach(page) {
      const desk = await composer(page);
      await filled(desk, { ...eligible, service: '', superadmin_email: '' });
      await desk.at('pd-mail-open').click();
      await desk.error('service').waitFor();
    },
  },
  {
    name: 'no-widget-channel',
    path: '/?dc=sa',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-channel-email').waitFor();
    },
  },
  {
    name: 'german-help',
    path: '/?lang=de',
    async reach(page) {
      const desk = await help(page);
      await desk.steps('help_center').locator('summary').click();
    },
  },
  {
    name: 'german-composer',
    path: '/?lang=de',
    async reach(page) {
      const desk = await composer(page);
      await filled(desk, large);
      await desk.at('pd-mail-body').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'language-menu',
    async reach(page) {
      const desk = await help(page);
      await desk.at('pd-feedback-open').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'feedback-errors',
    async reach(page) {
      const desk = await feedback(page);
      await desk.at('pd-feedback-screenshots').setInputFiles([{ name: 'setup.exe', mimeType: 'text/plain', buffer: Buffer.from('MZ') }]);
      await desk.at('pd-feedback-submit').click();
      await desk.at('pd-feedback-name-error').waitFor();
    },
  },
  {
    name: 'feedback-unknown',
    async reach(page, endpoint) {
      await endpoint.faults([{ method: 'POST', path: '/v1/translation-feedback', do: 'status', status: 500 }]);
      const desk = await feedback(page);
      await say(desk);
      await desk.at('pd-feedback-submit').click();
      await page.getByText(desk.text('feedback.unknown')).waitFor();
    },
  },
  {
    name: 'feedback-sent',
    async reach(page) {
      const desk = await feedback(page);
      await say(desk);
      await desk.at('pd-feedback-submit').click();
      await desk.at('pd-feedback-sent').waitFor();
    },
  },
  {
    name: 'access',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-tab-access').click();
      await desk.at('pd-access-row').first().waitFor();
      await desk.at('pd-access-level').last().selectOption('own');
      await desk.at('pd-access-log').locator('summary').click();
      await desk.at('pd-access-change').first().waitFor();
    },
  },
  {
    name: 'access-nobody',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-tab-access').click();
      await desk.at('pd-access-search').fill('nobody-at-all');
      await page.getByText(desk.text('access.nobody')).waitFor();
    },
  },
  {
    name: 'signed-out',
    path: '/?user=signed-out',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-sign-in').waitFor();
    },
  },
  {
    name: 'no-access',
    path: '/?user=no-access',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-channel-email').waitFor();
    },
  },
  {
    name: 'no-data-centre',
    path: '/?dc=',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-channel-email').waitFor();
    },
  },
  {
    name: 'german-form',
    path: '/?lang=de',
    async reach(page) {
      const desk = await form(page);
      await filled(desk, large);
      await desk.expectOutcome('priority');
    },
  },
];
