// Accessibility with text of double size, as somebody sets it in the browser: of every state in `cargo xtask a11y`,
// of every other one by default. Those left out then are seen in long words (pseudo.spec.mjs).
import { langOf, LARGE_TEXT, look, pairs, problems, titleOf } from '../support/a11y.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { pathOf, states } from '../support/states.mjs';

const array = pairs(true);

test.use({ launchOptions: LARGE_TEXT });

const full = process.env.PARTNER_DESK_A11Y === 'full';

states.forEach((state, at) => {
  if (!full && at % 2 === 1) return;
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
