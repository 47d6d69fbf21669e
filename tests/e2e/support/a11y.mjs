// What a program can judge of a screen: rules of axe, targets, references, reflow. There is no list of exceptions.
//
//   MODES           the ways of looking, one at a time: `{ name, view }`
//   pairs(large)    views in which every two ways meet once, with text of usual or of double size
//   look(page, view) before the page is opened; `langOf(view)` is the language to ask for
//   problems(page, view, at) name → findings, empty where there are none; what was looked at is noted in the report
//   cut(page)        what is cut off, or has to be scrolled sideways
//   spread(page)     text as far apart as a reader may ask for
import AxeBuilder from '@axe-core/playwright';
import { test } from '@playwright/test';
import { args, executablePath } from '../playwright.config.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rule by rule, which elements break it; of the whole page, or only of the widget. */
async function findings(page, part = 'html') {
  const axe = new AxeBuilder({ page }).include(part).withTags(TAGS).setLegacyMode();
  const { violations, passes } = await axe.analyze();
  const broken = violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.flat().join(' '))]);
  return { broken, passes: passes.map(({ id, tags, nodes }) => [id, tags.filter((tag) => /^wcag\d{3,}$/.test(tag)), nodes.length]) };
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

/** Controls smaller than this, in px, in either direction; the label of a box is part of its target. */
function smallTargets(page, least) {
  return page.locator('partner-desk').evaluate(({ shadowRoot }, least) => {
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
      .filter(([, width, height]) => width < least || height < least)
      .map(([name, width, height]) => `${name}: ${width} × ${height}`);
  }, least);
}

/** What would have to be scrolled sideways, or is cut off. */
export function cut(page) {
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
      ...['pd-message', 'pd-change', 'pd-outgoing', 'pd-message-file', 'pd-download', 'pd-look', 'pd-picture'],
    ];
    const ids = [...shadowRoot.querySelectorAll('[data-testid]')].map((element) => element.dataset.testid);
    return ids.filter((id, at) => ids.indexOf(id) !== at && !many.includes(id));
  });
}

/** A browser whose reader has asked for text of double size. */
export const LARGE_TEXT = { executablePath, args: [...args, '--blink-settings=defaultFontSize=32'] };

const ONE = { phone: false, dark: false, forced: false, still: false, rtl: false };
const mode = (name, change) => ({ name, view: { ...ONE, ...change } });

export const MODES = [
  mode('desktop', {}),
  mode('375 px', { phone: true }),
  mode('dark', { dark: true }),
  mode('forced colours', { forced: true }),
  mode('reduced motion', { still: true }),
  mode('right to left', { rtl: true }),
];

/** An orthogonal array of strength two: the size of text is its third column. */
export const pairs = (large) =>
  [0, 1, 2, 3].map((bits) => {
    const [a, b, c] = [Boolean(bits & 1), Boolean(bits & 2), large];
    return { phone: a, dark: b, forced: a !== b, still: a !== c, rtl: b !== c };
  });

export const titleOf = (view) =>
  ['phone', 'dark', 'forced', 'still', 'rtl'].filter((name) => view[name]).join(', ') || 'desktop';

export const langOf = (view) => (view.rtl ? 'ar' : undefined);

export async function look(page, view) {
  await page.emulateMedia({
    colorScheme: view.dark ? 'dark' : 'light',
    forcedColors: view.forced ? 'active' : 'none',
    reducedMotion: view.still ? 'reduce' : 'no-preference',
  });
  await page.setViewportSize(view.phone ? { width: 375, height: 812 } : { width: 1280, height: 800 });
}

/** The values of WCAG 1.4.12. */
export async function spread(page) {
  await page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
  });
}

export async function problems(page, view, at) {
  // What moves would be judged half-way.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { broken, passes } = await findings(page, view.phone || view.dark || view.forced ? 'partner-desk' : 'html');
  const found = {
    rules: broken,
    targets: await smallTargets(page, view.phone ? 44 : 24),
    references: await danglingReferences(page),
    doubled: await doubled(page),
    cut: await cut(page),
  };
  test.info().annotations.push({ type: 'seen', description: JSON.stringify({ ...at, passes, own: Object.keys(found).length - 1 }) });
  return Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0));
}
