// A day on both sides of the counter, in real browsers: what partners file, what agents do about it, and what
// the timeline says meanwhile, by the demo's clock. In the project `instances` three endpoints on one PostgreSQL database
// live through it, of which one is killed or ended, and started again, whenever hours pass.
import { spawnSync } from 'node:child_process';
import { DeskSide } from '../support/desk-side.mjs';
import { eligible, large, unknown } from '../support/drafts.mjs';
import { expect, test as base } from '../support/desk-test.mjs';
import { program } from '../support/process.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const test = base.extend({
  agent: async ({ browser, endpoint, fresh }, use) => {
    const context = await browser.newContext();
    const side = new DeskSide(await context.newPage(), endpoint);
    await side.signIn();
    await use(side);
    await context.close();
  },
});

// When hours pass at once, the partner's token has run out: the browser says so before the widget has another.
const RENEWED = /status of 401/;

const FILE = { name: 'trace.txt', mimeType: 'text/plain', buffer: Buffer.from('GET /login 500') };

/** One stage of the open request's timeline. */
const stage = (desk, name) => desk.at('pd-timeline').locator(`[data-stage="${name}"]`);

async function file(desk, draft) {
  await desk.toForm();
  await desk.fill(draft);
  await desk.submit();
  const receipt = await desk.receipt();
  await desk.at('pd-to-requests').click();
  return receipt;
}

/** A mail as the partner's mail program and the operator's mail server would make it. */
const mail = () =>
  [
    'Received: from out.partner.example by mx.desk.example; Fri, 27 Nov 2026 09:00:00 +0000',
    'Authentication-Results: mx.desk.example; dmarc=pass header.from=partner.example',
    'From: Partner <superadmin@partner.example>',
    'To: support@desk.example',
    'Subject: Mailboxes are empty',
    'Message-ID: <mailboxes@partner.example>',
    'Date: Fri, 27 Nov 2026 09:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Service: Zoho Mail',
    'ZOID: 20000000001',
    '',
    'Since this morning 1,200 mailboxes are empty.',
    '',
  ].join('\r\n');

function ingest(endpoint) {
  const settings = [...endpoint.store, '--mail-dc', 'eu', '--mail-addresses', 'support@desk.example'];
  const words = ['mail', 'ingest', ...settings, '--mail-authserv-id', 'mx.desk.example'];
  const done = spawnSync(program, words, { input: mail(), encoding: 'utf8' });
  expect(done.status, done.stderr).toBe(0);
}

test('a critical case: filed, answered in time, told, closed, reopened', async ({ agent, complaints, desk, endpoint }) => {
  complaints.allow(RENEWED);
  await desk.open();
  const { reference, outcome } = await file(desk, large);
  expect(outcome).toBe('priority');
  await desk.request(reference).click();
  await expect(stage(desk, 'first_response')).toHaveAttribute('data-state', 'ahead');

  await endpoint.advanceClock(48 * MINUTE);
  await agent.take('first_response', reference);
  await agent.act('reply', { text: 'Please attach a HAR of one failing sign-in.' });
  await expect(desk.at('pd-conversation')).toContainText('Please attach a HAR');
  await expect(stage(desk, 'first_response')).toHaveAttribute('data-state', 'done');
  await expect(stage(desk, 'first_response')).toContainText('48 min');

  await desk.at('pd-reply').fill('Here it is.');
  await desk.at('pd-attachments').setInputFiles(FILE);
  await desk.at('pd-reply-send').click();
  await expect(desk.at('pd-message').filter({ hasText: 'Here it is.' })).toContainText('trace.txt');
  await agent.waits('replied', 1);

  await endpoint.advanceClock(2 * HOUR);
  await agent.take('replied', reference);
  await expect(agent.at('desk-conversation')).toContainText('Here it is.');
  await expect(agent.at('desk-file').filter({ hasText: 'trace.txt' })).toBeVisible();
  await agent.act('reply', { text: 'The sign-in service is at fault.' }, ['determined']);
  await expect(stage(desk, 'problem_determination')).toHaveAttribute('data-state', 'done');
  await expect(stage(desk, 'problem_determination')).toContainText('2 hr, 48 min');

  await endpoint.advanceClock(25 * HOUR);
  await agent.take('duty', reference);
  await agent.act('reply', { text: 'A fix is being tested.' }, ['status_note']);
  await expect(stage(desk, 'resolution')).toContainText(/last status note/);
  await agent.waits('duty', 0);

  await desk.at('pd-close-request').click();
  await expect(desk.at('pd-reopen-request')).toBeVisible();
  await expect(stage(desk, 'resolution')).toHaveAttribute('data-state', 'done');
  await desk.at('pd-reopen-request').click();
  await expect(desk.at('pd-close-request')).toBeVisible();
  await expect(stage(desk, 'resolution')).not.toHaveAttribute('data-state', 'done');
  await agent.waits('replied', 1);
});

test('without the address an agent completes it, and the clock starts then', async ({ agent, complaints, desk, endpoint }) => {
  complaints.allow(RENEWED);
  await desk.open();
  const { reference, outcome } = await file(desk, { ...unknown, org_id: large.org_id });
  expect(outcome).toBe('manual');
  await desk.request(reference).click();
  await expect(desk.at('pd-timeline')).toHaveCount(0);

  await endpoint.advanceClock(5 * HOUR);
  await agent.take('needs_address', reference);
  await expect(agent.at('desk-known-account')).toContainText('admin@large.example');
  await agent.act('complete');
  await expect(stage(desk, 'first_response')).toHaveAttribute('data-state', 'ahead');
  await expect(desk.at('pd-conversation').locator('[data-change="completed"]')).toBeVisible();

  await endpoint.advanceClock(90 * MINUTE);
  await agent.signIn();
  await agent.page.goto(`${agent.url}/tickets/${reference}?draft=completed`);
  await agent.act('reply');
  await expect(stage(desk, 'first_response')).toHaveAttribute('data-state', 'done');
  await expect(stage(desk, 'first_response')).toContainText('1 hr, 30 min');
});

test('what Zoho verifies later counts from receipt', async ({ agent, complaints, desk, endpoint }) => {
  complaints.allow(RENEWED);
  await desk.open();
  const { reference, outcome } = await file(desk, eligible);
  expect(outcome).toBe('undecided');
  await desk.request(reference).click();

  await endpoint.advanceClock(2 * HOUR);
  await agent.take('needs_verification', reference);
  await agent.at('desk-verify-class-large').check();
  await agent.act('verify', { licences: '4200' });
  await expect(stage(desk, 'first_response')).toHaveAttribute('data-state', 'due');
  await expect(desk.at('pd-panel')).toContainText(desk.text('badge.s1'));
  await expect(desk.at('pd-conversation').locator('[data-change="verified"]')).toBeVisible();
});

test('an e-mail becomes a ticket that waits for an agent', async ({ agent, desk, endpoint }) => {
  ingest(endpoint);
  ingest(endpoint);
  await agent.waits('needs_address', 1);
  await desk.open();
  const row = desk.at('pd-request');
  await expect(row).toHaveCount(1);
  const reference = await row.getAttribute('data-reference');
  await expect(row).not.toHaveAttribute('data-severity', 'S1');
  await agent.take('needs_address', reference);
  await agent.act('complete');
  await expect(row).toHaveAttribute('data-severity', 'S1');
});
