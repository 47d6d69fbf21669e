// One endpoint with its proxy, and what can be done to them: weather, kills, restarts, a clock that moves.
// Must never act as a user, nor tell the model anything.
import { startEndpoint } from '../support/process.mjs';
import { exchange, json } from './exchange.mjs';
import { CALM, fault } from './faults.mjs';
import { startProxy } from './proxy.mjs';
import { truth } from './truth.mjs';

/** `settings` are the endpoint's; `count(what)` is told of everything that happened. */
export async function startWorld({ settings = ['--demo'], count = () => {} } = {}) {
  const endpoint = await startEndpoint(settings);
  const state = { random: null, weather: CALM, advanced: 0, tokens: new Map(), arrivals: new Map(), told: () => {} };
  const note = (kind) => (count(`fault ${kind}`), state.told(kind));

  /** A request's own chance: by what it is and how often it came, not by what else goes on. */
  function draw({ method, path, headers, size }) {
    const what = `${method} ${path} ${headers['idempotency-key'] ?? headers['upload-name'] ?? ''}`;
    const arrival = (state.arrivals.get(what) ?? 0) + 1;
    state.arrivals.set(what, arrival);
    const drawn = fault(state.weather, state.random.fork(`${what} ${arrival}`), size);
    if (drawn?.status) count(`answer with${drawn.retryAfter === null ? 'out' : ''} Retry-After`);
    return drawn;
  }

  const proxy = await startProxy({ target: () => endpoint.url, draw, note });

  async function control(path, body = {}) {
    const headers = { 'content-type': 'application/json' };
    const answer = await exchange(endpoint.url, { method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  }

  /** A token as a host page's own server would give it. */
  async function token(user, fresh = false) {
    if (fresh || !state.tokens.has(user)) {
      state.tokens.set(user, json(await exchange(endpoint.url, { path: `/demo/token?user=${user}` })).token);
    }
    return state.tokens.get(user);
  }

  /** After a restart the demo's clock is the machine's again; time does not go back for that. */
  async function restart() {
    await endpoint.restart();
    if (state.advanced > 0) await control('/demo/clock', { advance_ms: state.advanced });
  }

  return {
    /** What users talk to. */
    url: proxy.url,
    endpoint,
    token,
    /** Counts something that users did, as the proxy counts what it did. */
    note,
    truth: truth(endpoint, (fresh) => token('superadmin', fresh)),
    /** Nothing stored, good weather, the machine's time. `told(kind)` hears of faults. */
    async begin(random, told) {
      Object.assign(state, { random, told, weather: CALM, advanced: 0, tokens: new Map(), arrivals: new Map() });
      await control('/demo/reset');
    },
    weather(next) {
      state.weather = next;
    },
    /** Every request that came has been dealt with; those that are late have not. */
    quiet: () => proxy.idle(),
    late: () => proxy.late(),
    release: () => proxy.release(),
    async moveClock(milliseconds) {
      state.advanced += milliseconds;
      await control('/demo/clock', { advance_ms: milliseconds });
    },
    /** The endpoint is killed, finishing nothing, and started again on what it left. */
    async kill() {
      note('kill');
      await endpoint.kill();
      await restart();
    },
    /** It is told to stop and started again; whether it ended well. */
    async stop() {
      note('stop');
      const code = await endpoint.end();
      await restart();
      return code === 0;
    },
    async end() {
      await proxy.stop();
      await endpoint.stop();
    },
  };
}
