// Which pictures there are, and which of them are kept.
//
//   everyPicture()   each state on each screen in each look, in four languages
//   keptPictures()   those that docs/screens/index.md shows: the page is the list, there is no other
//   scenes(pictures) what can be taken in one go, with `take`, in a browser from `launchFor`
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { args, executablePath } from '../playwright.config.mjs';
import { pathOf, states } from './states.mjs';
import { standStill } from './still.mjs';

/** Where the kept ones are. */
export const KEPT = fileURLToPath(new URL('../../../docs/screens/', import.meta.url));

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 375, height: 812 }, hasTouch: true },
};
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
};
/** Short words, long words, right to left, and no spaces. */
const LANGUAGES = ['en', 'de', 'ar', 'ja'];
/** The page may show the others, too. */
const MORE_LANGUAGES = ['fr', 'nl', 'es', 'pt-BR', 'hi'];

/** A state that is about a language is seen in no other. */
const languagesOf = (state, all) => {
  const own = new URL(pathOf(state), 'http://desk').searchParams.get('lang');
  return own ? [own] : all;
};

const inLanguages = (all) =>
  states.flatMap((state) =>
    Object.keys(SCREENS).flatMap((screen) =>
      Object.keys(LOOKS).flatMap((look) =>
        languagesOf(state, all).map((lang) => ({ name: `${state.name}-${screen}-${look}-${lang}`, state, screen, look, lang })),
      ),
    ),
  );

export const everyPicture = () => inLanguages(LANGUAGES);

const shownBy = (page) => [...page.matchAll(/\]\(([^)]+)\.png\)/g)].map(([, name]) => name);

/** Fails if the page shows what there is no picture of, or one of them twice. */
export function keptPictures(page = readFileSync(`${KEPT}index.md`, 'utf8')) {
  const known = new Map(inLanguages([...LANGUAGES, ...MORE_LANGUAGES]).map((picture) => [picture.name, picture]));
  const names = shownBy(page);
  const wrong = names.filter((name, at) => !known.has(name) || names.indexOf(name) !== at);
  if (wrong.length > 0) throw new Error(`docs/screens/index.md: unknown, or shown twice: ${wrong.join(', ')}`);
  return names.map((name) => known.get(name));
}

/** The names of the files beside the page. */
export const keptFiles = () =>
  readdirSync(KEPT)
    .filter((file) => file.endsWith('.png'))
    .map((file) => file.replace(/\.png$/, ''));

/** What the page's address looks like, whatever the port is: the widget shows it here and there. */
const ADDRESS = 'http://localhost/';

export const launchFor = (endpoint) =>
  chromium.launch({ executablePath, args: [...args, `--host-resolver-rules=MAP localhost ${new URL(endpoint.url).host}`] });

/** Forced colours show a caret that is to be hidden; then it shall at least not blink. */
async function steadyCaret(page) {
  await page.locator('partner-desk').evaluate(({ shadowRoot }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { caret-animation: manual }');
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
  });
}

/** Pictures that differ in nothing but their look: a state is reached once for all of them. */
export function scenes(pictures) {
  const found = new Map();
  for (const picture of pictures) {
    const scene = [picture.state.name, picture.screen, picture.lang].join();
    found.set(scene, [...(found.get(scene) ?? []), picture]);
  }
  return [...found.values()];
}

/** Takes the pictures of one scene, in a browser for this endpoint alone; gives pairs of name and bytes. */
export async function take(scene, browser, endpoint) {
  const [{ state, screen, lang }] = scene;
  await endpoint.reset();
  const context = await browser.newContext({
    ...SCREENS[screen],
    baseURL: ADDRESS,
    reducedMotion: 'reduce',
    locale: lang,
    timezoneId: 'UTC',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await standStill(page);
    await page.goto(pathOf(state, lang));
    await state.reach(page, endpoint);
    // Nothing is hovered over by chance.
    await page.mouse.move(0, 0);
    await steadyCaret(page);
    const taken = [];
    for (const { name, look } of scene) {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...LOOKS[look] });
      taken.push([name, await page.screenshot({ animations: 'disabled', caret: 'hide' })]);
    }
    return taken;
  } finally {
    await context.close();
  }
}
