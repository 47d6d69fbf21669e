// Pages whose scripts get in everybody's way, and what of a page's own the widget must not get in the way of.
import { guestContract } from './support/contract.mjs';
import { expect, test } from './support/test.mjs';

/** A script of the page's own, after the probe and before the loader. */
const script = (action) => `<script>(${action})()</script>`;

test('a page that stops every event on its way does not stop the widget’s keys and clicks for ever', async ({ host }) => {
  // Stopped in capture above the element, an event reaches nobody: not even a native button's onclick. What is
  // left to the page then is to open the widget itself; nothing may break, and nothing may complain.
  const stop = () => {
    for (const type of ['click', 'keydown', 'keyup', 'keypress', 'input', 'change', 'focusin', 'focusout', 'pointerdown', 'pointerup', 'pointerenter', 'mousedown', 'mouseup', 'beforeinput'])
      for (const target of [window, document]) target.addEventListener(type, (event) => event.stopPropagation(), true);
  };
  await host.open({ head: script(stop) });
  await host.do(() => document.querySelector('partner-desk').open('add-ticket'));
  await host.appears('pd-subject');
  await host.do(() => document.querySelector('partner-desk').close());
  await host.vanishes('pd-panel');
  expect((await host.report()).complaints).toEqual([]);
});

test('a page that stops events as they come up past its body does not disturb the widget', async ({ host }) => {
  const stop = () => {
    for (const type of ['click', 'keydown', 'keyup', 'keypress', 'input', 'change', 'focusin', 'focusout', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'beforeinput', 'submit'])
      for (const target of [document.documentElement, document]) target.addEventListener(type, (event) => event.stopImmediatePropagation());
  };
  await host.open({ head: script(stop) });
  await host.launch();
  expect(await host.file()).toMatch(/\S/);
  await host.press('Escape');
  await host.vanishes('pd-panel');
});

test('patched built-ins break nothing', async ({ host }) => {
  const patch = () => {
    const { fetch } = window;
    window.fetch = function (...values) {
      return fetch.apply(this, values).then((answer) => answer);
    };
    const { parse, stringify } = JSON;
    JSON.parse = (text, reviver) => parse(text, reviver);
    JSON.stringify = (value, ...rest) => stringify(value, ...rest);
    // As old libraries did: enumerable names that every `for … in` finds.
    for (const prototype of [Array.prototype, Function.prototype, String.prototype]) {
      prototype.contains = function () {
        return false;
      };
      prototype.toJSON = undefined;
    }
    Object.prototype.extra = 'extra';
    for (const key of ['danger', 'trap'])
      Object.defineProperty(Array.prototype, key, {
        enumerable: true,
        configurable: true,
        get() {
          throw Error(`${key} was touched`);
        },
      });
    window.requestIdleCallback = undefined;
    window.Promise.try = undefined;
  };
  await host.open({ head: script(patch), body: '<form id="endpoint" name="dc"><input name="lang"></form>' });
  await host.launch();
  expect(await host.file()).toMatch(/\S/);
  expect((await host.report()).complaints).toEqual([]);
});

test('the page’s own keys, handlers, selection and caret stay its own', async ({ host }) => {
  const own = () => {
    window.heard = [];
    window.onmessage = ({ data }) => window.heard.push(`message ${data}`);
    window.onkeydown = ({ key, ctrlKey, defaultPrevented }) => window.heard.push(`${ctrlKey ? 'Control+' : ''}${key}${defaultPrevented ? ' prevented' : ''}`);
  };
  await host.open({ head: script(own), body: '<p id="text">Some words</p><textarea id="own">abc</textarea><button id="button">Button</button>' });
  await host.launch();
  await host.press('Escape');
  await host.vanishes('pd-panel');
  // The panel used up its Escape; the page may hear it, but not act on it.
  await host.do(() => {
    window.heard.length = 0;
    const field = document.getElementById('own');
    field.focus();
    field.setSelectionRange(1, 2);
    postMessage('hello');
  });
  await host.until(() => window.heard.includes('message hello'));
  await host.press('x');
  await host.press('Escape');
  await host.press('Control+Enter');
  expect(await host.value('own')).toBe('axc');
  const { heard, caret } = await host.do(() => ({ heard: window.heard, caret: document.getElementById('own').selectionStart }));
  expect(heard.filter((line) => !line.endsWith('Control'))).toEqual(['message hello', 'x', 'Escape', 'Control+Enter']);
  expect(caret).toBe(2);
  // Opened by the page: what is selected stays selected, unless the engine itself drops it when focus moves.
  const left = await host.do(() => {
    document.activeElement.blur();
    const select = () => getSelection().selectAllChildren(document.getElementById('text'));
    select();
    const button = document.getElementById('button');
    button.focus();
    const left = String(getSelection());
    button.blur();
    select();
    document.querySelector('partner-desk').open();
    return left;
  });
  await host.appears('pd-add-ticket');
  await host.do(() => document.querySelector('partner-desk').close());
  expect(await host.do(() => String(getSelection()))).toBe(left);
  await host.press('Escape');
  await host.until(() => window.heard.at(-1) === 'Escape');
});

test('a submit at once after opening is accepted', async ({ host }) => {
  await host.open();
  await host.do((prefill) => {
    const desk = document.querySelector('partner-desk');
    desk.prefill = prefill;
    desk.open('add-ticket');
  }, { service: 'Zoho CRM', orgIdKind: 'zoid', orgId: '20000000001', subject: 'At once', description: 'No waiting.', superadminEmail: 'admin@large.example' });
  await host.until(() => find('pd-submit') !== null && find('pd-superadmin-email')?.value !== '');
  await host.do(() => find('pd-submit').click());
  await host.appears('pd-receipt');
});

test('the network comes to rest, closed and open', async ({ host, site }) => {
  await host.open();
  const quiet = async () => {
    const count = () => host.do(() => performance.getEntriesByType('resource').length);
    await expect
      .poll(async () => {
        const before = (await count()) + site.requests.length;
        await host.do(() => new Promise((later) => setTimeout(later, 500)));
        return (await count()) + site.requests.length - before;
      })
      .toBe(0);
  };
  await quiet();
  await guestContract(host, { visit: quiet });
});
