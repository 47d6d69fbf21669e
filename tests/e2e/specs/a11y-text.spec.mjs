// Accessibility of every state with text of double size, as somebody sets it in the browser.
import { langOf, LARGE_TEXT, look, pairs, problems, titleOf } from '../support/a11y.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { pathOf, states } from '../support/states.mjs';

const array = pairs(true);

test.use({ launchOptions: LARGE_TEXT });

states.forEach((state, at) => {
  const view = array[at % array.length];
  test(`${state.name}, 200 %, ${titleOf(view)}: nothing to find`, async ({ complaints, endpoint, page }) => {
    complaints.allow(NETWORK_ERROR);
    await look(page, view);
    await page.goto(pathOf(state, langOf(view)));
    await state.reach(page, endpoint);
    const size = await page.locator('.pd-root').evaluate((root) => getComputedStyle(root).fontSize);
    expect(size).toBe('32px');
    expect(await problems(page, view, { state: state.name, view: '200 %' })).toEqual({});
  });
});
