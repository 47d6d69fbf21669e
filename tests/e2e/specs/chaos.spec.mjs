// The chaos suite in small, and the proof that it notices. `cargo xtask chaos` runs more of it.
import { expect, test } from '@playwright/test';
import { ApiUsers } from '../chaos/api-steps.mjs';
import { BrowserUsers } from '../chaos/browser-steps.mjs';
import { RULES } from '../chaos/client.mjs';
import { CALM, KINDS } from '../chaos/faults.mjs';
import { randomness } from '../chaos/random.mjs';
import { report, runSeeds, Tally, withBrowser } from '../chaos/run.mjs';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

/** What goes wrong every time, and what users do: file, and try again. */
const always = (kind) => ({ name: kind, share: 1, weights: { [kind]: 1 } });

test('nothing is lost and nothing there twice, whatever lies between client and endpoint', async () => {
  test.setTimeout(120_000);
  const tally = new Tally();
  const failed = await runSeeds(SEEDS, { tally, worlds: 3 });
  console.log(`${tally}`);
  expect(failed.map(report)).toEqual([]);
  expect(tally.missing(ApiUsers)).toEqual([]);
});

test('the real widget tells the truth through the same faults', async () => {
  test.setTimeout(240_000);
  const failed = await withBrowser((how) => runSeeds([1, 2, 3], how));
  expect(failed.map(report)).toEqual([]);
});

test('it is noticed: an endpoint that forgets what it told the widget', async () => {
  test.setTimeout(120_000);
  class Forgotten extends BrowserUsers {
    static STEPS = { write: 1, submit: 2 };

    constructor(parts) {
      super(parts);
      parts.world.weather(CALM);
    }

    async submit(random) {
      const said = await super.submit(random);
      await fetch(`${this.world.endpoint.url}/demo/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      return said;
    }
  }
  const [{ complaints }] = await withBrowser((how) => runSeeds([1], { ...how, Users: Forgotten }));
  expect(complaints.join('\n')).toMatch(/is filed, and it is not stored|was acknowledged as/);
});

test('the same seed is the same story', () => {
  const story = () => {
    const random = randomness('seed 7');
    return [random.below(1000), random.text(40), random.id(), random.fork('a').below(1000), random.weighted(KINDS)];
  };
  expect(story()).toEqual(story());
  expect(randomness('seed 8').id()).not.toEqual(randomness('seed 7').id());
});

for (const { mistake, weather, rules, found } of [
  {
    mistake: 'a client that makes a new key for each attempt',
    weather: always('drop-answer'),
    rules: { ...RULES, newKeyOnRetry: true },
    found: /is stored twice/,
  },
  {
    mistake: 'a client that takes no answer for a refusal',
    weather: always('drop-answer'),
    rules: { ...RULES, unknownIsRefused: true },
    found: /was refused and is stored|was refused and then accepted/,
  },
  {
    mistake: 'an acknowledgement that the endpoint never gave',
    weather: always('forge'),
    found: /was acknowledged as PS-EU-999999 and is not stored/,
  },
  {
    mistake: 'an answer that belongs to another request',
    weather: always('mix-up'),
    found: /two receipts|differs from its receipt|was acknowledged/,
  },
]) {
  test(`it is noticed: ${mistake}`, async () => {
    class Mistaken extends ApiUsers {
      static STEPS = { file: 1, retry: 2 };

      constructor(parts) {
        super(parts);
        parts.world.weather(weather);
      }
    }
    const failed = await runSeeds([1, 2, 3], { Users: Mistaken, worlds: 1, rules });
    expect(failed).toHaveLength(3);
    for (const { complaints } of failed) expect(complaints.join('\n')).toMatch(found);
  });
}
