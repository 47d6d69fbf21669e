// One seed: draws steps, carries them out, and has the model look after each of them.
// Must never know how users reach the endpoint; that is what `Users` is for: a class with `STEPS` (weights
// by name), `step(name, random)`, `calm()` and, if there is something to put away, `end()`.
import { CALM } from './faults.mjs';
import { Model } from './model.mjs';
import { randomness } from './random.mjs';

/** Runs a seed on a world. Gives `{ seed, complaints, trace, milliseconds }`; a seed without complaints is green. */
export async function runSeed(world, { seed, Users, count = () => {}, ...options }) {
  const start = performance.now();
  const random = randomness(`seed ${seed}`);
  const model = new Model();
  const trace = [];
  const complaints = [];
  const look = async (when, depth) => {
    await model.check(world.truth, depth);
    complaints.push(...model.complaints().map((complaint) => `${when}: ${complaint}`));
  };
  let users;
  try {
    await world.begin(random.fork('faults'), (kind) => trace.push(`     ${kind}`));
    users = new Users({ world, model, random: random.fork('users'), seed, ...options });
    const length = random.between(8, 18);
    for (let number = 1; number <= length && complaints.length === 0; number += 1) {
      const name = random.weighted(Users.STEPS);
      count(`step ${name}`);
      const at = trace.push('') - 1;
      const said = await users.step(name, random.fork(`step ${number}`));
      trace[at] = `${String(number).padStart(3)}  ${name}: ${said}`;
      await world.quiet();
      await look(`after step ${number}, ${name}`);
    }
    if (complaints.length === 0) {
      world.weather(CALM);
      await users.calm();
      await world.quiet();
      await look('in the end', { whole: true });
      const flaws = await world.truth.check();
      if (flaws) complaints.push(`partner-endpoint check: ${flaws}`);
    }
  } catch (cause) {
    complaints.push(`could not go on: ${cause.stack ?? cause}`);
  } finally {
    await users?.end?.();
  }
  return { seed, complaints, trace, milliseconds: performance.now() - start };
}
