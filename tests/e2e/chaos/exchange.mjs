// One HTTP exchange on a connection of its own, so that what happens to it happens to nothing else.
// Must never repeat anything by itself: a request that is sent twice here was meant to be.
import { request as httpRequest } from 'node:http';

/** Longer than any answer takes on a busy machine: who waits until then has found something. */
const PATIENCE_MS = 30_000;

/** No whole answer came: the outcome is not known. */
export class NoAnswer extends Error {}

/**
 * Sends and gives `{ status, headers, body }`, the body as a Buffer.
 * `sendOnly`: so many bytes of the body are sent, then the connection is cut. `patience`: who waited so
 * many milliseconds goes away.
 */
export function exchange(base, { method = 'GET', path, headers = {}, body, patience = PATIENCE_MS, sendOnly }) {
  const target = new URL(base);
  return new Promise((resolve, reject) => {
    const fail = (why) => (clearTimeout(limit), reject(new NoAnswer(why)));
    const outgoing = httpRequest({
      host: target.hostname,
      port: target.port,
      method,
      path,
      headers: { ...headers, ...(body && { 'content-length': body.length }) },
      agent: false,
    });
    const limit = setTimeout(() => outgoing.destroy(new Error('nobody waited any longer')), patience);
    outgoing.on('error', (cause) => fail(cause.code ?? cause.message));
    outgoing.on('close', () => fail('the connection ended'));
    outgoing.on('response', (incoming) => {
      const pieces = [];
      incoming.on('data', (piece) => pieces.push(piece));
      // Destroyed before its end: `close` without `complete`.
      incoming.on('error', () => {});
      incoming.on('close', () => {
        if (!incoming.complete) return fail('the answer was cut');
        clearTimeout(limit);
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(pieces) });
      });
    });
    if (sendOnly === undefined) {
      outgoing.end(body);
    } else {
      outgoing.flushHeaders();
      outgoing.write(body.subarray(0, sendOnly), () => outgoing.destroy());
    }
  });
}

/** The answer's JSON, or `null` if it is none. */
export function json({ body }) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
