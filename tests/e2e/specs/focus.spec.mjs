// Focus on a slow machine: what the browser does between an update and its drawing neither loses it
// nor pulls it from where somebody has gone.
import { expect, test } from '../support/desk-test.mjs';

/** Time seems to jump, so that whoever drawing in slices lets the browser's events in between each. */
async function slow(page) {
  await page.addInitScript(() => {
    const real = Date.now.bind(Date);
    let asked = 0;
    Date.now = () => real() + (asked++ % 2) * 17;
    const wait = globalThis.setTimeout;
    globalThis.setTimeout = (work, ms, ...rest) => wait(work, ms || 30, ...rest);
  });
}

async function straightToForm(desk, page) {
  await desk.goto();
  await page.locator('partner-desk').evaluate((element) => element.open('add-ticket'));
  await desk.at('pd-live').waitFor({ state: 'attached' });
}

test('a button that goes with its click leaves focus in the panel', async ({ desk, page }) => {
  await slow(page);
  await desk.open();
  await desk.toHelp();
  for (let round = 0; round < 3; round += 1) {
    await desk.at('pd-help-search').fill('xyzzy');
    await expect(desk.at('pd-question')).toHaveCount(0);
    await desk.at('pd-help-clear').click();
    await expect(desk.at('pd-help-clear')).toHaveCount(0);
    await expect.poll(() => desk.focused()).toBe('pd-title');
  }
});

test('the form comes late and leaves focus where somebody has taken it', async ({ desk, endpoint, page }) => {
  await endpoint.faults([{ method: 'GET', path: '/v1/session', do: 'delay', delay_ms: 1500 }]);
  await straightToForm(desk, page);
  await desk.tabTo('pd-close');
  await expect(desk.at('pd-subject')).toBeVisible();
  await page.waitForTimeout(300);
  expect(await desk.focused()).toBe('pd-close');
});

test('the form comes late and takes focus that nobody has moved', async ({ desk, endpoint, page }) => {
  await endpoint.faults([{ method: 'GET', path: '/v1/session', do: 'delay', delay_ms: 500 }]);
  await straightToForm(desk, page);
  await expect.poll(() => desk.focused()).toBe('pd-service');
});

test('whoever goes to a field before the form is done stays there', async ({ desk, endpoint, page }) => {
  await slow(page);
  await endpoint.faults([{ method: 'GET', path: '/v1/session', do: 'delay', delay_ms: 500 }]);
  await straightToForm(desk, page);
  // As quick as anybody can be: in the first moment that the browser gives away.
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('partner-desk');
    const observer = new MutationObserver(() => {
      const subject = shadowRoot.querySelector('[data-testid="pd-subject"]');
      if (!subject) return;
      observer.disconnect();
      setTimeout(() => subject.focus(), 1);
    });
    observer.observe(shadowRoot, { childList: true, subtree: true });
  });
  await expect(desk.at('pd-subject')).toBeFocused();
  await page.waitForTimeout(300);
  expect(await desk.focused()).toBe('pd-subject');
});

test('whoever goes to the page before the panel is drawn stays there', async ({ desk, page }) => {
  await slow(page);
  await desk.open();
  await desk.at('pd-close').click();
  const elsewhere = await page.evaluate(async () => {
    const control = document.body.appendChild(document.createElement('input'));
    document.querySelector('partner-desk').open('add-ticket');
    control.focus();
    await new Promise((later) => setTimeout(later, 500));
    return document.activeElement === control;
  });
  expect(elsewhere).toBe(true);
});
