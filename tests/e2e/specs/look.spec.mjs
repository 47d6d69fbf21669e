// What a page may set of the widget's look, and that it cannot set anything unreadable.
import { expect, test } from '../support/desk-test.mjs';
import { eligible } from '../support/drafts.mjs';
import { ask, openHostPage } from '../support/host-page.mjs';

const set = (page, properties) =>
  page.locator('partner-desk').evaluate((element, properties) => {
    for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  }, properties);

/** Every hue, pale and deep, and what people really call their brand. */
const ACCENTS = [
  ...[0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330].flatMap((hue) =>
    [15, 50, 85].map((light) => `hsl(${hue} 100% ${light}%)`),
  ),
  ...['#fff', '#000', '#808080', '#ff0', 'rebeccapurple', 'color(display-p3 0 1 0)', 'oklch(0.9 0.3 110)', '#e2231a80'],
];

/** Text that stands out too little from what it stands on: `text: ratio`. Colours as they are painted, by a canvas. */
const faint = (page, least) =>
  page.locator('partner-desk').evaluate(({ shadowRoot }, least) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const paint = (...colours) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((value) => (value /= 255) && (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    /** The colours behind an element, from the back. Behind all of them is a page as the scheme has it. */
    const behind = (element) => {
      const layers = [];
      for (let node = element; node instanceof Element; node = node.parentElement) layers.unshift(getComputedStyle(node).backgroundColor);
      return [matchMedia('(prefers-color-scheme: dark)').matches ? '#111' : '#fff', ...layers];
    };
    const found = [];
    for (const element of shadowRoot.querySelectorAll('*')) {
      const text = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data.trim()).join('');
      if (!text || !element.checkVisibility() || element.localName === 'option') continue;
      const back = behind(element);
      const [a, b] = [luminance(paint(...back)), luminance(paint(...back, getComputedStyle(element).color))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < least) found.push(`${text.slice(0, 30)}: ${ratio.toFixed(2)}`);
    }
    return found;
  }, least);

for (const colorScheme of ['light', 'dark']) {
  test(`whatever the accent, everything can be read, ${colorScheme}`, async ({ desk, page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await desk.goto();
    const faults = {};
    const judge = async (where) => {
      for (const accent of [...ACCENTS, 'not a colour']) {
        await set(page, { '--pd-accent': accent });
        const found = await faint(page, 4.5);
        if (found.length) faults[`${where}, ${accent}`] = found;
      }
    };
    await judge('closed');
    await desk.launch();
    await judge('requests');
    await desk.toForm();
    await desk.fill(eligible);
    await desk.expectOutcome('undecided');
    await judge('form');
    await desk.submit();
    await desk.receipt();
    await judge('receipt');
    expect(faults).toEqual({});
  });
}

test('the accent is the page’s where it can be read, and the same in every part', async ({ desk, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await desk.goto();
  await set(page, { '--pd-accent': 'rgb(139, 0, 0)' });
  const colour = (id) =>
    desk.at(id).evaluate((element) => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    });
  // Rounding on the way through another colour space is all that may differ.
  const isDarkRed = ([r, g, b]) => Math.abs(r - 139) < 3 && g < 3 && b < 3;
  expect(isDarkRed(await colour('pd-launcher'))).toBe(true);
  await desk.launch();
  expect(isDarkRed(await colour('pd-add-ticket'))).toBe(true);
});

test('font, radius and spacing are the page’s, within limits', async ({ desk, page }) => {
  await desk.goto();
  await set(page, { '--pd-font': 'Courier, monospace', '--pd-radius': '0px', '--pd-space': '30px' });
  const style = (id) =>
    desk.at(id).evaluate((element) => {
      const { fontFamily, borderRadius } = getComputedStyle(element);
      return [fontFamily, borderRadius];
    });
  expect((await style('pd-launcher'))[0]).toBe('Courier, monospace');
  await desk.launch();
  expect(await style('pd-add-ticket')).toEqual(['Courier, monospace', '0px']);
  expect((await style('pd-panel'))[1]).toBe('0px');
  const inset = async () => (await page.locator('.pd-header__title').boundingBox()).x - (await desk.at('pd-panel').boundingBox()).x;
  // One px is the panel's border.
  expect(await inset()).toBe(31);
  await set(page, { '--pd-radius': '400px', '--pd-space': '400px' });
  expect(await style('pd-add-ticket')).toEqual(['Courier, monospace', '16px']);
  expect((await style('pd-panel'))[1]).toBe('24px');
  expect(await inset()).toBe(33);
});

test('a page’s own properties of other names change nothing', async ({ desk, page }) => {
  // The form: nothing in it comes or goes by itself, as what is loaded does.
  await desk.openForm();
  const look = () =>
    page.locator('partner-desk').evaluate(({ shadowRoot }) =>
      [...shadowRoot.querySelectorAll('*')].map((element) => {
        const { color, backgroundColor, borderRadius, padding, fontFamily } = getComputedStyle(element);
        return [color, backgroundColor, borderRadius, padding, fontFamily].join();
      }),
    );
  const before = await look();
  const names = ['--accent', '--on', '--edge', '--radius', '--pd-ink', '--pd-surface', '--pd-line', '--pd-accent-soft', '--pd-critical'];
  await set(page, Object.fromEntries(names.map((name) => [name, 'red'])));
  expect(await look()).toEqual(before);
});

for (const [how, media, attributes, moves] of [
  ['comes up from where the launcher is', 'no-preference', 'dc="eu"', true],
  ['stands still for who asks for it', 'reduce', 'dc="eu"', false],
  ['stands still in tests', 'no-preference', 'dc="eu" qa="2026-11-23T09:00:00Z"', false],
]) {
  test(`the panel ${how}`, async ({ desk, page }) => {
    await page.emulateMedia({ reducedMotion: media });
    await openHostPage(page, { attributes });
    // The styles come with the app, so it shows at the second opening.
    await desk.launch();
    await desk.at('pd-close').click();
    const moving = await ask(page, (element) => {
      element.open();
      const panel = element.shadowRoot.querySelector('.pd-panel');
      getComputedStyle(panel).opacity;
      return panel.getAnimations().length > 0;
    });
    expect(moving).toBe(moves);
    await expect(desk.at('pd-panel')).toHaveCSS('opacity', '1');
  });
}
