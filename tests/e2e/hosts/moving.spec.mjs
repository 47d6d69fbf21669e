// Moving the launcher in each engine, on a customer's page.
import { expect, test } from './support/test.mjs';

const WINDOW_WIDTH = 1280;
const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];

test('drawn away it opens nothing, and stays there over a reload; arrow keys bring it back', async ({ host }) => {
  await host.open();
  await host.hover('pd-launcher');
  await host.until(() => find('pd-launcher').hasAttribute('aria-keyshortcuts'));
  await host.tab.drag(middle(await host.place('pd-launcher')), [160, 240]);
  await host.until(() => localStorage['partner-desk']?.startsWith('start|'));
  const put = await host.place('pd-launcher');
  expect(Math.round(put.x)).toBe(16);
  await host.vanishes('pd-panel');
  await host.open();
  expect(await host.place('pd-launcher')).toEqual(put);
  await host.launch();
  await host.click('pd-close');
  await host.vanishes('pd-panel');
  await host.do(() => find('pd-launcher').focus());
  await host.tab.press('ArrowRight');
  const back = await host.place('pd-launcher');
  expect(Math.round(back.x + back.width)).toBe(WINDOW_WIDTH - 16);
});
