// Accessibility of every state: what a program can judge of it. There is no list of exceptions.
import AxeBuilder from '@axe-core/playwright';
import { eligible, large } from '../support/drafts.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { states } from '../support/states.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DESKTOP = { width: 1280, height: 800 };

/** Rule by rule, which elements break it; of the whole page, or only of the widget. */
async function findings(page, part = 'html') {
  const axe = new AxeBuilder({ page }).include(part).withTags(TAGS).setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.flat().join(' '))]);
}

/** References between elements that lead nowhere: ids count only inside their own root. */
function danglingReferences(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const names = ['aria-controls', 'aria-labelledby', 'aria-describedby', 'aria-activedescendant', 'for'];
    return names.flatMap((name) =>
      [...shadowRoot.querySelectorAll(`[${name}]`)]
        .filter((element) => element.checkVisibility())
        .flatMap((element) =>
          element
            .getAttribute(name)
            .split(/\s+/)
            .filter((id) => !shadowRoot.getElementById(id))
            .map((id) => `${element.localName}[${name}~=${id}]`),
        ),
    );
  });
}

/** Controls below 24 px in either direction; the label of a box is part of its target. */
function smallTargets(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const controls = 'button, input, select, textarea, summary, [role=option], [role=tab]';
    const size = (element) => {
      const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
      const span = (from, to) => Math.max(...boxes.map(to)) - Math.min(...boxes.map(from));
      return [
        span((box) => box.left, (box) => box.right),
        span((box) => box.top, (box) => box.bottom),
      ];
    };
    return [...shadowRoot.querySelectorAll(controls)]
      .filter((element) => element.checkVisibility())
      .map((element) => [element.dataset.testid ?? element.className, ...size(element)])
      .filter(([, width, height]) => width < 24 || height < 24)
      .map(([name, width, height]) => `${name}: ${width} × ${height}`);
  });
}

/** What would have to be scrolled sideways, or is cut off. */
function tooWide(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll('*')]
      .filter((element) => element.checkVisibility() && element.clientWidth > 1)
      .filter((element) => {
        const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
        const { left, right } = element.getBoundingClientRect();
        const cut = overflowX !== 'visible' && textOverflow !== 'ellipsis';
        const typed = /^(input|textarea|select)$/.test(element.localName);
        const outside = clipPath === 'none' && (left < -1 || right > innerWidth + 1);
        return outside || (cut && !typed && element.scrollWidth > element.clientWidth + 1);
      })
      .map((element) => element.dataset.testid ?? element.getAttribute('class') ?? element.localName),
  );
}

/** Test ids that must be there once and are there twice. */
function doubled(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const many = [
      ...['pd-request', 'pd-service-option', 'pd-access-row', 'pd-access-level', 'pd-access-change'],
      ...['pd-steps', 'pd-question', 'pd-ask'],
      ...['pd-outbox-send', 'pd-outbox-edit', 'pd-outbox-show', 'pd-outbox-cancel'],
      ...['pd-attachment', 'pd-attachment-retry', 'pd-attachment-remove'],
    ];
    const ids = [...shadowRoot.querySelectorAll('[data-testid]')].map((element) => element.dataset.testid);
    return ids.filter((id, at) => ids.indexOf(id) !== at && !many.includes(id));
  });
}

for (const state of states) {
  test(`${state.name}: nothing to find`, async ({ complaints, endpoint, page }) => {
    complaints.allow(NETWORK_ERROR);
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.setViewportSize(DESKTOP);
    await page.goto(state.path ?? '/');
    await state.reach(page, endpoint);
    expect.soft(await findings(page), 'desktop').toEqual([]);
    expect.soft(await smallTargets(page), 'desktop').toEqual([]);
    expect.soft(await danglingReferences(page)).toEqual([]);
    expect.soft(await doubled(page)).toEqual([]);

    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await findings(page, 'partner-desk'), 'dark').toEqual([]);

    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 375, height: 812 });
    expect.soft(await findings(page, 'partner-desk'), '375 px').toEqual([]);
    expect.soft(await smallTargets(page), '375 px').toEqual([]);

    await page.setViewportSize({ width: 320, height: 640 });
    expect.soft(await tooWide(page), '320 px').toEqual([]);
  });
}

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
