// More than one element, and elements that come and go.
import { expectNoTrace } from './support/contract.mjs';
import { expect, test } from './support/test.mjs';

const wasmRequests = ({ requests }) => requests.filter((line) => line.includes('.wasm')).length;

test('two widgets that keep nothing share one app and nothing else', async ({ host, site }) => {
  await host.open({
    element: `<div id="first">${host.element('dc="us" position="start" storage="off"')}</div><div id="second">${host.element('dc="eu" storage="off"')}</div>`,
  });
  await expectNoTrace(host);
  await host.launch('#first');
  await host.launch('#second');
  expect(wasmRequests(site)).toBe(1);
  await host.click('pd-add-ticket', '#first');
  await host.type('pd-subject', 'Only here', '#first');
  await host.click('pd-add-ticket', '#second');
  await host.appears('pd-subject', '#second');
  expect(await host.value('pd-subject', '#second')).toBe('');
  await host.press('Escape');
  await host.vanishes('pd-panel', '#second');
  expect(await host.shown('pd-panel', '#first')).toBe(true);
  await host.do(() => document.querySelector('#second partner-desk').destroy());
  expect(await host.value('pd-subject', '#first')).toBe('Only here');
  await host.type('pd-subject', '!', '#first');
  expect(await host.value('pd-subject', '#first')).toContain('!');
  expect((await host.report()).complaints).toEqual([]);
});

test('the loader embedded twice is one loader', async ({ host }) => {
  const count = 'onload="window.loads = (window.loads ?? 0) + 1"';
  await host.open({ head: host.loaderTag(count), script: count });
  await host.until(() => window.loads === 3);
  await host.launch();
  expect(await host.do(() => document.querySelectorAll('partner-desk').length)).toBe(1);
  expect((await host.events()).map(({ type }) => type).sort()).toEqual(['pd-open', 'pd-ready']);
  expect((await host.report()).complaints).toEqual([]);
});

test('a page that changes by itself takes the widget along, or leaves it', async ({ host }) => {
  await host.open({ body: '<nav id="bar"></nav><main id="main"></main>' });
  await host.launch();
  await host.click('pd-add-ticket');
  await host.type('pd-subject', 'Still here');
  // Moved with the next view: what is typed stays.
  await host.do(() => {
    history.pushState({}, '', '/view-2');
    document.getElementById('main').append(document.querySelector('partner-desk'));
  });
  await host.appears('pd-subject');
  expect(await host.value('pd-subject')).toBe('Still here');
  // Left behind: body replaced.
  await host.do(() => {
    history.pushState({}, '', '/view-3');
    document.body.replaceChildren(document.createElement('main'));
  });
  const { listeners, functions, globals, complaints, elements } = await host.report();
  expect({ listeners, functions, globals, complaints, elements }).toEqual({ listeners: [], functions: [], globals: ['PartnerDesk'], complaints: [], elements: 0 });
  // And embedded again by the view after that.
  await host.do((endpoint) => void PartnerDesk.mount({ dc: 'eu', endpoint }), host.endpoint.url);
  await host.identify(await host.endpoint.token());
  await host.launch();
  await host.click('pd-add-ticket');
  await host.appears('pd-subject');
});

test('an element removed and put back starts afresh, a hundred of them leave nothing', async ({ host }) => {
  await host.open();
  await host.launch();
  await host.do(async () => {
    const desk = document.querySelector('partner-desk');
    desk.remove();
    await new Promise((later) => setTimeout(later));
    document.body.append(desk);
  });
  await host.vanishes('pd-panel');
  await host.launch();
  await host.do(async () => {
    document.querySelector('partner-desk').destroy();
    for (let turn = 0; turn < 100; turn += 1) {
      const desk = PartnerDesk.mount({ dc: 'eu', endpoint: 'https://desk.invalid' });
      desk.open();
      desk.destroy();
    }
    await new Promise((later) => setTimeout(later, 100));
  });
  const { listeners, markup, complaints, elements } = await host.report();
  expect({ listeners, complaints, elements }).toEqual({ listeners: [], complaints: [], elements: 0 });
  expect(markup).toBe(host.start.markup);
});

test('after another has signed in, nothing of the one before is left', async ({ host }) => {
  await host.open({ user: 'superadmin' });
  await host.launch();
  const reference = await host.file(undefined, 'The first one’s');
  await host.press('Escape');
  await host.vanishes('pd-panel');
  await host.click('pd-launcher');
  await host.do(() => document.querySelector('partner-desk').open('add-ticket'));
  await host.type('pd-description', 'A draft of the first one');
  await host.do(() => document.querySelector('partner-desk').destroy());
  await host.do((endpoint) => void PartnerDesk.mount({ dc: 'eu', endpoint }), host.endpoint.url);
  await host.identify(await host.endpoint.token('member'));
  await host.launch();
  // A member sees only what is his own, and that is nothing.
  const seen = await host.do(() => find('pd-panel').textContent);
  expect(seen).not.toContain(reference);
  expect(seen).not.toContain('The first one’s');
  await host.click('pd-add-ticket');
  await host.appears('pd-description');
  expect(await host.value('pd-description')).toBe('');
  expect(await host.value('pd-subject')).toBe('');
});
