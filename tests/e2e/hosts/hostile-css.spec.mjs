// Pages whose styles were not written with guests in mind: the widget has to be there, in its own size, on top,
// and to answer to the pointer.
import { guestContract } from './support/contract.mjs';
import { expect, test } from './support/test.mjs';

const FILLER = '<main><h1>Shop</h1><p>Welcome.</p></main>';

const STYLES = {
  reset: '* { all: unset !important }',
  fonts: `html { font-size: 62.5% }
    body { font: 1.6rem/3 fantasy; text-align: right; word-spacing: 9px; letter-spacing: 3px; color: red; cursor: wait; visibility: visible; white-space: pre; text-transform: uppercase; user-select: none }`,
  tags: `partner-desk { all: revert !important; display: block !important; position: absolute !important; inset: 9px auto auto 9px !important; width: 10px !important; height: 10px !important; overflow: hidden !important; color: red !important; letter-spacing: 1em !important }
    button, input, select, textarea, div, span, h2 { border: 9px dashed red !important; padding: 30px !important; background: lime !important; width: 700px !important; min-height: 200px !important; text-transform: uppercase !important; pointer-events: none !important }
    [popover] { display: none !important } [hidden] { display: block !important } .pd-panel, #pd-panel { width: 10px !important }
    :root { --accent: red; --edge: 90px; --radius: 90px; --pd-ink: white; --pd-surface: white; --pd-accent: 90px; --pd-font: 40px fantasy }`,
};

/** The panel as it is on a plain page, and what stands in it. */
async function expectUsable(host) {
  const { x, y, width, height } = await host.place('pd-panel');
  expect({ width, height }).toEqual({ width: 420, height: 720 });
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(1280);
  expect(y + height).toBeLessThanOrEqual(800);
  await host.click('pd-add-ticket');
  await host.type('pd-subject', 'Contacts do not sync');
  expect(await host.value('pd-subject')).toBe('Contacts do not sync');
  return host.do(() => {
    const { fontFamily, fontSize, lineHeight, color, letterSpacing, wordSpacing, textAlign, textTransform, whiteSpace, cursor } = getComputedStyle(find('pd-subject'));
    const text = { fontFamily, fontSize, lineHeight, color, letterSpacing, wordSpacing, textAlign, textTransform, whiteSpace, cursor };
    const { width, height } = find('pd-subject').getBoundingClientRect();
    return { ...text, width, height };
  });
}

/** The same on a page without any style, once for all tests of an engine. */
let plain;
/** What is typed on one page must not stand in the next. */
const UNKEPT = 'dc="eu" storage="off"';

async function onPlainPage(host) {
  await host.open({ body: FILLER, path: '/plain', attributes: UNKEPT });
  const launcher = await host.reach('pd-launcher');
  await host.launch();
  return { launcher, look: await expectUsable(host) };
}

for (const [name, style] of Object.entries(STYLES)) {
  test(`${name}: launcher and panel look as ever and can be used`, async ({ engineName, host }) => {
    plain ??= await onPlainPage(host);
    await host.open({ body: FILLER, head: `<style>${style}</style>`, attributes: UNKEPT });
    await host.picture(`${name}-closed-${engineName}`);
    expect(await host.reach('pd-launcher')).toEqual(plain.launcher);
    await guestContract(host, {
      visit: async () => {
        expect(await expectUsable(host)).toEqual(plain.look);
        await host.picture(`${name}-open-${engineName}`);
      },
    });
  });
}

test('transformed and clipped ancestors neither move nor clip the panel', async ({ engineName, host }) => {
  const style = `body { transform: rotate(1deg) scale(.9); filter: blur(0); perspective: 9px; overflow: hidden }
    .box { transform: translate(40px, 40px); contain: strict; width: 500px; height: 300px; overflow: clip; will-change: transform; container-type: size; backdrop-filter: blur(1px); mask: linear-gradient(#000, #000); isolation: isolate; z-index: 1; position: relative }`;
  await host.open({
    head: `<style>${style}</style>`,
    element: `<div class="box">${host.element()}</div>`,
  });
  // A launcher cannot leave such a box: it is where the page has put it, and can be clicked there.
  await guestContract(host, {
    visit: async () => {
      await expectUsable(host);
      await host.picture(`ancestors-${engineName}`);
    },
  });
});

test('a page’s overlay of the highest order does not cover the widget', async ({ engineName, host }) => {
  const overlay = '<div id="overlay" style="position: fixed; inset: 0; background: #fee8; z-index: 2147483647"></div>';
  await host.open({ body: overlay });
  await guestContract(host, {
    visit: async () => {
      // One that comes later is above the launcher, but never above the panel.
      await host.do(() => document.body.append(document.getElementById('overlay').cloneNode()));
      await expectUsable(host);
      await host.picture(`overlay-${engineName}`);
      await host.do(() => document.body.lastChild.remove());
      await host.do(() => (hostProbe.notes.mutations.length = 0));
    },
  });
});

test('on a page at twice its size the panel still fits into the window', async ({ engineName, host }) => {
  await host.open({ body: FILLER, html: 'style="zoom: 2"' });
  await guestContract(host, {
    visit: async () => {
      const { x, y, width, height, over } = await host.place('pd-panel');
      await host.picture(`zoom-${engineName}`);
      expect(over).toBe(null);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(1280);
      expect(y + height).toBeLessThanOrEqual(800);
      await host.click('pd-add-ticket');
      await host.type('pd-subject', 'Contacts');
      expect(await host.value('pd-subject')).toBe('Contacts');
    },
  });
});
