// How the end-to-end tests run. `cargo xtask test --only e2e` builds everything and calls this;
// by hand: `cargo xtask build && cargo build -p partner-endpoint && npx playwright test`.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const results = process.env.PARTNER_DESK_RESULTS ?? join(tmpdir(), `partner-desk-e2e-${process.pid}`);

/** The system's Chromium: the tests never download a browser. */
export const executablePath =
  process.env.PARTNER_DESK_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** `--no-sandbox` because CI runs as root; nothing is looked up outside this machine. */
export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

export default defineConfig({
  // What is published (`packages/`) needs `cargo xtask dist`. Host pages (`hosts/`) run in three engines of their own (`hosts/engines/`), everything else in Chromium.
  projects: [
    { name: 'e2e', testDir: 'specs' },
    { name: 'packages', testDir: 'packages' },
    // Three endpoints on one database that nobody else uses. Who comes back to another instance waits for a moment.
    {
      name: 'instances',
      testDir: 'specs',
      testMatch: 'day.spec.mjs',
      timeout: 60_000,
      expect: { timeout: 20_000 },
      use: { database: process.env.PARTNER_DESK_POSTGRES ?? 'postgres://PARTNER_DESK_POSTGRES.invalid/none' },
    },
    ...['chromium', 'firefox', 'webkit'].map((engineName) => ({
      name: `hosts-${engineName}`,
      testDir: 'hosts',
      // For engines that end under a page, which is marked; any other failure stays one (xtask/src/check/count.rs).
      retries: 1,
      use: { engineName },
    })),
  ],
  outputDir: join(results, 'failures'),
  // Each worker has its own endpoint with its own data. With two of them two cores are idle for nearly half of the time.
  workers: 3,
  retries: 0,
  // A test that fails only sometimes is a failed test; one that is left out too.
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(results, 'report.json') }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { executablePath, args },
    screenshot: 'only-on-failure',
    // A trace of every test costs half of the run; PARTNER_DESK_TRACE=1 asks for it.
    trace: process.env.PARTNER_DESK_TRACE ? 'retain-on-failure' : 'off',
  },
});
