// The chaos suite as a command: `cargo xtask chaos` calls it. Many seeds, a few at a time; the last line is
// `N passed, N failed`. Must never end well if a kind of fault did not happen.
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { args, executablePath } from '../playwright.config.mjs';
import { site } from '../support/process.mjs';
import { ApiUsers } from './api-steps.mjs';
import { BrowserUsers } from './browser-steps.mjs';
import { KINDS } from './faults.mjs';
import { runSeed } from './seed.mjs';
import { startWorld } from './world.mjs';

/** Two cores, and seeds wait for disk and for one another's pauses. */
const WORLDS = 4;
/** A browser keeps the cores busy. */
const BROWSER_WORLDS = 2;
/** So many seeds have seen everything; fewer may not. */
const ENOUGH = 12;
const NEEDED = [...Object.keys(KINDS), 'kill', 'stop', 'leave'];
const ANSWERS = ['with Retry-After', 'without Retry-After'];

/** How often each thing happened. */
export class Tally {
  #counts = new Map();
  count = (what) => void this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);

  /** What should have happened and did not. */
  missing(Users) {
    const needed = [
      ...NEEDED.map((kind) => `fault ${kind}`),
      ...ANSWERS.map((kind) => `answer ${kind}`),
      ...Object.keys(Users.STEPS).map((name) => `step ${name}`),
    ];
    return needed.filter((what) => !this.#counts.has(what));
  }

  toString() {
    return [...this.#counts].sort().map(([what, count]) => `${String(count).padStart(7)} ${what}`).join('\n');
  }
}

/** Runs seeds on so many worlds at once; `done(result)` is told of each. Gives the failed ones. */
export async function runSeeds(seeds, { Users = ApiUsers, tally = new Tally(), worlds = WORLDS, done = () => {}, settings, ...options }) {
  const waiting = [...seeds];
  const failed = [];
  const work = async () => {
    const world = await startWorld({ settings, count: tally.count });
    try {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const result = await runSeed(world, { seed, Users, count: tally.count, ...options });
        if (result.complaints.length > 0) failed.push(result);
        done(result);
      }
    } finally {
      await world.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(worlds, waiting.length) }, work));
  return failed;
}

/** The real widget in a real browser, in place of an API client. */
export async function withBrowser(run) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    return await run({ Users: BrowserUsers, browser, worlds: BROWSER_WORLDS, settings: ['--demo', '--site', site] });
  } finally {
    await browser.close();
  }
}

/** A failed seed, for people: what is wrong, and what had happened. */
export const report = ({ seed, complaints, trace, browser }) =>
  [`FAILED seed ${seed}`, ...complaints.map((line) => `  ${line}`), ...trace, `again: cargo xtask chaos ${browser ? '--browser ' : ''}--seed ${seed}`].join('\n');

async function main() {
  const { values } = parseArgs({ options: { seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' }, browser: { type: 'boolean' } } });
  const first = Number(values.seed ?? values.from ?? 1);
  const count = values.seed === undefined ? Number(values.seeds ?? (values.browser ? 10 : 100)) : 1;
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const tally = new Tally();
  const start = performance.now();
  let slowest = { milliseconds: 0 };
  console.log(`seeds ${first} to ${first + count - 1}`);
  const run = (how) => runSeeds(seeds, {
    ...how,
    tally,
    done(result) {
      result.browser = values.browser;
      if (result.milliseconds > slowest.milliseconds) slowest = result;
      if (result.complaints.length > 0) console.log(report(result));
      else if (count === 1) console.log(result.trace.join('\n'));
    },
  });
  const failed = values.browser ? await withBrowser(run) : await run({});
  console.log(`${tally}`);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${seconds.toFixed(1)} s; the slowest was seed ${slowest.seed} with ${(slowest.milliseconds / 1000).toFixed(1)} s`);
  const missing = count >= ENOUGH ? tally.missing(values.browser ? BrowserUsers : ApiUsers) : [];
  for (const what of missing) console.log(`FAILED: ${what} never happened`);
  const lost = failed.length + missing.length;
  console.log(`${count - failed.length} passed, ${lost} failed`);
  // Not by itself: where connections were reset, Node.js 20 may wait for them without end.
  process.exit(lost === 0 ? 0 : 1);
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
