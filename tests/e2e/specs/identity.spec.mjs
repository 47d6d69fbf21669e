// Who is signed in: tokens, the change of a person, signing out, and waiting when it was too much.
import { expect, test } from '../support/desk-test.mjs';
import { eligible, large } from '../support/drafts.mjs';
import { api } from '../support/api.mjs';

/** Gives the page another provider, or none; counts how often it is asked, and how many at once. */
function provide(page, user) {
  return page.locator('partner-desk').evaluate((desk, who) => {
    window.asked = { times: 0, now: 0, most: 0 };
    const ask = async () => {
      const { asked } = window;
      asked.times += 1;
      asked.most = Math.max(asked.most, (asked.now += 1));
      try {
        if (who === 'broken') throw new Error('no token today');
        const answer = await fetch(`/demo/token?user=${who}`);
        return (await answer.json()).token;
      } finally {
        asked.now -= 1;
      }
    };
    desk.tokenProvider = who && ask;
  }, user);
}

const asked = (page) => page.evaluate(() => window.asked);

test('the provider is asked once, whatever needs a token', async ({ desk, page, stored }) => {
  await stored.file(eligible);
  await desk.goto();
  await provide(page, 'superadmin');
  expect((await asked(page)).times, 'before anybody opens it').toBe(0);
  await desk.launch();
  await expect(desk.at('pd-request')).toHaveCount(1);
  await desk.toForm();
  await desk.fill(large);
  await desk.expectOutcome('priority');
  await desk.submit();
  await desk.receipt();
  expect(await asked(page)).toEqual({ times: 1, now: 0, most: 1 });
});

test('a refused token is asked for again, once', async ({ complaints, desk, endpoint, page, stored }) => {
  complaints.allow(/401/);
  await stored.file(eligible);
  await endpoint.faults([{ method: 'GET', path: '/v1/session', do: 'status', status: 401 }]);
  await desk.goto();
  await provide(page, 'superadmin');
  await desk.launch();
  await expect(desk.at('pd-request')).toHaveCount(1);
  expect((await asked(page)).times).toBe(2);
});

for (const lang of ['en', 'de']) {
  test(`${lang}: a provider that fails loses nothing, and can be tried again`, async ({
    complaints,
    desk,
    endpoint,
    page,
  }) => {
    complaints.allow(/401/);
    complaints.allow(/^partner-desk: tokenProvider/);
    await desk.openForm({ lang });
    await desk.fill(large);
    await desk.expectOutcome('priority');
    await provide(page, 'broken');
    await expect.poll(async () => (await asked(page)).times).toBe(1);
    await desk.submit();
    await expect(desk.at('pd-panel')).toContainText(desk.text('fault.provider'));
    expect(await desk.typed()).toMatchObject({ subject: large.subject, service: large.service });
    await provide(page, 'superadmin');
    await desk.submit();
    expect((await desk.receipt()).outcome).toBe('priority');
    expect(await (await api(endpoint)).tickets()).toHaveLength(1);
  });
}

test('a provider that cannot even begin is told, and can be tried again', async ({ complaints, desk, page }) => {
  complaints.allow(/^partner-desk: tokenProvider/);
  await desk.goto();
  await provide(page, 'broken');
  await desk.launch();
  await expect(desk.at('pd-panel')).toContainText(desk.text('fault.provider'));
  await provide(page, 'superadmin');
  await expect(desk.at('pd-add-ticket')).toBeVisible();
});

const HOSTS = {
  us: 'https://accounts.zoho.com',
  in: 'https://accounts.zoho.in',
  au: 'https://accounts.zoho.com.au',
  jp: 'https://accounts.zoho.jp',
  eu: 'https://accounts.zoho.eu',
  sa: 'https://accounts.zoho.sa',
  ca: 'https://accounts.zohocloud.ca',
  uk: 'https://accounts.zoho.uk',
};
for (const [dc, href] of Object.entries(HOSTS)) {
  test(`signed out in ${dc}: where to sign in, and the channels`, async ({ desk }) => {
    await desk.open({ user: 'signed-out', dc });
    const link = desk.at('pd-sign-in');
    await expect(link).toHaveAttribute('href', href);
    await expect(link).toHaveAttribute('rel', /noopener/);
    await expect(desk.at('pd-channel-email')).toBeVisible();
    await expect(desk.at('pd-add-ticket')).toHaveCount(0);
  });
}

test('signed out in between: the draft waits for the same person', async ({ desk, page, stored }) => {
  await stored.file(eligible);
  await desk.openForm();
  await desk.fill(large);
  await desk.field('subject').focus();
  await provide(page, null);
  await expect(desk.at('pd-sign-in')).toBeVisible();
  // What had focus is gone; focus stays in the panel, and somebody who cannot see hears why.
  expect(await desk.focused()).toBe('pd-title');
  await expect(desk.at('pd-panel').getByRole('alert')).toHaveText(desk.text('fault.signed_out'));
  await expect(desk.at('pd-request')).toHaveCount(0);
  await expect(desk.at('pd-subject')).toHaveCount(0);
  await provide(page, 'superadmin');
  await desk.formIsReady();
  expect(await desk.typed()).toMatchObject({ subject: large.subject, description: large.description });
});

test('another provider for the same person changes nothing', async ({ desk, page }) => {
  await desk.openForm();
  await desk.fill(large);
  await provide(page, 'superadmin');
  await expect.poll(async () => (await asked(page)).times).toBe(1);
  await desk.formIsReady();
  expect(await desk.typed()).toMatchObject({ subject: large.subject });
});

test('another person finds nothing of the one before', async ({ desk, page, stored }) => {
  await stored.file({ ...eligible, subject: 'Seen by the first' });
  await desk.open();
  await expect(desk.at('pd-request')).toHaveCount(1);
  await desk.toForm();
  await desk.fill(large);
  await provide(page, 'member');
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  await expect(desk.at('pd-request')).toHaveCount(0);
  await expect(desk.at('pd-panel')).not.toContainText('Seen by the first');
  await desk.toForm();
  expect(await desk.typed()).toMatchObject({ subject: '', description: '', superadmin_email: '' });
});

test('a draft typed by one person is never sent for another', async ({ desk, endpoint, page }) => {
  await desk.openForm();
  await desk.fill(large);
  await desk.expectOutcome('priority');
  // The page signs somebody else in, and the button is pressed in the same moment.
  await Promise.all([provide(page, 'member'), desk.at('pd-submit').click({ force: true })]);
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  expect(await (await api(endpoint, 'member')).tickets()).toEqual([]);
});

test('signOut leaves nothing of the one who was signed in', async ({ desk, page, stored }) => {
  await stored.file({ ...eligible, subject: 'Seen by the first' });
  await desk.openForm();
  await desk.fill(large);
  const counts = await page.locator('partner-desk').evaluate((element) => {
    element.tokenProvider = undefined;
    return element.signOut();
  });
  expect(counts).toEqual({ sent: 0, dropped: 0 });
  await expect(desk.at('pd-sign-in')).toBeVisible();
  await expect(desk.at('pd-panel')).not.toContainText('Seen by the first');
  await provide(page, 'superadmin');
  await desk.toForm();
  expect(await desk.typed()).toMatchObject({ subject: '', superadmin_email: '' });
});

const NO_TOKENS = {
  'a sign-in page': '<!doctype html>\n<title>Sign in</title>',
  'an error in plain words': 'error 500',
  'letters that no header takes': 'eyJ.日本.x',
  'a text that speaks for nobody': 'error500',
};
for (const [what, text] of Object.entries(NO_TOKENS)) {
  const answer = (page) =>
    page.locator('partner-desk').evaluate((desk, given) => (desk.tokenProvider = async () => given), text);

  test(`${what} in place of a token is told, and can be tried again`, async ({ complaints, desk, page }) => {
    complaints.allow(/401/);
    complaints.allow(/^partner-desk: tokenProvider/);
    await desk.goto();
    await answer(page);
    await desk.launch();
    // The endpoint alone can tell a well-formed text from a token.
    const fault = what === 'a text that speaks for nobody' ? 'fault.token' : 'fault.provider';
    await expect(desk.at('pd-panel')).toContainText(desk.text(fault));
    await provide(page, 'superadmin');
    await expect(desk.at('pd-add-ticket')).toBeVisible();
  });

  test(`${what} in place of the next token loses nothing`, async ({ complaints, desk, page }) => {
    complaints.allow(/401/);
    complaints.allow(/^partner-desk: tokenProvider/);
    await desk.openForm();
    await desk.fill(large);
    await desk.expectOutcome('priority');
    await answer(page);
    await desk.submit();
    await expect(desk.at('pd-panel')).toContainText(desk.text('fault.provider'));
    expect(await desk.typed()).toMatchObject({ subject: large.subject });
    await provide(page, 'superadmin');
    await desk.submit();
    await desk.receipt();
  });
}

test('an endpoint that sends elsewhere is not followed', async ({ complaints, desk, page }) => {
  complaints.allow(/Failed to load resource|redirect|Failed to fetch/i);
  await desk.openForm();
  await desk.fill(large);
  await desk.expectOutcome('priority');
  const elsewhere = [];
  await page.route('**/elsewhere', (route) => {
    elsewhere.push(route.request().method());
    return route.fulfill({ status: 201, json: {} });
  });
  await page.route(
    (url) => url.pathname === '/v1/tickets',
    (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 307, headers: { location: '/elsewhere' } }) : route.fallback()),
  );
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  expect(elsewhere).toEqual([]);
});

test.describe('too many requests', () => {
  /** Answers the next call of this path with 429, as a busy endpoint does. */
  async function limit(page, path, seconds) {
    let left = 1;
    await page.route(
      (url) => url.pathname === path,
      (route) => {
        if (left-- <= 0) return route.fallback();
        return route.fulfill({
          status: 429,
          headers: { 'retry-after': String(seconds) },
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'about:blank', title: 'Too Many Requests', status: 429, code: 'rate_limited' }),
        });
      },
    );
  }

  test.beforeEach(({ complaints }) => complaints.allow(/429/));

  for (const path of ['/v1/policy', '/v1/session', '/v1/tickets']) {
    test(`${path} goes on by itself, and says when`, async ({ desk, page, stored }) => {
      await stored.file(eligible);
      await limit(page, path, 2);
      await desk.open();
      const [before] = desk.text('fault.rate_limited_at').split('{time}');
      await expect(desk.at('pd-panel')).toContainText(before);
      await expect(desk.at('pd-panel')).toContainText(/\d+:\d\d:\d\d/);
      await expect(desk.at('pd-request')).toHaveCount(1);
    });
  }

  test('a ticket goes again by itself, once', async ({ desk, page, stored }) => {
    await desk.openForm();
    await desk.fill(large);
    await desk.expectOutcome('priority');
    const keys = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/tickets')) {
        keys.push(request.headers()['idempotency-key']);
      }
    });
    await limit(page, '/v1/tickets', 2);
    await desk.submit();
    const [before] = desk.text('fault.rate_limited_at').split('{time}');
    await expect(desk.at('pd-panel')).toContainText(before);
    await desk.receipt();
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(await stored.tickets()).toHaveLength(1);
  });

  test('what is changed meanwhile is not sent by itself', async ({ desk, page, stored }) => {
    await page.clock.install();
    await desk.openForm();
    await desk.fill(large);
    await desk.expectOutcome('priority');
    await limit(page, '/v1/tickets', 600);
    await desk.submit();
    const [before] = desk.text('fault.rate_limited_at').split('{time}');
    await expect(desk.at('pd-panel')).toContainText(before);
    await desk.field('subject').fill('Another subject');
    // The wait is over now.
    await page.clock.fastForward(601_000);
    await desk.nextFrame();
    await expect(desk.at('pd-submit')).toBeEnabled();
    expect(await stored.tickets()).toEqual([]);
  });
});

test.describe('deep link', () => {
  const link = (page, to) => page.evaluate((hash) => (location.hash = hash), to);

  test('a request that the address names is shown, where the page allows it', async ({ desk, page, stored }) => {
    const { reference } = await stored.file({ ...eligible, subject: 'Named by the address' });
    await desk.goto();
    await link(page, `tab=2&pd-request=${reference}`);
    await desk.launch();
    await expect(desk.at('pd-request')).toHaveCount(1);
    await expect(desk.at('pd-add-ticket')).toBeVisible();
    await desk.at('pd-close').click();

    await page.locator('partner-desk').evaluate((element) => element.setAttribute('deep-link', 'on'));
    await desk.at('pd-launcher').click();
    await expect(desk.at('pd-panel').getByRole('heading', { name: 'Named by the address' })).toBeVisible();
    // Once followed, a link does not lead back there each time.
    await page.keyboard.press('Escape');
    await page.locator('partner-desk').evaluate((element) => element.open('requests'));
    await desk.at('pd-close').click();
    await desk.at('pd-launcher').click();
    await expect(desk.at('pd-add-ticket')).toBeVisible();
  });

  test('nonsense in the address asks for nothing', async ({ desk, page }) => {
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await desk.goto();
    await page.locator('partner-desk').evaluate((element) => element.setAttribute('deep-link', 'on'));
    await link(page, 'pd-request=../session%2F..%3Fx');
    await desk.launch();
    await expect(desk.at('pd-add-ticket')).toBeVisible();
    // Whether the stream of events has begun by now is its own business.
    const calls = asked.filter((path) => path.startsWith('/v1/') && path !== '/v1/events');
    expect(calls.sort()).toEqual(['/v1/policy', '/v1/session', '/v1/tickets']);
  });
});

test('the fake clock starts where qa says, in demo mode', async ({ desk, page, stored }) => {
  await stored.file(eligible);
  await desk.open({ qa: '2031-05-06T07:08:09Z' });
  await expect(desk.at('pd-request')).toHaveCount(1);
  // Filed years ago by that clock.
  await expect(desk.at('pd-request')).toContainText(/[\d.,]+ days ago/);
  const log = await page.locator('partner-desk').evaluate((element) => element.qaLog());
  expect(log.map(({ name }) => name)).toEqual(['pd-open', 'pd-ready']);
});

test('an endpoint that is not for demonstration ignores qa, and the console says so', async ({
  complaints,
  desk,
  page,
  stored,
}) => {
  complaints.allow(/partner-desk: qa is ignored/);
  const warned = page.waitForEvent('console', (message) => message.text().includes('qa is ignored'));
  await page.route('**/v1/policy', async (route) => {
    const answer = await route.fetch();
    const { demo, ...policy } = await answer.json();
    expect(demo).toBe(true);
    await route.fulfill({ response: answer, json: policy });
  });
  await stored.file(eligible);
  await desk.open({ qa: '2031-05-06T07:08:09Z' });
  await expect(desk.at('pd-request')).toContainText(/\bnow\b/);
  await warned;
});
