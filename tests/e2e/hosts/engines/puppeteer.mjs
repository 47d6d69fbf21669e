// Chromium over its own protocol and Firefox over WebDriver BiDi, both by puppeteer-core.
import puppeteer from 'puppeteer-core';
import { args } from '../../playwright.config.mjs';
import { program } from './programs.mjs';

export const chromium = (window) =>
  start(window, {
    browser: 'chrome',
    executablePath: program('PARTNER_DESK_CHROMIUM', 'chromium', 'chromium-browser', 'google-chrome'),
    args,
  });

export const firefox = (window) =>
  start(window, {
    browser: 'firefox',
    executablePath: program('PARTNER_DESK_FIREFOX', 'firefox-esr', 'firefox'),
  });

async function start(window, options) {
  const browser = await puppeteer.launch({ headless: true, defaultViewport: window, ...options });
  return {
    async newTab() {
      const context = await browser.createBrowserContext();
      return tab(await context.newPage(), context);
    },
    close: () => browser.close(),
  };
}

function tab(page, context) {
  let crashed = false;
  page.on('error', () => (crashed = true));
  return {
    goto: (url) => page.goto(url, { waitUntil: 'domcontentloaded' }),
    run: (expression) => page.evaluate(expression),
    move: (x, y) => page.mouse.move(x, y),
    click: (x, y) => page.mouse.click(x, y),
    async drag(from, to) {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to, { steps: 5 });
      await page.mouse.up();
    },
    type: (text) => page.keyboard.type(text),
    async press(combination) {
      const keys = combination.split('+');
      const last = keys.pop();
      for (const key of keys) await page.keyboard.down(key);
      await page.keyboard.press(last);
      for (const key of keys.reverse()) await page.keyboard.up(key);
    },
    screenshot: async () => Buffer.from(await page.screenshot()),
    dead: async () => crashed || page.isClosed(),
    close: () => context.close(),
  };
}
