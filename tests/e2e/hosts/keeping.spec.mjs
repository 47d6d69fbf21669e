// What is typed on a customer's page, and what is on its way, survives in every engine.
import { expect, test } from './support/test.mjs';

/** What the browser keeps for the widget, as text. */
const kept = (host) =>
  host.do(async () => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const database = await done(indexedDB.open('partner-desk'));
    const records = await done(database.transaction('kept').objectStore('kept').getAll());
    const files = await done(database.transaction('files').objectStore('files').getAll());
    database.close();
    return JSON.stringify([records, files.map(({ blob }) => blob.size ?? blob.byteLength)]);
  });

test('a draft and its attachment are there again after the page was left', async ({ host }) => {
  await host.open();
  await host.launch();
  await host.click('pd-add-ticket');
  await host.type('pd-subject', 'Typed on a train');
  await host.do(() => {
    const chosen = new DataTransfer();
    chosen.items.add(new File(['a line of a log'], 'train.log', { type: 'text/plain' }));
    const input = find('pd-attachments');
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect.poll(() => host.do(() => find('pd-attachment')?.dataset.state)).toBe('ready');
  await expect.poll(() => kept(host)).toContain('Typed on a train');
  await expect.poll(() => kept(host)).toContain('[15]');
  // Another page of the same site.
  await host.open({ path: '/again' });
  await host.launch();
  await host.click('pd-add-ticket');
  await host.appears('pd-draft-restored');
  expect(await host.value('pd-subject')).toBe('Typed on a train');
  expect(await host.text('pd-attachment')).toContain('train.log');
});

test('an answer that is lost is looked up after the page was left, and the ticket is one', async ({ host }) => {
  await host.open();
  await host.launch();
  await host.click('pd-add-ticket');
  await host.type('pd-service', 'Zoho CRM');
  await host.press('Tab');
  await host.type('pd-org-id', '20000000001');
  await host.type('pd-subject', 'Sent once');
  await host.type('pd-description', 'Since this morning.');
  await host.type('pd-superadmin-email', 'admin@large.example');
  await host.endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'drop-answer' }]);
  await host.click('pd-submit');
  await host.appears('pd-retry');
  // Another page of the same site.
  await host.open({ path: '/again' });
  await host.launch();
  await host.click('pd-outbox-send');
  await host.vanishes('pd-outbox-send');
  await expect.poll(() => host.do(() => find('pd-request')?.dataset.sync)).toBe('sent');
  const token = await host.endpoint.token();
  const answer = await fetch(`${host.endpoint.url}/v1/tickets`, { headers: { authorization: `Bearer ${token}` } });
  expect((await answer.json()).items).toHaveLength(1);
});
