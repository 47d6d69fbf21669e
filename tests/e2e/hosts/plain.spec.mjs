// A page that does nothing unusual. The other pages hold the widget to the same contract.
import { guestContract } from './support/contract.mjs';
import { expect, test } from './support/test.mjs';

test('a plain page is left as it was found', async ({ engineName, host }) => {
  await host.open({ body: '<h1>Shop</h1><p>Welcome.</p><button id="own">Own</button>' });
  const { idle } = await guestContract(host);
  // Only Chromium tells of long tasks and layout shifts; there they have to be watched.
  if (engineName === 'chromium') expect(idle.times.told).toEqual({ longTasks: true, shifts: true });
});

test('a ticket is filed by pointer and keys', async ({ host }) => {
  await host.open();
  await host.launch();
  const reference = await host.file();
  expect(reference).toMatch(/\S/);
  expect((await host.events('pd-submitted')).map(({ detail }) => detail.reference)).toEqual([reference]);
});

test('hidden by the page, the widget is not there until the page shows it', async ({ host }) => {
  await host.open({ attributes: 'dc="eu" hidden' });
  expect(await host.shown('pd-launcher')).toBe(false);
  await host.do(() => (document.querySelector('partner-desk').hidden = false));
  await host.launch();
});
