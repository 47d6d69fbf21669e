// A page that is itself a Yew app, on its whole body: Yew marks nodes with numbers and finds handlers by them, so
// two apps of which one is inside the other would call each other's. The page's app is the widget's own bundle,
// loaded a second time under another URL and mounted on the body by hand; it has everything that a Yew app has.
import { expect, test } from './support/test.mjs';

/** Starts the page's own app on its body, and puts the widget in afterwards: mounting empties the body. */
async function startYewPage(host, endpoint) {
  const token = await endpoint.token('member');
  await host.do(
    async (base, url, token) => {
      const app = await import(`${base}app/app.js?page`);
      await app.default({ module_or_path: `${base}app/app_bg.wasm?page` });
      const nothing = () => {};
      window.pageEvents = [];
      app.mount({
        root: document.body,
        lang: 'en',
        messages: null,
        view: 'add-ticket',
        open: true,
        options: { dc: 'us', endpoint: url, lang: 'en', theme: 'auto', position: 'end' },
        token: async () => token,
        emit: (name) => window.pageEvents.push(name),
        close: nothing,
        file: async () => null,
        fail: nothing,
      });
      // The widget's root will be a closed one; this is how the test looks into it.
      window.hostRoots = new WeakMap();
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function (init) {
        const root = attachShadow.call(this, init);
        window.hostRoots.set(this, root);
        window.mode = init.mode;
        return root;
      };
    },
    host.site.loader.replace('partner-desk.js', ''),
    endpoint.url,
    token,
  );
  await host.appears('pd-subject');
  await host.do(() => {
    document.body.append(document.createElement('partner-desk'));
  });
  await host.do((url) => {
    const desk = document.querySelector('partner-desk');
    desk.setAttribute('dc', 'eu');
    desk.setAttribute('endpoint', url);
  }, endpoint.url);
  await host.identify(await endpoint.token());
}

const DESK = '.pd-root';

/** A control of the page's own app: everything of the widget is in its shadow root, behind it in the document. */
const ofPage = (host, hook) =>
  host.do((hook) => {
    const control = document.querySelector(`[data-testid="${hook}"]`);
    return control && { value: control.value };
  }, hook);

test('no event crosses between the page’s app and the widget', async ({ endpoint, host }) => {
  await host.open({ element: '' });
  await startYewPage(host, endpoint);
  expect(await host.do(() => window.mode)).toBe('closed');
  expect(await host.do(() => document.querySelector('partner-desk').shadowRoot)).toBe(null);

  await host.type('pd-subject', 'Of the page');
  await host.launch(DESK);
  await host.click('pd-add-ticket', DESK);
  await host.type('pd-subject', 'Of the widget', DESK);
  expect(await ofPage(host, 'pd-subject')).toEqual({ value: 'Of the page' });
  expect(await host.value('pd-subject', DESK)).toBe('Of the widget');

  // Keys and clicks that mean something to both: a list, a refused submit, Escape.
  await host.type('pd-service', 'Zoho', DESK);
  await host.press('ArrowDown');
  await host.press('Escape');
  await host.click('pd-submit', DESK);
  await host.appears('pd-error-summary', DESK);
  expect(await ofPage(host, 'pd-error-summary')).toBe(null);
  await host.press('Escape');
  await host.vanishes('pd-panel', DESK);
  expect(await ofPage(host, 'pd-subject')).toEqual({ value: 'Of the page' });

  await host.do(() => document.querySelector('partner-desk').open());
  await host.do(() => document.querySelector('[data-testid=pd-subject]').focus());
  await host.press('End');
  await host.press('!');
  expect(await ofPage(host, 'pd-subject')).toEqual({ value: 'Of the page!' });
  expect(await host.value('pd-subject', DESK)).toBe('Of the widget');
  expect((await host.events('pd-failed')).length).toBe(0);
  expect(await host.complaints()).toEqual([]);

  await host.do(() => document.querySelector('partner-desk').destroy());
  await host.type('pd-description', 'Still at work');
  expect(await ofPage(host, 'pd-description')).toEqual({ value: 'Still at work' });
});
