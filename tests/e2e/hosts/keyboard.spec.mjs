// Every journey by the keyboard alone, in every engine, on a customer's page.
import { expect, test } from './support/test.mjs';

/** Presses Tab, or Shift and Tab, until this has focus. Behind the last control a browser has its own. */
async function tabTo(host, hook, key = 'Tab') {
  const limit = 60;
  for (let pressed = 0; pressed < limit; pressed += 1) {
    if ((await host.focused()) === hook) return;
    await host.press(key);
  }
  throw new Error(`${limit} presses of ${key} did not reach ${hook}, focus is on ${await host.focused()}`);
}

async function write(host, hook, text) {
  await tabTo(host, hook);
  await host.tab.type(text);
}

async function openPanel(host) {
  await host.open();
  await tabTo(host, 'pd-launcher');
  await host.press('Enter');
  await host.appears('pd-add-ticket');
}

/** From one tab to the next, as tabs are changed. */
async function toHelp(host) {
  await tabTo(host, 'pd-tab-requests');
  await host.press('ArrowRight');
  await host.appears('pd-question');
}

test('filing a ticket', async ({ host }) => {
  await openPanel(host);
  await tabTo(host, 'pd-add-ticket');
  await host.press('Enter');
  await host.expectFocus('pd-service');
  await host.tab.type('crm');
  await host.appears('pd-service-option');
  await host.press('ArrowDown');
  await host.press('Enter');
  expect(await host.value('pd-service')).toBe('Zoho CRM');
  await write(host, 'pd-org-id', '20000000001');
  await write(host, 'pd-subject', 'By keyboard');
  await write(host, 'pd-description', 'Since this morning.');
  await write(host, 'pd-superadmin-email', 'admin@large.example');
  await tabTo(host, 'pd-submit');
  await host.press('Enter');
  await host.appears('pd-receipt');
  await host.expectFocus('pd-title');
  await host.press('Escape');
  await host.vanishes('pd-panel');
  await host.expectFocus('pd-launcher');
});

test('finding an answer, and coming back to where one was', async ({ host }) => {
  await openPanel(host);
  await toHelp(host);
  await write(host, 'pd-help-search', 'rows month');
  await expect.poll(() => host.text('pd-help-found')).toContain('1');
  await host.press('Escape');
  expect(await host.value('pd-help-search')).toBe('');
  await host.appears('pd-channel-email');
  await host.press('Escape');
  await host.vanishes('pd-panel');
});

test('composing an e-mail', async ({ host }) => {
  await openPanel(host);
  await toHelp(host);
  await tabTo(host, 'pd-compose');
  await host.press('Enter');
  await host.appears('pd-mail-body');
  await write(host, 'pd-service', 'Zoho CRM');
  await write(host, 'pd-org-id', '20000000001');
  await write(host, 'pd-subject', 'By mail');
  await write(host, 'pd-description', 'Since this morning.');
  await write(host, 'pd-superadmin-email', 'admin@large.example');
  await tabTo(host, 'pd-mail-body');
  expect(await host.value('pd-mail-body')).toContain('admin@large.example');
  await tabTo(host, 'pd-back', 'Shift+Tab');
  await host.press('Enter');
  await host.expectFocus('pd-compose');
});

test('changing what a user may see', async ({ host }) => {
  await openPanel(host);
  await tabTo(host, 'pd-tab-requests');
  // Round to the last one.
  await host.press('ArrowLeft');
  await host.appears('pd-access-search');
  await write(host, 'pd-access-search', 'new.colleague@partner.example');
  await host.appears('pd-access-row');
  await tabTo(host, 'pd-access-level');
  await host.press('ArrowDown');
  await expect.poll(() => host.text('pd-live')).not.toBe('');
});

test('another language, and what there is to say about it', async ({ host }) => {
  await openPanel(host);
  await toHelp(host);
  await tabTo(host, 'pd-feedback-open');
  await host.press('Enter');
  await host.expectFocus('pd-title');
  await write(host, 'pd-feedback-name', 'Jo');
  await write(host, 'pd-feedback-email', 'jo@shop.example');
  await write(host, 'pd-feedback-subject', 'A word');
  await tabTo(host, 'pd-feedback-submit');
  await host.press('Enter');
  await host.appears('pd-feedback-sent');
  await host.expectFocus('pd-title');
  await tabTo(host, 'pd-back', 'Shift+Tab');
  await host.press('Enter');
  await host.expectFocus('pd-feedback-open');
});
