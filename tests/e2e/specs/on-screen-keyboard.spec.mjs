// A phone's keyboard makes only the visual viewport smaller. No browser on a desk can show one, so the page is
// told what a phone's browser would tell it.
import { expect, test } from '../support/desk-test.mjs';

const PHONE = { width: 375, height: 667 };

/** Makes the visual viewport this high, moved down by `top`, and tells. */
const leave = (page, height, top = 0, scale = 1) =>
  page.evaluate(
    ([height, top, scale]) => {
      const say = (name, value) => Object.defineProperty(visualViewport, name, { configurable: true, get: () => value });
      say('height', height);
      say('offsetTop', top);
      say('scale', scale);
      visualViewport.dispatchEvent(new Event('resize'));
    },
    [height, top, scale],
  );

const panel = (desk) => desk.at('pd-panel').boundingBox();

/** Whether the middle of what has focus is seen in this part of the screen. */
const seen = (page, from, to) =>
  page.locator('partner-desk').evaluate(
    ({ shadowRoot }, [from, to]) => {
      const at = shadowRoot.activeElement;
      const { left, top, width, height } = at.getBoundingClientRect();
      const middle = top + Math.min(height, to - from) / 2;
      return middle > from && middle < to && at.contains(shadowRoot.elementFromPoint(left + width / 2, middle));
    },
    [from, to],
  );

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true });

  test('every field of the form stands above the keyboard while it has focus', async ({ desk, page }) => {
    await desk.openForm();
    for (const name of ['service', 'org-id', 'subject', 'description', 'superadmin-email']) {
      await desk.field(name).focus();
      await leave(page, 320);
      await expect.poll(() => panel(desk), name).toMatchObject({ y: 0, height: 320 });
      expect(await seen(page, 0, 320), name).toBe(true);
      await leave(page, PHONE.height);
      await expect.poll(() => panel(desk)).toMatchObject({ y: 0, height: PHONE.height });
    }
  });

  test('a browser that moves the viewport instead of the page', async ({ desk, page }) => {
    await desk.openForm();
    await desk.field('description').focus();
    await leave(page, 330, 90);
    await expect.poll(() => panel(desk)).toMatchObject({ y: 90, height: 330 });
    expect(await seen(page, 90, 420)).toBe(true);
  });

  test('the keyboard of a panel that was closed does not make the next one small', async ({ desk, page }) => {
    await desk.openForm();
    await desk.field('subject').focus();
    await leave(page, 320);
    await desk.at('pd-close').click();
    await leave(page, PHONE.height);
    await desk.launch();
    await expect.poll(() => panel(desk)).toMatchObject({ y: 0, height: PHONE.height });
  });

  test('who zooms in has the panel as large as before', async ({ desk, page }) => {
    await desk.openForm();
    await leave(page, 333, 100, 2);
    await expect.poll(() => panel(desk)).toMatchObject({ y: 0, height: PHONE.height });
  });

  test('nothing stands under a notch or a home bar', async ({ desk, page }) => {
    const screen = await page.context().newCDPSession(page);
    await screen.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 50, bottom: 34, left: 0, right: 0 } });
    await desk.goto();
    const launcher = await desk.at('pd-launcher').boundingBox();
    expect(launcher.y + launcher.height).toBe(PHONE.height - 34 - 16);
    await desk.launch();
    await expect.poll(() => panel(desk)).toMatchObject({ x: 0, y: 0, ...PHONE });
    const top = async (id) => (await desk.at(id).boundingBox()).y;
    const bottom = async (id) => (await top(id)) + (await desk.at(id).boundingBox()).height;
    // The target reaches a little above its icon.
    expect(await top('pd-close')).toBeGreaterThanOrEqual(50 - 6);
    await desk.toForm();
    expect(await bottom('pd-submit')).toBeLessThanOrEqual(PHONE.height - 34);
  });
});

test('on a wide screen the panel goes its own way', async ({ desk, page }) => {
  await desk.openForm();
  const before = await panel(desk);
  await desk.field('subject').focus();
  await leave(page, 300);
  expect(await panel(desk)).toEqual(before);
});
