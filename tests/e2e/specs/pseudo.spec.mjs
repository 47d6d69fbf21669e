// In a language that is 40 % longer than English nothing is cut off, and nothing lies over anything else: in every
// state by `cargo xtask a11y`, in every other one by default. Those left out then are seen in large text
// (a11y-text.spec.mjs).
import { cut } from '../support/a11y.mjs';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { replaceCatalogue } from '../support/drafts.mjs';
import { catalogue, speakPseudo } from '../support/pseudo.mjs';
import { pathOf, states } from '../support/states.mjs';

/** Texts of which one lies over another, as far as what scrolls shows them. */
function overlaps(page) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const texts = [];
    const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent || !parent.checkVisibility() || parent.closest('.pd-hidden, svg, select, style')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        let { left, right, top, bottom } = box;
        for (let at = parent; at; at = at.parentElement) {
          if (getComputedStyle(at).overflowY === 'visible') continue;
          const outer = at.getBoundingClientRect();
          [left, right] = [Math.max(left, outer.left), Math.min(right, outer.right)];
          [top, bottom] = [Math.max(top, outer.top), Math.min(bottom, outer.bottom)];
        }
        // A list that is open lies over the form.
        const list = parent.closest('[role="listbox"]');
        if (right - left > 1 && bottom - top > 1) texts.push({ node, list, left, right, top, bottom });
      }
    }
    const found = [];
    for (const [at, a] of texts.entries()) {
      for (const b of texts.slice(at + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        // Lines of one size share a little of their height.
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (a.node !== b.node && a.list === b.list && wide > 2 && high > 5) found.push(`${a.node.data} × ${b.node.data}`);
      }
    }
    return found;
  });
}

test.beforeEach(({ complaints }) => complaints.allow(NETWORK_ERROR));

const full = process.env.PARTNER_DESK_A11Y === 'full';
const LANGS = ['de', 'ar'];

test.describe('every state', () => {
  test.beforeEach(async ({ page }) => {
    for (const lang of LANGS) replaceCatalogue(lang, catalogue());
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await speakPseudo(page, ...LANGS);
  });
  test.afterEach(() => LANGS.forEach((lang) => replaceCatalogue(lang)));

  for (const state of full ? states : states.filter((_, at) => at % 2 === 1)) {
    test(`${state.name}: all of it is there, left to right and, on a phone, right to left`, async ({ endpoint, page }) => {
      const [first, then] = LANGS;
      const app = page.locator('.pd-app');
      const sound = async (where) => {
        expect.soft(await cut(page), `${where}: cut off`).toEqual([]);
        expect.soft(await overlaps(page), `${where}: one over another`).toEqual([]);
      };
      await page.goto(pathOf(state, first));
      await state.reach(page, endpoint);
      if (state.name !== 'closed') await expect(app).toHaveAttribute('lang', first);
      await sound('left to right');
      // A person changes over with everything as it is: quicker than getting there once more, and nothing may be lost.
      await page.locator('partner-desk').evaluate((element, lang) => element.setAttribute('lang', lang), then);
      await page.setViewportSize({ width: 375, height: 812 });
      if (state.name !== 'closed') {
        await expect(app).toHaveAttribute('lang', then);
        await expect(app).toHaveAttribute('dir', 'rtl');
      }
      await sound('right to left');
    });
  }
});

test('what is cut off or lies over another is noticed', async ({ desk, page }) => {
  await desk.openForm();
  const spoil = (rule) =>
    page.locator('partner-desk').evaluate(({ shadowRoot }, text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    }, rule);
  expect(await overlaps(page)).toEqual([]);
  expect(await cut(page)).toEqual([]);
  await spoil('.pd-app .pd-field__hint { margin-block-start: -20px; white-space: nowrap }');
  expect(await overlaps(page)).not.toEqual([]);
  expect(await cut(page)).not.toEqual([]);
});
