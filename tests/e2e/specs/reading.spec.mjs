// A request opens where one begins to read, with as little foot as it takes, and stays where somebody reads.
import { agent as agentOf } from '../support/agent.mjs';
import { large } from '../support/drafts.mjs';
import { expect, test as base } from '../support/desk-test.mjs';
import { keptToHold } from '../support/kept.mjs';

const test = base.extend({
  agent: async ({ endpoint, fresh }, use) => use(await agentOf(endpoint)),
});

const long = 'We have looked into it, and this is what we have found so far. '.repeat(8);
const messages = (desk) => desk.at('pd-message');

/** A request in which an agent has written so many long messages since it was filed. */
async function answered(stored, agent, count) {
  const { reference } = await stored.file(large);
  for (let n = 1; n <= count; n += 1) await agent.act(reference, 'replies', { text: `${n}: ${long}` });
  return reference;
}

/** How far down in the panel's scroller something begins, in px. */
const below = (locator) =>
  locator.evaluate((element) => element.getBoundingClientRect().top - element.closest('.pd-scroll').getBoundingClientRect().top);

const scrolled = (desk) => desk.at('pd-conversation').evaluate((element) => element.closest('.pd-scroll').scrollTop);

async function shown(desk, reference) {
  await desk.request(reference).click();
  await desk.at('pd-conversation').waitFor();
}

for (const viewport of [{ width: 1280, height: 800 }, { width: 320, height: 568 }]) {
  test(`it opens at the first answer that is new, at ${viewport.width} px`, async ({ agent, desk, page, stored }) => {
    await page.setViewportSize(viewport);
    const reference = await answered(stored, agent, 4);
    await desk.open();
    await shown(desk, reference);
    await expect.poll(() => below(messages(desk).nth(1))).toBeLessThan(40);
    expect(await below(messages(desk).nth(1))).toBeGreaterThanOrEqual(0);
    expect(await page.evaluate(() => window.scrollY), 'the page stays').toBe(0);
    await expect.poll(() => page.locator('partner-desk').evaluate(({ shadowRoot }) => shadowRoot.activeElement?.id)).toBe('pd-title');
  });
}

test('what is read opens at its last message, and what arrives meanwhile moves nothing', async ({ agent, desk, stored }) => {
  const reference = await answered(stored, agent, 3);
  await desk.open();
  await shown(desk, reference);
  await expect(desk.at('pd-unread')).toHaveCount(0);
  await desk.page.reload();
  await desk.launch();
  await shown(desk, reference);
  await expect(messages(desk).last()).toBeInViewport();
  const before = await scrolled(desk);
  await agent.act(reference, 'replies', { text: `4: ${long}` });
  await expect(messages(desk)).toHaveCount(5);
  expect(await scrolled(desk)).toBe(before);
});

test('come back to it, it is at its end again; with news, at the news', async ({ agent, desk, stored }) => {
  const reference = await answered(stored, agent, 3);
  await desk.open();
  await shown(desk, reference);
  await expect(desk.at('pd-unread')).toHaveCount(0);
  await desk.at('pd-back').click();
  await shown(desk, reference);
  await expect(messages(desk).last()).toBeInViewport();
  await desk.at('pd-back').click();
  await agent.act(reference, 'replies', { text: `4: ${long.repeat(4)}` });
  await expect(desk.at('pd-request', { reference, unread: 'true' })).toBeVisible();
  await shown(desk, reference);
  await expect(messages(desk)).toHaveCount(5);
  await expect.poll(() => scrolled(desk)).toBeGreaterThan(0);
});

test('the reply is one line until somebody goes to it', async ({ agent, desk, page, stored }) => {
  const reference = await answered(stored, agent, 2);
  await desk.open();
  await shown(desk, reference);
  const foot = desk.at('pd-reply').locator('xpath=ancestor::*[contains(@class, "pd-foot")]');
  const height = async () => (await foot.boundingBox()).height;
  const small = await height();
  expect(small).toBeLessThan(90);
  await expect(desk.at('pd-reply')).toHaveAccessibleName(desk.text('reply.label'));
  await expect(desk.at('pd-close-request')).toBeVisible();
  await expect(desk.at('pd-reply-send')).toBeHidden();
  await desk.at('pd-reply').click();
  await expect(desk.at('pd-reply-send')).toBeVisible();
  await expect(desk.at('pd-reply')).toBeFocused();
  await expect(messages(desk).last(), 'the foot covers nothing of the end').toBeInViewport();
  await page.keyboard.type('Half a thought');
  await keptToHold(page, 'Half a thought');
  await desk.at('pd-back').click();
  await shown(desk, reference);
  await expect(desk.at('pd-reply-send'), 'a draft is shown whole').toBeVisible();
  await desk.at('pd-reply').fill('');
  await desk.at('pd-back').click();
  await shown(desk, reference);
  await expect(desk.at('pd-reply-send')).toBeHidden();
  await desk.at('pd-reply').focus();
  await page.keyboard.press('Escape');
  await expect(desk.at('pd-panel'), 'Escape closes the panel').toBeHidden();
});
