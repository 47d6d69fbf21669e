// What the loader promises to a page: attributes, events, properties, loading on intent, fallback.
import { readFileSync } from 'node:fs';
import { NETWORK_ERROR, expect, test } from '../support/desk-test.mjs';
import { ask, openHostPage, requestsOf } from '../support/host-page.mjs';

const { channels } = JSON.parse(
  readFileSync(new URL('../../../crates/rules/policy/default.json', import.meta.url)),
);
const DCS = ['us', 'in', 'au', 'jp', 'eu', 'sa', 'ca', 'uk'];
const APP = ['/app/app.css', '/app/app.js', '/app/app_bg.wasm'];
const appFiles = (paths) => paths.filter((path) => path.startsWith('/app/'));
const strict = (wasm) =>
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' ${wasm}; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'">`;

test.describe('loading', () => {
  test('hovering fetches the app and nothing else, a click does not fetch it again', async ({ desk, page }) => {
    const paths = requestsOf(page);
    await openHostPage(page);
    expect(paths).toEqual(['/host-page', '/host-page.js', '/partner-desk.js']);
    await desk.at('pd-launcher').hover();
    await expect.poll(() => appFiles(paths).sort()).toEqual(APP);
    expect(paths.some((path) => path.startsWith('/v1'))).toBe(false);
    await desk.launch();
    expect(appFiles(paths)).toHaveLength(3);
  });

  test('focus counts as intent, too', async ({ page }) => {
    const paths = requestsOf(page);
    await openHostPage(page);
    await page.keyboard.press('Tab');
    await expect.poll(() => appFiles(paths).sort()).toEqual(APP);
  });

  test('preload="none" waits for the click, preload="idle" for nobody', async ({ desk, page }) => {
    const paths = requestsOf(page);
    await openHostPage(page, { attributes: 'dc="eu" preload="none"' });
    await desk.at('pd-launcher').hover();
    await desk.launch();
    expect(appFiles(paths)).toHaveLength(3);
    await ask(page, (element) => element.destroy());
    const again = requestsOf(page);
    await openHostPage(page, { attributes: 'dc="eu" preload="idle"' });
    await expect.poll(() => appFiles(again).sort()).toEqual(APP);
  });

  test('a click shows a skeleton in the same task, and is not lost while the app loads', async ({ desk, page }) => {
    let arrive;
    const held = new Promise((resolve) => (arrive = resolve));
    await page.route('**/app/app_bg.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await openHostPage(page);
    const shown = await ask(page, ({ shadowRoot }) => {
      shadowRoot.querySelector('.pd-launcher').click();
      return [...shadowRoot.querySelectorAll('h2, button')].map((node) => node.dataset.testid);
    });
    expect(shown).toEqual(['pd-launcher', 'pd-title', 'pd-close']);
    await expect(desk.at('pd-panel')).toBeFocused();
    arrive();
    await expect(desk.at('pd-add-ticket')).toBeVisible();
    await desk.expectFocusInPanel();
  });

  test('closed while it loads, it stays closed', async ({ desk, page }) => {
    let arrive;
    const held = new Promise((resolve) => (arrive = resolve));
    await page.route('**/app/app_bg.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await desk.recordEvents();
    await openHostPage(page);
    await desk.at('pd-launcher').click();
    await page.keyboard.press('Escape');
    await expect(desk.at('pd-launcher')).toBeFocused();
    arrive();
    await expect.poll(async () => (await desk.events()).map(({ type }) => type)).toEqual([
      'pd-open',
      'pd-close',
      'pd-ready',
    ]);
    await expect(desk.at('pd-panel')).toBeHidden();
    await desk.launch();
  });

  test('two elements share one instance', async ({ desk, page }) => {
    const paths = requestsOf(page);
    await openHostPage(page, { body: '<partner-desk id="first" dc="us" position="start"></partner-desk>' });
    await page.locator('#first').getByTestId('pd-launcher').click();
    await expect(page.locator('#first').getByTestId('pd-add-ticket')).toBeVisible();
    await page.locator('partner-desk:not(#first)').getByTestId('pd-launcher').click();
    await expect(desk.at('pd-add-ticket')).toHaveCount(2);
    expect(appFiles(paths)).toHaveLength(3);
  });

  test('the script loaded twice is harmless', async ({ desk, page }) => {
    await openHostPage(page, { head: '<script src="/partner-desk.js" async></script>' });
    await expect(desk.at('pd-launcher')).toHaveCount(1);
    await desk.launch();
  });

  test('markup that poses as the script does not say where the app is', async ({ desk, page }) => {
    const paths = requestsOf(page);
    const pose = '<base href=\'a:b\'><a id=tagName href=\'SCRIPT\'></a><a id=src href=\'http://127.0.0.1:9/evil.js\'></a>';
    await openHostPage(page, { head: `<iframe name="currentScript" srcdoc="${pose}"></iframe>` });
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await desk.at('pd-launcher').hover();
    await expect.poll(() => appFiles(paths).sort()).toEqual(APP);
    expect(asked.filter((url) => url.includes('127.0.0.1:9/'))).toEqual([]);
  });

  test('what a page adds to all objects is no option', async ({ desk, page }) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await openHostPage(page);
    await page.evaluate(() => {
      Object.prototype.assets = 'http://127.0.0.1:9/';
      Object.prototype.region = 'us';
      document.querySelector('partner-desk').setAttribute('theme', 'dark');
    });
    await desk.launch();
    await desk.at('pd-tab-help').click();
    await expect(desk.at('pd-channel-email')).toHaveAttribute('href', /eu\.zohocorp\.com/);
    expect(asked.filter((url) => url.includes('127.0.0.1:9/'))).toEqual([]);
  });

  test('a form around it may have a control of any name', async ({ page }) => {
    const form = '<form lang="de"><select name="lang"></select><input name="toLowerCase"><input name="parentNode">';
    await openHostPage(page, { body: form });
    // Without locators: those are led round in circles themselves.
    const found = (hook) =>
      page.evaluate((id) => !!document.querySelector('partner-desk').shadowRoot.querySelector(id), `[data-testid=${hook}]`);
    expect(await found('pd-launcher')).toBe(true);
    await page.evaluate(() => document.querySelector('partner-desk').open());
    await expect.poll(() => found('pd-add-ticket')).toBe(true);
  });

  test('a strict page reports no violation', async ({ desk, page }) => {
    await openHostPage(page, { head: strict("'wasm-unsafe-eval'") });
    await desk.launch();
    await desk.toForm();
  });
});

test('a browser that is too old keeps what the page has put into the element', async ({ page }) => {
  await page.addInitScript(() => delete HTMLElement.prototype.popover);
  await page.route('**/old-page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><link rel="icon" href="data:,"><script src="/partner-desk.js"></script>
        <partner-desk dc="eu"><a href="https://help.zoho.eu">Help Center</a></partner-desk>`,
    }),
  );
  await page.goto('/old-page');
  await expect(page.getByText('Help Center')).toBeVisible();
  expect(await page.evaluate(() => [customElements.get('partner-desk'), window.PartnerDesk])).toEqual([undefined, undefined]);
});

test.describe('fallback', () => {
  test.beforeEach(({ complaints }) => {
    complaints.allow(NETWORK_ERROR);
    complaints.allow(/^partner-desk: /);
    // What Chromium says of a body that is not the expected one, such as that of a 404.
    complaints.allow(/'integrity' attribute|SRI's integrity/);
    complaints.allow(/content security policy|Content Security Policy/);
  });

  for (const file of APP) {
    test(`${file} is missing: channels, and a retry under another URL`, async ({ desk, page }) => {
      const paths = requestsOf(page);
      await page.route(`**${file}`, (route) => route.fulfill({ status: 404, body: 'nothing' }));
      await openHostPage(page, { attributes: 'dc="eu" lang="de"' });
      await desk.at('pd-launcher').click();
      await expect(desk.at('pd-fallback')).toBeVisible();
      await expect(desk.at('pd-panel')).toHaveRole('dialog');
      await expect(desk.at('pd-close')).toHaveAccessibleName('Schließen');
      await expect(desk.at('pd-fallback').getByRole('alert')).toHaveText('Das Formular konnte nicht starten.');
      // The next URL is not blocked: it has a query.
      await desk.at('pd-fallback-retry').click();
      await expect(desk.at('pd-add-ticket')).toBeVisible();
      await desk.expectFocusInPanel();
      expect(paths.filter((path) => path.startsWith('/app/app.js?'))).toHaveLength(1);
    });
  }

  test('the app hangs: after ten seconds the fallback', async ({ desk, page }) => {
    await page.route('**/app/app.js', () => {});
    await page.clock.install({ time: 0 });
    await openHostPage(page);
    await page.clock.pauseAt(600_000);
    await desk.at('pd-launcher').click();
    await page.clock.runFor(9_999);
    await expect(desk.at('pd-close')).toBeVisible();
    await expect(desk.at('pd-fallback')).toHaveCount(0);
    await page.clock.runFor(1);
    await expect(desk.at('pd-fallback')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(desk.at('pd-panel')).toBeHidden();
    await expect(desk.at('pd-launcher')).toBeFocused();
  });

  test('the page forbids WebAssembly', async ({ desk, page }) => {
    await openHostPage(page, { head: strict(''), body: '<button id="own">Help me</button>' });
    await desk.at('pd-launcher').click();
    await expect(desk.at('pd-fallback')).toBeVisible();
    await page.locator('#own').click();
    await desk.at('pd-close').click();
    await expect(desk.at('pd-panel')).toBeHidden();
  });

  for (const dc of DCS) {
    test(`${dc}: the channels are those of the policy`, async ({ desk, page }) => {
      await page.route('**/app/app.js', (route) => route.abort());
      await openHostPage(page, { attributes: `dc="${dc}"` });
      await desk.at('pd-launcher').click();
      await expect(desk.at('pd-fallback')).toBeVisible();
      const form = channels.help_center.find(({ dcs }) => dcs.includes(dc));
      const mail = channels.email.find(({ regions }) => regions.includes(dc));
      if (form) await expect(desk.at('pd-channel-help-center')).toHaveAttribute('href', form.url);
      else await expect(desk.at('pd-channel-help-center')).toHaveCount(0);
      await expect(desk.at('pd-channel-email')).toHaveAttribute('href', `mailto:${mail.address}`);
    });
  }

  test('e-mail goes by the region, whatever the data centre', async ({ desk, page }) => {
    await page.route('**/app/app.js', (route) => route.abort());
    await openHostPage(page, { attributes: 'dc="us" region="uk"' });
    await desk.at('pd-launcher').click();
    await expect(desk.at('pd-channel-help-center')).toHaveText('help.zoho.com');
    await expect(desk.at('pd-channel-email')).toHaveText('partner-support@eu.zohocorp.com');
  });
});

test.describe('opening and closing', () => {
  test('each opening and closing is told once, and focus goes where it came from', async ({ desk, page }) => {
    await desk.recordEvents();
    await openHostPage(page, { body: '<button id="own">Help me</button>' });
    await expect(desk.at('pd-launcher')).toHaveAttribute('aria-expanded', 'false');
    await desk.launch();
    await expect(desk.at('pd-launcher')).toHaveAttribute('aria-expanded', 'true');
    await desk.at('pd-close').click();
    await expect(desk.at('pd-launcher')).toBeFocused();
    await page.locator('#own').focus();
    await ask(page, (element) => element.open('add-ticket'));
    await desk.formIsReady();
    await ask(page, (element) => element.open('add-ticket'));
    await desk.at('pd-subject').focus();
    await page.keyboard.press('Escape');
    await expect(page.locator('#own')).toBeFocused();
    expect(await desk.events()).toEqual([
      { type: 'pd-open', detail: { view: 'requests' } },
      { type: 'pd-ready', detail: { version: '0.1.0' } },
      { type: 'pd-close', detail: {} },
      { type: 'pd-open', detail: { view: 'add-ticket' } },
      { type: 'pd-close', detail: {} },
    ]);
  });

  test('opened first by the page, it shows the view that was asked for', async ({ desk, page }) => {
    await openHostPage(page, { attributes: 'dc="eu" launcher="hidden"' });
    await expect(desk.at('pd-launcher')).toBeHidden();
    await ask(page, (element) => element.open('add-ticket'));
    await desk.formIsReady();
  });

  test('keys pressed one by one arrive in every field', async ({ desk, page }) => {
    await openHostPage(page, { attributes: 'dc="eu"' });
    await ask(page, (element) => element.open('add-ticket'));
    await desk.formIsReady();
    const keys = { service: 'My Tool', org_id: '20087654321', subject: 'a b', description: 'c d', superadmin_email: 'a@b.example' };
    for (const [field, text] of Object.entries(keys)) await desk.field(field).pressSequentially(text);
    expect(await desk.typed()).toEqual(keys);
  });

  test('Escape closes from anywhere in the panel', async ({ desk, page }) => {
    await openHostPage(page);
    await desk.launch();
    await desk.at('pd-panel').evaluate((panel) => panel.focus());
    await page.keyboard.press('Escape');
    await expect(desk.at('pd-panel')).toBeHidden();
  });

  test('while it is closed, no listener is on the page, and its keys stay its own', async ({ page }) => {
    await page.addInitScript(() => {
      window.listened = [];
      const add = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        if (!(this instanceof Element) && new Error().stack.includes('/partner-desk.js')) window.listened.push(type);
        return add.call(this, type, ...rest);
      };
    });
    await openHostPage(page, { body: '<input id="own">' });
    await page.locator('#own').pressSequentially('a/b?');
    await expect(page.locator('#own')).toHaveValue('a/b?');
    expect(await page.evaluate(() => window.listened)).toEqual([]);
  });
});

test.describe('attributes', () => {
  test('each wrong or unknown one is named once, HTML’s own are not', async ({ complaints, page }) => {
    complaints.allow(/^partner-desk: /);
    const warnings = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await openHostPage(page, {
      attributes: `dc="EU" theme="blue" colour="red" qa="today" class="a" id="b" data-c aria-label="d" title="e" tabindex="0" hidden onclick="" slot="f" role="complementary"`,
    });
    await ask(page, (element) => {
      element.setAttribute('theme', 'dark');
      element.setAttribute('theme', 'blue');
    });
    expect(warnings).toHaveLength(4);
    expect(warnings[0]).toContain('dc="EU"');
    expect(warnings[0]).toContain('us|in|au|jp|eu|sa|ca|uk');
    expect(warnings[1]).toContain('auto|light|dark');
    expect(warnings[2]).toContain('colour="red"');
    expect(warnings[3]).toContain('qa="today"');
  });

  const labels = { en: 'Help Center for Partner Support', de: 'Help Center für den Partnersupport', 'de-AT': 'Help Center für den Partnersupport' };
  for (const [lang, label] of Object.entries(labels)) {
    test(`the page’s language ${lang} is the launcher’s`, async ({ desk, page }) => {
      await openHostPage(page, { lang });
      await expect(desk.at('pd-launcher')).toHaveText(label);
    });
  }

  test('the nearest language counts, a wrong attribute does not', async ({ complaints, desk, page }) => {
    complaints.allow(/^partner-desk: lang=/);
    await openHostPage(page, { element: '<div lang="de"><partner-desk dc="eu" lang="?"></partner-desk></div>' });
    await expect(desk.at('pd-launcher')).toHaveText(labels.de);
  });

  test('another language keeps what is typed', async ({ desk, page }) => {
    await openHostPage(page);
    await ask(page, (element) => element.open('add-ticket'));
    await desk.formIsReady();
    await desk.field('subject').fill('Contacts');
    await ask(page, (element) => element.setAttribute('lang', 'de'));
    desk.lang = 'de';
    await desk.formIsReady();
    await expect(desk.field('subject')).toHaveValue('Contacts');
    await expect(page.locator('.pd-app')).toHaveAttribute('lang', 'de');
    await expect(desk.at('pd-launcher')).toHaveText(labels.de);
  });

  test('the launcher stands at the page’s end, by the offsets given', async ({ desk, page }) => {
    const place = async (pieces) => {
      await openHostPage(page, pieces);
      const box = await desk.at('pd-launcher').boundingBox();
      const window = page.viewportSize();
      return { left: box.x, right: window.width - box.x - box.width, bottom: window.height - box.y - box.height };
    };
    expect(await place({})).toMatchObject({ right: 16, bottom: 16 });
    await page.unroute('**/host-page');
    expect(await place({ html: 'dir="rtl"' })).toMatchObject({ left: 16, bottom: 16 });
    await page.unroute('**/host-page');
    const attributes = 'dc="eu" position="start" offset-block="80" offset-inline="2em"';
    expect(await place({ attributes })).toMatchObject({ left: 30, bottom: 80 });
  });

  test('a page’s transforms and resets do not move the panel', async ({ desk, page }) => {
    await openHostPage(page, {
      head: '<style>* { all: unset !important; transform: translateX(40px) !important } html { font-size: 62.5% }</style>',
    });
    await desk.at('pd-launcher').dispatchEvent('click');
    await expect(desk.at('pd-add-ticket')).toBeVisible();
    const { width, height } = page.viewportSize();
    const box = await desk.at('pd-panel').boundingBox();
    expect(box).toEqual({ x: width - 436, y: 16, width: 420, height: Math.min(720, height - 32) });
  });

  test('on a phone the panel takes the whole screen', async ({ desk, page }) => {
    await page.setViewportSize({ width: 375, height: 667 });
    await openHostPage(page);
    const launcher = await desk.at('pd-launcher').boundingBox();
    expect(launcher.width).toBeLessThan(64);
    await desk.launch();
    expect(await desk.at('pd-panel').boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 });
  });

  test('on a small screen it is a modal dialog, beside a page that stays usable it is none', async ({ desk, page }) => {
    const modal = () => desk.at('pd-panel').evaluate((panel) => panel.matches(':modal'));
    await desk.open();
    await expect(page.getByRole('dialog', { name: desk.text('panel.context_none') })).toBeVisible();
    expect(await modal()).toBe(false);
    await desk.at('pd-close').click();
    await page.setViewportSize({ width: 640, height: 800 });
    await desk.launch();
    expect(await modal()).toBe(true);
    // Nothing of the page behind it is reached.
    for (let pressed = 0; pressed < 30; pressed += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => ['PARTNER-DESK', 'BODY'].includes(document.activeElement.tagName))).toBe(true);
    }
  });

  test('what the browser closes is closed, and opens again', async ({ desk, page }) => {
    await desk.recordEvents();
    await page.setViewportSize({ width: 375, height: 812 });
    await desk.open();
    // As a phone's "back" does.
    await desk.at('pd-panel').evaluate((panel) => panel.close());
    await expect(desk.at('pd-launcher')).toBeVisible();
    await expect.poll(async () => (await desk.events('pd-close')).length).toBe(1);
    expect(await desk.focused()).toBe('pd-launcher');
    // At once again: the closing is told later and must not close it anew.
    await page.locator('partner-desk').evaluate((element) => {
      element.open();
      element.close();
      element.open();
    });
    await page.waitForTimeout(300);
    await expect(desk.at('pd-panel')).toBeVisible();
    expect(await desk.at('pd-panel').evaluate((panel) => panel.matches(':modal'))).toBe(true);
  });

  test('text is as large as the reader has asked for, whatever size the page has', async ({ desk, page }) => {
    await desk.goto();
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html { font-size: 7px } partner-desk { font-size: 40px }');
      document.adoptedStyleSheets.push(sheet);
    });
    await desk.launch();
    expect(await desk.at('pd-panel').evaluate((panel) => getComputedStyle(panel).fontSize)).toBe('15px');
  });

  test('the shadow root is open, unless asked for or inside another Yew app', async ({ page }) => {
    await openHostPage(page, {
      element: '<partner-desk dc="eu"></partner-desk><partner-desk dc="eu" shadow="closed"></partner-desk><div id="yew"></div>',
    });
    await page.evaluate(() => {
      const other = document.getElementById('yew');
      other.__yew_subtree_id = 1;
      other.append(document.createElement('partner-desk'));
    });
    const open = await page.locator('partner-desk').evaluateAll((all) => all.map((element) => element.shadowRoot !== null));
    expect(open).toEqual([true, false, false]);
  });
});

test.describe('the element in the page', () => {
  test('properties set before the definition are taken over', async ({ desk, page }) => {
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        window.asked = 0;
        const element = document.createElement('partner-desk');
        element.prefill = { subject: 'From the page', service: 'Zoho CRM' };
        element.tokenProvider = async () => {
          window.asked += 1;
          return (await (await fetch('/demo/token?user=member')).json()).token;
        };
        element.setAttribute('dc', 'eu');
        element.setAttribute('endpoint', location.origin);
        document.body.append(element);
      });
    });
    await openHostPage(page, { element: '' });
    expect(await page.evaluate(() => window.asked)).toBe(0);
    await ask(page, (element) => element.open('add-ticket'));
    await desk.formIsReady();
    await expect(desk.field('subject')).toHaveValue('From the page');
    await expect.poll(() => page.evaluate(() => window.asked)).toBe(1);
    expect(await ask(page, (element) => element.unsent)).toBe(0);
    await desk.field('subject').fill('Typed');
    await ask(page, (element) => (element.prefill = { subject: 'Later', description: 'Later' }));
    await expect(desk.field('description')).toHaveValue('Later');
    await expect(desk.field('subject')).toHaveValue('Typed');
  });

  test('PartnerDesk.mount makes the element and names what it does not know', async ({ desk, page }) => {
    await openHostPage(page, { element: '<main id="here"></main>' });
    const names = await page.evaluate(() => {
      const target = document.getElementById('here');
      window.made = PartnerDesk.mount({ dc: 'eu', zIndex: 7, offsetBlock: '5em', assets: undefined, target, prefill: { subject: 'x' } });
      return window.made.getAttributeNames();
    });
    expect(names).toEqual(['dc', 'z-index', 'offset-block']);
    await expect(page.locator('#here partner-desk')).toHaveCount(1);
    await desk.launch();
    expect(await desk.at('pd-panel').getAttribute('popover')).toBeNull();
    const refusal = await page.evaluate(() => {
      try {
        PartnerDesk.mount({ datacentre: 'eu' });
        return '';
      } catch (error) {
        return `${error.name} ${error.message}`;
      }
    });
    expect(refusal).toMatch(/^TypeError .*datacentre/);
    await expect(page.locator('partner-desk')).toHaveCount(1);
  });

  test('one global name', async ({ page }) => {
    await page.addInitScript(() => (window.before = Object.getOwnPropertyNames(window)));
    await openHostPage(page);
    const added = await page.evaluate(() => Object.getOwnPropertyNames(window).filter((key) => !window.before.includes(key) && key !== 'before'));
    expect(added).toEqual(['PartnerDesk']);
  });

  test('moved it stays as it is, removed and put back it starts afresh', async ({ desk, page }) => {
    await openHostPage(page, { body: '<main id="there"></main>' });
    await ask(page, (element) => element.open('add-ticket'));
    await desk.formIsReady();
    await desk.field('subject').fill('Still here');
    await ask(page, (element) => document.getElementById('there').append(element));
    await expect(desk.field('subject')).toBeVisible();
    await expect(desk.field('subject')).toHaveValue('Still here');
    await ask(page, async (element) => {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      document.body.append(element);
    });
    await expect(desk.at('pd-panel')).toBeHidden();
    await desk.launch();
    await expect(desk.at('pd-add-ticket')).toBeVisible();
  });

  test('destroy leaves the loader and no element', async ({ desk, page }) => {
    await openHostPage(page, { body: '<button id="own">Help me</button>' });
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await page.locator('#own').focus();
    await ask(page, (element) => element.open());
    await expect(desk.at('pd-add-ticket')).toBeVisible();
    await ask(page, (element) => element.destroy());
    await expect(page.locator('partner-desk')).toHaveCount(0);
    await expect(page.locator('#own')).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(
      before.replace(/<partner-desk .*<\/partner-desk>/, ''),
    );
    await page.evaluate(() => PartnerDesk.mount({ dc: 'us' }));
    await desk.launch();
  });
});
