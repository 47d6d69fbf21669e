// Where a page may put the widget: other directions, frames, dialogs, small screens.
import { guestContract } from './support/contract.mjs';
import { expect, test } from './support/test.mjs';

test('on a page from right to left the widget stands at its end, the left', async ({ engineName, host }) => {
  await host.open({ html: 'dir="rtl"', body: '<h1>Shop</h1>', attributes: 'dc="eu" lang="ar"' });
  const launcher = await host.reach('pd-launcher');
  expect(launcher.x).toBe(16);
  await guestContract(host, {
    visit: async () => {
      await host.picture(`rtl-${engineName}`);
      expect(await host.place('pd-panel')).toMatchObject({ x: 16, width: 420, over: null });
    },
  });
});

/** A page with the widget's page in a frame of this size. */
async function openFramed(host, site, { width, height, ...pieces }) {
  const inner = { path: '/inner', ...pieces };
  site.put('/inner', host.html(inner));
  await host.open({
    element: `<iframe src="/inner" width="${width}" height="${height}" style="border: 0; margin: 20px"></iframe>`,
    loader: host.loaderTag(),
  });
  const token = await host.endpoint.token();
  await host.until(() => Boolean(frames[0]?.customElements.get('partner-desk')));
  await host.do((token) => {
    for (const desk of frames[0].document.querySelectorAll('partner-desk')) desk.tokenProvider = async () => token;
  }, token);
}

test('in a frame the widget stays in the frame, and the page around it is untouched', async ({ host, site }) => {
  await openFramed(host, site, { width: 700, height: 600 });
  await host.launch();
  const panel = await host.place('pd-panel');
  const page = await host.do(() => {
    const { x, y } = frames[0].frameElement.getBoundingClientRect();
    return { x, y };
  });
  expect(panel).toMatchObject({ x: page.x + 700 - 436, width: 420, height: 568, over: null });
  await host.file();
  await host.press('Escape');
  await host.vanishes('pd-panel');
  await host.expectFocus('pd-launcher');
  const report = await host.report();
  expect(report.elements).toBe(0);
  expect(report.mutations).toEqual([]);
  expect(report.complaints).toEqual([]);
});

// WebKitGTK's window cannot be that narrow, so the phone is a frame; to the widget it is the same.
test.describe('on a phone', () => {
  const PHONE = { width: 375, height: 667 };

  test('by its offset the launcher leaves a button of the page free', async ({ engineName, host, site }) => {
    const style = '<style>#buy { position: fixed; inset: auto 0 0; height: 64px; width: 100% }</style>';
    const body = '<button id="buy" onclick="document.title = \'bought\'">Buy</button>';
    await openFramed(host, site, { ...PHONE, head: style, body, attributes: 'dc="eu" offset-block="80"' });
    const launcher = await host.reach('pd-launcher');
    const buy = await host.reach('buy');
    expect(launcher.y + launcher.height).toBeLessThanOrEqual(buy.y);
    await host.picture(`phone-closed-${engineName}`);
    await host.click('buy');
    expect(await host.do(() => frames[0].document.title)).toBe('bought');
    await host.launch();
    expect(await host.place('pd-panel')).toMatchObject({ ...PHONE, over: null });
  });

  test('no field is written so small that the page is enlarged, and the one in use is in view', async ({ engineName, host, site }) => {
    await openFramed(host, site, PHONE);
    await host.launch();
    await host.click('pd-add-ticket');
    await host.appears('pd-superadmin-email');
    const sizes = await host.do(() =>
      [...find('pd-panel').querySelectorAll('input:not([type=checkbox], [type=file]), textarea, select')].map((field) => parseFloat(getComputedStyle(field).fontSize)),
    );
    expect(sizes.length).toBeGreaterThan(4);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
    await host.click('pd-service');
    for (const field of ['pd-org-id-kind', 'pd-org-id', 'pd-subject', 'pd-description', 'pd-superadmin-email']) {
      await host.press('Tab');
      await host.expectFocus(field);
      // Its first line: a text area may be taller than what is left of the screen.
      const inView = (hook) => {
        const { x, y, width } = find(hook).getBoundingClientRect();
        return find(hook).getRootNode().elementFromPoint(x + width / 2, y + 20) === find(hook);
      };
      await host.until(inView, field);
    }
    await host.picture(`phone-form-${engineName}`);
  });
});

test('in a modal dialog of the page the widget can be used, and Escape closes it first', async ({ engineName, host }) => {
  await host.open({ element: `<dialog id="dialog"><h1>Order</h1><button id="own">Own</button>${host.element()}</dialog>` });
  await host.do(() => document.getElementById('dialog').showModal());
  const isOpen = () => host.do(() => document.getElementById('dialog').open);
  await host.launch();
  await host.picture(`dialog-${engineName}`);
  await host.click('pd-add-ticket');
  await host.type('pd-subject', 'Contacts');
  expect(await host.value('pd-subject')).toBe('Contacts');
  await host.press('Escape');
  await host.vanishes('pd-panel');
  expect(await isOpen()).toBe(true);
  await host.expectFocus('pd-launcher');
  await host.press('Escape');
  await host.until(() => !document.getElementById('dialog').open);
});
