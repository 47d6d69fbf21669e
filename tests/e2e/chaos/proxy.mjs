// Stands on loopback between client and endpoint and lets the weather happen.
// Must never invent an answer of the endpoint's (two kinds at the end do, for the test that it is noticed),
// nor keep a request back for good: those that are late somebody lets go (`release`).
import { createServer, request as httpRequest } from 'node:http';
import { exchange, NoAnswer } from './exchange.mjs';

/** More than the endpoint takes. */
const BODY_MAX_BYTES = 32 * 1024 * 1024;
const EVENTS = '/v1/events';
/** A real proxy's are of one connection each. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'proxy-connection', 'upgrade', 'te', 'trailer'];

/**
 * `target()` is the endpoint's base URL; `draw({ method, path, headers, size })` the fault of a request, or
 * `null`; `note(kind)` is told of each fault that happened. Gives `{ url, idle(), late(), release(), stop() }`.
 */
export async function startProxy({ target, draw, note }) {
  const running = new Set();
  const late = [];
  const kept = {};

  const forward = (whole, extra) => exchange(target(), { ...whole, ...extra }).catch(nothing);

  async function handle(request, answer) {
    const whole = await read(request);
    if (!whole) return answer.destroy();
    const fault = draw({ ...whole, size: whole.body?.length ?? 0 });
    if (fault) note(fault.kind);
    return HAPPENINGS[fault?.kind ?? 'none']({ whole, fault, answer, forward, late, kept });
  }

  const server = createServer((request, answer) => {
    // A client that has gone is the client's business.
    answer.on('error', () => {});
    // A browser repeats a request by itself, unseen, when a connection that it had used before ends.
    answer.shouldKeepAlive = false;
    if (request.url === EVENTS) return stream(target(), request, answer);
    const work = handle(request, answer).finally(() => running.delete(work));
    running.add(work);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

  async function idle() {
    while (running.size > 0) await Promise.all(running);
  }

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Done when every request that came has been dealt with. */
    idle,
    late: () => late.length,
    /** Lets the requests that are late arrive, at once; done when the endpoint has answered them. */
    release: () => Promise.all(late.splice(0).map((arrive) => arrive())),
    async stop() {
      late.length = 0;
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await idle();
    },
  };
}

/**
 * Events go by as they come, until either side goes. They have no end to be waited for, and no fault is drawn for
 * them: when a browser opens a stream is not in the seed.
 */
function stream(target, { method, url: path, headers }, answer) {
  const { hostname: host, port } = new URL(target);
  const outgoing = httpRequest({ host, port, method, path, headers: passed(headers), agent: false });
  outgoing.on('error', () => answer.destroy());
  outgoing.on('response', (incoming) => {
    incoming.on('error', () => answer.destroy());
    answer.writeHead(incoming.statusCode, passed(incoming.headers));
    answer.flushHeaders();
    incoming.pipe(answer);
  });
  answer.on('close', () => outgoing.destroy());
  outgoing.end();
}

/** What each kind of fault does with a request. */
const HAPPENINGS = {
  none: async ({ whole, answer, forward }) => say(answer, await forward(whole)),
  async 'drop-answer'({ whole, answer, forward }) {
    await forward(whole);
    answer.socket?.end();
  },
  async 'reset-answer'({ whole, answer, forward }) {
    await forward(whole);
    resetConnection(answer);
  },
  async 'cut-answer'({ whole, answer, forward }) {
    const given = await forward(whole);
    if (!given || given.body.length === 0) return answer.destroy();
    answer.writeHead(given.status, passed(given.headers));
    // Half of it, and the announced length tells that it is not all.
    answer.write(given.body.subarray(0, Math.floor(given.body.length / 2)), () => answer.destroy());
  },
  async 'cut-request'({ whole, fault, answer, forward }) {
    if (whole.body) await forward(whole, { sendOnly: Math.min(fault.part, whole.body.length - 1) });
    answer.destroy();
  },
  async 'hang-up'({ whole, fault, answer, forward }) {
    await forward(whole, { patience: fault.before });
    answer.destroy();
  },
  async reset({ answer }) {
    resetConnection(answer);
  },
  async delay({ whole, fault, answer, forward }) {
    await passing(fault.before);
    const given = await forward(whole);
    await passing(fault.after);
    say(answer, given);
  },
  async duplicate({ whole, fault, answer, forward }) {
    const first = forward(whole);
    if (!fault.together) await first;
    const both = await Promise.all([first, forward(whole)]);
    say(answer, both[fault.second ? 1 : 0]);
  },
  async late({ whole, fault, answer, forward, late }) {
    late.push(() => forward(whole));
    if (fault.handled) refuse(answer, 504, null);
    else answer.destroy();
  },
  'status-502': gateway,
  'status-503': gateway,
  'status-504': gateway,
  /** Not weather, but for the test that it is noticed: the endpoint never hears of what is acknowledged here. */
  async forge({ answer }) {
    const receipt = Buffer.from(JSON.stringify({ reference: 'PS-EU-999999', classification: { outcome: 'standard' } }));
    say(answer, { status: 201, headers: { 'content-type': 'application/json' }, body: receipt });
  },
  /** The same: somebody else's receipt, the first of all. */
  async 'mix-up'({ whole, answer, forward, kept }) {
    const given = await forward(whole);
    if (whole.path === '/v1/tickets' && given?.status === 201) kept.first ??= given;
    say(answer, whole.path === '/v1/tickets' && kept.first ? kept.first : given);
  },
};

async function gateway({ whole, fault, answer, forward }) {
  if (fault.handled) await forward(whole);
  refuse(answer, fault.status, fault.retryAfter);
}

/** Who has gone already gets no reset: Node.js 20 would then never be done with the connection. */
function resetConnection({ socket }) {
  if (socket && !socket.destroyed && !socket.writableEnded && !socket.readableEnded) socket.resetAndDestroy();
  else socket?.destroy();
}

/** Gives the endpoint's answer on; without one, what proxies say of an endpoint that is gone. */
function say(answer, given) {
  if (!given) return refuse(answer, 502, null);
  answer.writeHead(given.status, passed(given.headers));
  answer.end(given.body);
}

function refuse(answer, status, retryAfter) {
  answer.writeHead(status, { 'content-type': 'text/html', ...(retryAfter !== null && { 'retry-after': retryAfter }) });
  answer.end(`<h1>${status}</h1>`);
}

const passed = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));

const passing = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Whatever ended an exchange, there is no answer to give on. */
function nothing(cause) {
  if (cause instanceof NoAnswer) return null;
  throw cause;
}

/** The whole request, or `null` if its sender went away. */
async function read(request) {
  const pieces = [];
  let size = 0;
  try {
    for await (const piece of request) {
      size += piece.length;
      if (size > BODY_MAX_BYTES) return null;
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  const { method, url: path } = request;
  const headers = passed(request.headers);
  delete headers['content-length'];
  return { method, path, headers, body: size > 0 ? Buffer.concat(pieces) : undefined };
}
