// Pictures of every state of the widget, desktop and 375 px, light and dark.
// `cargo xtask screenshots` calls this; the states are in support/states.mjs.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { args, executablePath } from './playwright.config.mjs';
import { controls } from './support/endpoint.mjs';
import { startEndpoint } from './support/process.mjs';
import { pathOf, states } from './support/states.mjs';

const SCREENS = [
  ['desktop', { width: 1280, height: 800 }],
  ['phone', { width: 375, height: 812 }],
];
const wanted = states.filter((state) => state.name.includes(process.argv[2] ?? ''));
const folder = process.env.PARTNER_DESK_SCREENSHOTS ?? 'screenshots';

await mkdir(folder, { recursive: true });
const running = await startEndpoint();
const browser = await chromium.launch({ executablePath, args });
let failed = 0;
try {
  for (const [screen, viewport] of SCREENS) {
    for (const colorScheme of ['light', 'dark']) {
      for (const state of wanted) await picture(state, screen, viewport, colorScheme);
    }
  }
} finally {
  await browser.close();
  await running.stop();
}
process.exitCode = failed === 0 ? 0 : 1;

async function picture(state, screen, viewport, colorScheme) {
  const endpoint = controls(running.url);
  await endpoint.reset();
  const context = await browser.newContext({
    baseURL: running.url,
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    hasTouch: screen === 'phone',
  });
  const name = `${state.name}-${screen}-${colorScheme}`;
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(pathOf(state));
    await state.reach(page, endpoint);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(name);
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${error.message}`);
  } finally {
    await context.close();
  }
}
