// Accessibility of every state: what a program can judge of it. By default every state is seen in one view of
// an array in which every two ways of looking meet; PARTNER_DESK_A11Y=full (`cargo xtask a11y`) takes every way.
import { eligible, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { langOf, look, MODES, pairs, problems, spread, titleOf } from '../support/a11y.mjs';
import { pathOf, states } from '../support/states.mjs';

const full = process.env.PARTNER_DESK_A11Y === 'full';
const array = pairs(false);

// One worker would take half an hour for every way of looking.
test.describe.configure({ mode: 'parallel' });

states.forEach((state, at) => {
  const view = array[at % array.length];
  const modes = full ? MODES : [{ name: titleOf(view), view }];
  for (const { name, view } of modes) {
    test(`${state.name}, ${name}, then 320 px and text spacing: nothing to find`, async ({ complaints, endpoint, page }) => {
      complaints.allow(NETWORK_ERROR);
      await look(page, view);
      await page.goto(pathOf(state, langOf(view)));
      await state.reach(page, endpoint);
      expect.soft(await problems(page, view, { state: state.name, view: name })).toEqual({});
      await spread(page);
      await page.setViewportSize({ width: 320, height: 640 });
      const small = { state: state.name, view: '320 px, text spacing' };
      expect.soft(await problems(page, { ...view, phone: true }, small), '320 px').toEqual({});
    });
  }
});

/** Whether what has focus is seen: nothing else lies over its middle. */
function focusIsSeen(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const at = shadowRoot.activeElement;
    const { left, top, width, height } = at.getBoundingClientRect();
    const middle = [left + width / 2, Math.min(top + height / 2, top + 20)];
    return at.contains(shadowRoot.elementFromPoint(...middle));
  });
}

for (const [zoom, viewport] of [
  ['a small phone', { width: 375, height: 667 }],
  ['400 % zoom', { width: 320, height: 256 }],
]) {
  test(`on ${zoom} every field of a complete form is seen while it has focus`, async ({ desk, page }) => {
    await page.setViewportSize(viewport);
    await desk.openForm();
    await desk.fill({ ...large, superadmin_unknown: true });
    await desk.field('service').focus();
    const hidden = [];
    const reached = new Set();
    while ((await desk.focused()) !== 'pd-submit' && reached.size < 25) {
      const at = await desk.focused();
      reached.add(at);
      if (!(await focusIsSeen(page))) hidden.push(at);
      await page.keyboard.press('Tab');
    }
    expect([...reached]).toContain('pd-zuid');
    expect(hidden).toEqual([]);
    expect(await focusIsSeen(page), 'pd-submit').toBe(true);
  });
}

test('live regions are there, and silent, before they speak', async ({ context, desk, page }) => {
  await context.grantPermissions(['clipboard-write']);
  await desk.open();
  const status = await desk.at('pd-live').elementHandle();
  const alert = await page.locator('partner-desk').evaluateHandle(({ shadowRoot }) =>
    shadowRoot.querySelector('[role="alert"][aria-live="assertive"]'),
  );
  const said = (region) => region.evaluate(({ isConnected, textContent }) => [isConnected, textContent]);
  expect(await status.getAttribute('role')).toBe('status');
  expect(await said(status)).toEqual([true, '']);
  expect(await said(alert)).toEqual([true, '']);
  await desk.toForm();
  await desk.fill(eligible);
  await desk.submit();
  const { reference } = await desk.receipt();
  expect(await said(status)).toEqual([true, desk.text('say.filed', { reference })]);
  await desk.at('pd-copy').click();
  await expect(desk.at('pd-live')).toHaveText(desk.text('receipt.copied'));
  expect((await said(status))[0], 'still the same region').toBe(true);
});

test('a failed attempt is announced by a region that was there before', async ({ complaints, desk, endpoint, page }) => {
  complaints.allow(NETWORK_ERROR);
  await endpoint.faults([{ method: 'POST', path: '/v1/tickets', do: 'status', status: 503 }]);
  await desk.openForm();
  const alert = await page.locator('partner-desk').evaluateHandle(({ shadowRoot }) =>
    shadowRoot.querySelector('[role="alert"][aria-live="assertive"]'),
  );
  await desk.fill(eligible);
  await desk.submit();
  await expect(desk.at('pd-retry')).toBeVisible();
  await expect
    .poll(() => alert.evaluate(({ isConnected, textContent }) => isConnected && textContent))
    .toBe(desk.text('fault.server', { status: 503 }));
});

test('the number of services that fit is announced once typing pauses', async ({ desk }) => {
  await desk.openForm();
  await desk.field('service').pressSequentially('campai');
  await expect(desk.at('pd-service-option')).toHaveCount(1);
  await expect(desk.at('pd-live')).toContainText('1 ');
  await expect(desk.at('pd-live')).not.toBeEmpty();
});
