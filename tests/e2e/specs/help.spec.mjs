// Help: channels with illustrated steps, questions and answers, the way there from the form and back.
import { eligible, excluded, LANGUAGES, large, unknown } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';

/** What is fetched for help, from now on. */
function helpFiles(page) {
  const names = [];
  page.on('request', (request) => {
    const [, name] = new URL(request.url()).pathname.match(/\/app\/help\/(.+)/) ?? [];
    if (name) names.push(name);
  });
  return names;
}

test('nothing of help is fetched before somebody looks, and then once', async ({ desk, page }) => {
  const fetched = helpFiles(page);
  await desk.openForm();
  await desk.fill(eligible);
  expect(fetched).toEqual([]);
  await desk.at('pd-back').click();
  await desk.toHelp();
  await desk.at('pd-tab-requests').click();
  await desk.toHelp();
  expect(fetched.sort()).toEqual(['drawings.json', 'en.json']);
});

for (const lang of LANGUAGES) {
  test(`${lang}: every step is drawn, and told in words`, async ({ desk }) => {
    await desk.open({ lang });
    await desk.toHelp();
    for (const [channel, count] of [['widget', 5], ['help_center', 5], ['email', 3]]) {
      await desk.steps(channel).locator('summary').click();
      const drawings = desk.steps(channel).getByRole('img');
      await expect(drawings).toHaveCount(count);
      await expect(desk.steps(channel).getByRole('listitem')).toHaveCount(count);
      for (const drawing of await drawings.all()) {
        await expect(drawing).toHaveAccessibleName(/\S+ \S+/);
        const { width, height } = await drawing.boundingBox();
        expect(Math.min(width, height)).toBeGreaterThan(60);
        // Drawn: shapes with an extent, painted by the style sheet.
        const painted = await drawing.locator('path').evaluateAll((paths) =>
          paths.filter((path) => {
            const { fill, stroke } = getComputedStyle(path);
            return path.getTotalLength() > 5 && (fill !== 'none' || stroke !== 'none') && fill !== 'rgb(0, 0, 0)';
          }).length,
        );
        expect(painted).toBe(await drawing.locator('path').count());
      }
    }
    expect(await desk.steps('help_center').innerText()).toMatch(/My Area[^]*Submit Ticket[^]*Partnersupport/);
  });

  test(`${lang}: what partners owe stands above the channels`, async ({ desk }) => {
    await desk.open({ lang });
    await desk.at('pd-tab-help').click();
    await expect(desk.at('pd-panel')).toContainText(desk.text('help.obligation'));
  });
}

test('a tab stays the one it was when another arrives', async ({ desk, endpoint }) => {
  await endpoint.faults([{ method: 'GET', path: '/v1/session', do: 'delay', delay_ms: 1500 }]);
  await desk.open();
  await expect(desk.at('pd-tab-access')).toHaveCount(0);
  const pressed = await desk.at('pd-tab-help').elementHandle();
  await expect(desk.at('pd-tab-access')).toBeVisible();
  expect(await pressed.evaluate(({ id, isConnected }) => [id, isConnected])).toEqual(['pd-tab-help', true]);
});

test('where the source names no channel, it says just that', async ({ desk }) => {
  await desk.open({ dc: 'ca' });
  await desk.toHelp();
  for (const channel of ['pd-channel-widget', 'pd-channel-help-center']) {
    await expect(desk.at(channel)).toContainText(desk.text('help.none'));
    await expect(desk.at(channel).getByRole('link')).toHaveCount(0);
  }
  await expect(desk.steps('widget')).toHaveCount(0);
  await expect(desk.steps('email')).toHaveCount(1);
});

test('without a data centre one chooses: by data centre the widget, by region the address', async ({ desk, page }) => {
  const called = [];
  page.on('request', (request) => called.push(new URL(request.url()).pathname));
  await desk.open({ dc: '' });
  await expect(desk.at('pd-channel-email').getByRole('link')).toHaveCount(2);
  await desk.at('pd-place-dc').selectOption('eu');
  await expect(desk.at('pd-channel-help-center')).toHaveAttribute('href', 'https://help.zoho.eu');
  await expect(desk.at('pd-place-region')).toHaveValue('eu');
  await expect(desk.at('pd-channel-email')).toHaveAttribute('href', 'mailto:partner-support@eu.zohocorp.com');
  await desk.at('pd-place-region').selectOption('jp');
  await expect(desk.at('pd-channel-email')).toHaveAttribute('href', 'mailto:partner-support@zohocorp.com');
  await expect(desk.at('pd-channel-help-center')).toHaveAttribute('href', 'https://help.zoho.eu');
  await desk.at('pd-place-dc').selectOption('uk');
  await expect(desk.at('pd-channel-widget')).toContainText(desk.text('help.none'));
  await desk.at('pd-place-dc').selectOption('');
  await expect(desk.at('pd-channel-widget').getByRole('link')).toHaveCount(6);
  // It narrows the list down, and nothing else.
  await expect(desk.at('pd-compose')).toHaveCount(0);
  await expect(desk.at('pd-tab-requests')).toHaveCount(0);
  expect(called.filter((path) => path.startsWith('/v1/'))).toEqual([]);
});

test('the search finds words in questions and answers, tells how many, and what to do with none', async ({ desk, page }) => {
  await desk.open();
  await desk.toHelp();
  const all = await desk.at('pd-question').count();
  expect(all).toBeGreaterThan(15);
  const search = desk.at('pd-help-search');
  await search.fill('ROWS month');
  await expect(desk.at('pd-question')).toHaveCount(1);
  await expect(desk.question('excluded')).toBeVisible();
  await expect(desk.at('pd-channel-widget')).toHaveCount(0);
  await expect(desk.at('pd-live')).toHaveText('1 answer found');
  await search.fill('e-mail');
  await expect(desk.question('email')).toBeVisible();
  await search.fill('xyzzy');
  await expect(desk.at('pd-question')).toHaveCount(0);
  await expect(desk.at('pd-live')).toHaveText('0 answers found');
  await expect(desk.at('pd-panel')).toContainText(desk.text('help.empty'));
  await desk.at('pd-help-clear').click();
  await expect(desk.at('pd-question')).toHaveCount(all);
  // The button has gone, focus has not.
  await desk.expectFocusInPanel();

  // Escape empties the field first and closes the panel second.
  await search.fill('zoid');
  await page.keyboard.press('Escape');
  await expect(search).toHaveValue('');
  await expect(desk.at('pd-panel')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.at('pd-panel')).toBeHidden();
});

test('from the preview to an answer and back nothing typed is lost, by keyboard alone', async ({ desk, page }) => {
  const draft = { ...unknown, service: excluded[0][0], customer_email: 'jo@customer.example', zuid: '60012345' };
  await desk.openForm();
  await desk.fill(draft);
  const typed = await desk.typed();
  await desk.at('pd-preview').locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(desk.asked('excluded')).toBeFocused();
  await expect(desk.asked('excluded')).toContainText(excluded[0][0]);
  await page.keyboard.press('Enter');

  await expect(desk.at('pd-panel')).toContainText('contacts or subscribers');
  await expect.poll(() => desk.focused()).toBe('pd-title');
  await desk.tabTo('pd-back');
  await page.keyboard.press('Enter');
  await expect(desk.asked('excluded')).toBeFocused();
  expect(await desk.typed()).toEqual(typed);
  await expect(desk.at('pd-superadmin-unknown')).toBeChecked();
});

for (const [name, draft, questions] of [
  ['an empty form', null, ['decided', 'find-zoid']],
  ['an unknown account', eligible, ['undecided', 'targets']],
  ['a large account', large, ['s1', 'targets']],
  ['an unknown address', unknown, ['address-missing']],
]) {
  test(`${name} raises questions, and each has its answer`, async ({ desk }) => {
    await desk.openForm();
    if (draft) await desk.fill(draft);
    for (const id of [...questions, 'policy-version']) {
      if (draft === large) await desk.expectOutcome('priority');
      await desk.ask(id);
      await expect(desk.at('pd-to-help')).toBeVisible();
      expect((await desk.at('pd-panel').innerText()).length).toBeGreaterThan(200);
      await desk.at('pd-back').click();
      await expect(desk.asked(id)).toBeFocused();
    }
  });
}

test('what cannot be fetched takes nothing with it, and is asked for again', async ({ complaints, desk, page }) => {
  complaints.allow(NETWORK_ERROR);
  await page.route('**/app/help/*', (route) => route.abort());
  await desk.openForm();
  await desk.fill(eligible);
  const typed = await desk.typed();
  await desk.ask('undecided');
  await expect(desk.at('pd-reload')).toBeVisible();
  await page.unroute('**/app/help/*');
  await desk.at('pd-reload').click();
  await expect(desk.at('pd-to-help')).toBeVisible();
  await desk.at('pd-back').click();
  expect(await desk.typed()).toEqual(typed);
});

test('offline the channels and the obligation are there', async ({ complaints, context, desk }) => {
  complaints.allow(NETWORK_ERROR);
  // Offline, the page's provider fails as well.
  complaints.allow(/^partner-desk: tokenProvider/);
  await desk.open();
  await context.setOffline(true);
  await desk.at('pd-tab-help').click();
  await expect(desk.at('pd-reload')).toBeVisible();
  await expect(desk.at('pd-panel')).toContainText(desk.text('help.obligation'));
  for (const channel of ['pd-channel-widget', 'pd-channel-help-center', 'pd-channel-email']) {
    await expect(desk.at(channel)).toBeVisible();
  }
  await context.setOffline(false);
  await desk.at('pd-reload').click();
  await expect(desk.at('pd-question').first()).toBeVisible();
});

test('another language brings its own answers', async ({ desk, page }) => {
  await desk.open();
  await desk.toHelp();
  await page.locator('partner-desk').evaluate((element) => element.setAttribute('lang', 'de'));
  await expect(desk.question('s1')).toContainText('S1 – Kritisch');
});

test('one answer leads to another, and back to where one began', async ({ desk, page }) => {
  await desk.open();
  await desk.toHelp();
  await desk.question('services').locator('summary').click();
  await desk.question('services').getByRole('button', { name: /excluded/ }).click();
  await expect(desk.at('pd-panel')).toContainText('automation credits');
  await desk.at('pd-back').click();
  await expect(page.locator('#pd-question-excluded')).toBeFocused();
});
