// What a screen reader is told in every state, on a desktop: the tree of accessibility, against the kept one in
// snapshots/a11y-tree/. A tree that has changed for a reason is accepted by PARTNER_DESK_TREES=accept, and read
// in the commit like any other change.
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { pathOf, states } from '../support/states.mjs';
import { standStill } from '../support/still.mjs';
import { faultsOf, forgetTree, keepTree, keptTree, keptTrees, treeOf } from '../support/tree.mjs';

const accept = process.env.PARTNER_DESK_TREES === 'accept';
const HOW = 'if it is meant to: PARTNER_DESK_TREES=accept npx playwright test --project=e2e a11y-tree';

test.describe.configure({ mode: 'parallel' });
test.use({ timezoneId: 'UTC' });

/** The tree once nothing changes it any more. */
async function settled(page) {
  let before;
  await expect
    .poll(async () => {
      const [last, now] = [before, await treeOf(page)];
      before = now;
      return now === last;
    }, { intervals: [500] })
    .toBe(true);
  return before;
}

for (const state of states) {
  test(`${state.name}: its tree is the kept one, and whatever needs a name has one`, async ({ complaints, endpoint, page }) => {
    complaints.allow(NETWORK_ERROR);
    await standStill(page);
    await page.goto(pathOf(state));
    await state.reach(page, endpoint);
    if (accept) keepTree(state.name, await settled(page));
    const kept = keptTree(state.name);
    expect(kept, `no tree of ${state.name} is kept; ${HOW}`).not.toBeNull();
    expect(faultsOf(kept)).toEqual([]);
    await expect.poll(() => treeOf(page), { message: `the tree has changed; ${HOW}`, timeout: 5_000 }).toBe(kept);
  });
}

test('every tree that is kept is of a state', () => {
  const names = states.map(({ name }) => name);
  const stray = keptTrees().filter((name) => !names.includes(name));
  if (accept) stray.forEach(forgetTree);
  else expect(stray, `trees of no state; ${HOW}`).toEqual([]);
});

test('what needs a name and has none is noticed, and so are titles and places that are not told apart', () => {
  const sound = '- dialog "Help Center":\n  - heading "Help" [level=2]\n  - button "Close"\n  - region "A":\n  - region "B"\n';
  expect(faultsOf(sound)).toEqual([]);
  expect(faultsOf(`${sound}  - button\n`)).toEqual(['without a name: - button']);
  expect(faultsOf(`${sound}  - textbox: typed\n`)).toEqual(['without a name: - textbox: typed']);
  expect(faultsOf(`${sound}  - 'link "Read: this"':\n`)).toEqual([]);
  expect(faultsOf(sound.replace('"B"', '"A"'))).toEqual(['two places with one name: A']);
  expect(faultsOf(sound.replace('[level=2]', '[level=3]'))).toEqual(['dialogs: 1, titles: ']);
  expect(faultsOf(`${sound}  - heading "More" [level=2]\n`)).toEqual(['dialogs: 1, titles: Help, More']);
  expect(faultsOf('\n')).toEqual(['nothing is there']);
});
