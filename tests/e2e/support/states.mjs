// Every state of the widget worth a picture: `{ name, path?, reach(page, endpoint) }`.
// `path` is the demo page with its parameters; `reach` works by test ids only and waits for what it shows.
import { api } from './api.mjs';
import { DeskPage } from './desk-page.mjs';
import { eligible, excluded, large, small, unknown } from './drafts.mjs';

/** The form, filled in, with the preview that it comes to. */
const previewed = (outcome, draft) => ({
  name: `preview-${outcome}`,
  async reach(page) {
    const desk = await form(page);
    await desk.fill(draft);
    await desk.expectOutcome(outcome);
  },
});

const receipt = (outcome, draft) => ({
  name: `receipt-${outcome}`,
  async reach(page) {
    const desk = await form(page);
    await desk.fill(draft);
    await desk.expectOutcome(outcome);
    await desk.submit();
    await desk.receipt();
  },
});

async function panel(page, lang) {
  const desk = new DeskPage(page, lang);
  await desk.launch();
  return desk;
}

async function form(page, lang) {
  const desk = await panel(page, lang);
  await desk.toForm();
  return desk;
}

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
      await desk.at('pd-add-ticket').waitFor();
    },
  },
  { name: 'requests', reach: listed },
  {
    name: 'request',
    async reach(page, endpoint) {
      const { desk, reference } = await listed(page, endpoint);
      await desk.request(reference).click();
      await desk.at('pd-timeline').waitFor();
    },
  },
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
      await desk.fill({ ...eligible, service: '', org_id: '4876870000012345678', superadmin_email: 'admin@company' });
      await desk.submit();
      await desk.error('org_id').waitFor();
    },
  },
  {
    name: 'form-hints',
    async reach(page) {
      const desk = await form(page);
      await desk.fill({ ...eligible, service: 'Zoho Campains', org_id: '600 1234 5678', superadmin_email: 'jo@gmial.com' });
      await desk.field('subject').focus();
      await desk.at('pd-suggestion').waitFor();
    },
  },
  previewed('undecided', eligible),
  previewed('priority', large),
  previewed('standard', small),
  previewed('excluded', { ...large, service: excluded[0][0] }),
  previewed('manual', unknown),
  {
    name: 'form-unknown-outcome',
    async reach(page, endpoint) {
      await endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'status', status: 503 }]);
      const desk = await form(page);
      await desk.fill(eligible);
      await desk.submit();
      await desk.at('pd-retry').waitFor();
    },
  },
  receipt('priority', large),
  receipt('undecided', eligible),
  {
    name: 'help',
    async reach(page) {
      const desk = await panel(page);
      await desk.at('pd-tab-help').click();
      await desk.at('pd-channel-email').waitFor();
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
      const desk = await form(page, 'de');
      await desk.fill(large);
      await desk.expectOutcome('priority');
    },
  },
];
