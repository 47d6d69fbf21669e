// Who leaves while something is under way: nobody's ticket goes with somebody else's token, and what
// was said to be gone is gone.
import { api } from '../support/api.mjs';
import { DeskPage } from '../support/desk-page.mjs';
import { eligible, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { ask } from '../support/host-page.mjs';
import { kept, keptToHold } from '../support/kept.mjs';

const TICKETS = '/v1/tickets';

/** The page signs this person in. */
const signIn = (page, user) =>
  page.locator('partner-desk').evaluate((element, who) => {
    element.tokenProvider = async () => (await (await fetch(`/demo/token?user=${who}`)).json()).token;
  }, user);

/** Keeps the database busy for a while, like a slow disk; done when it has begun. */
const busy = (page, milliseconds) =>
  page.evaluate(async (ms) => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const database = await done(indexedDB.open('partner-desk'));
    const store = database.transaction('kept', 'readwrite').objectStore('kept');
    const until = Date.now() + ms;
    const again = () => {
      if (Date.now() < until) store.count().onsuccess = again;
      else database.close();
    };
    await done(store.count());
    again();
  }, milliseconds);

test.beforeEach(({ complaints }) => complaints.allow(NETWORK_ERROR));

test('a ticket whose sender has left never goes with the token of the next one', async ({ desk, endpoint, page }) => {
  await desk.openForm();
  await desk.fill(large);
  const senders = [];
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(`**${TICKETS}`, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const [, claims] = (await route.request().headerValue('authorization')).split('.');
    senders.push(JSON.parse(Buffer.from(claims, 'base64url')).sub);
    await held;
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"code":"token_expired"}' });
  });
  await desk.submit();
  await expect.poll(() => senders.length).toBe(1);
  expect(await ask(page, (element) => element.signOut())).toEqual({ sent: 0, dropped: 1 });
  await signIn(page, 'member');
  await desk.toForm();
  // Now the endpoint wants another token for the ticket of before.
  release();
  await page.waitForTimeout(1_000);
  expect(senders, 'one attempt, by the one who wrote it').toHaveLength(1);
  for (const user of ['superadmin', 'member']) expect(await (await api(endpoint, user)).tickets()).toEqual([]);
});

test('signOut() is done when everything is gone, however slow the disk', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(eligible);
  await keptToHold(page, eligible.subject);
  await busy(page, 1_000);
  await ask(page, (element) => element.signOut());
  expect(await kept(page)).not.toContain(eligible.subject);
});

test('a page that gives no token for half a minute is told, and can be asked again', async ({ complaints, desk, page }) => {
  complaints.allow(/tokenProvider gave no token/);
  await page.clock.install();
  await desk.goto();
  await ask(page, (element) => {
    window.timesAsked = 0;
    element.tokenProvider = async () => {
      timesAsked += 1;
      if (timesAsked === 1) await new Promise(() => {});
      return (await (await fetch('/demo/token?user=superadmin')).json()).token;
    };
  });
  await desk.launch();
  // The half minute begins when the page is asked, which may be later than the panel is there.
  await page.waitForFunction(() => timesAsked === 1);
  await page.clock.runFor(29_000);
  await expect(desk.at('pd-panel')).not.toContainText(desk.text('fault.provider'));
  await page.clock.runFor(2_000);
  await expect(desk.at('pd-panel')).toContainText(desk.text('fault.provider'));
  await desk.at('pd-reload').click();
  await page.clock.resume();
  await desk.toForm();
});

test.describe('two tabs', () => {
  test('one that comes back as it was left shows what the other has written meanwhile', async ({ context, desk, page }) => {
    // Nobody tells a page that is put aside.
    await page.addInitScript(() => {
      BroadcastChannel.prototype.addEventListener = () => {};
      Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => {} });
    });
    await desk.openForm();
    await desk.field('subject').fill('Before');
    await keptToHold(page, 'Before');
    const other = new DeskPage(await context.newPage());
    await other.openForm();
    await other.field('subject').fill('Meanwhile');
    await keptToHold(other.page, 'Meanwhile');
    await expect(desk.field('subject')).toHaveValue('Before');
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await expect(desk.field('subject')).toHaveValue('Meanwhile');
  });

  test('storage="off" in one removes what is kept and signs nobody out in the other', async ({ context, desk, page }) => {
    await desk.openForm();
    await desk.fill(eligible);
    await keptToHold(page, eligible.subject);
    const other = new DeskPage(await context.newPage());
    await other.openForm();
    await ask(other.page, (element) => element.setAttribute('storage', 'off'));
    await expect.poll(() => kept(page)).not.toContain(eligible.subject);
    await page.waitForTimeout(500);
    expect(await desk.typed()).toMatchObject({ subject: eligible.subject });
  });
});
