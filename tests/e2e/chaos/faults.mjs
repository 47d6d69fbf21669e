// What can go wrong between a client and the endpoint, and how often: the weather.
// Must never change what is sent or said, only whether, when and how often it arrives; a fault that made
// up an answer of the endpoint's would prove nothing (`forge` is for the test that we would notice).

/** Every kind that a run has to have seen, with its weight in ordinary bad weather. */
export const KINDS = {
  'drop-answer': 3, // handled, then the connection ends without a byte
  'reset-answer': 1, // handled, then the connection is reset
  'cut-answer': 2, // handled, a part of the answer arrives
  'cut-request': 2, // a part of the request's body arrives
  'hang-up': 2, // the whole request arrives, then the endpoint is left alone with it
  reset: 2, // reset before the endpoint has heard anything
  delay: 2, // slow both ways
  duplicate: 3, // arrives twice, at once or one after the other
  late: 2, // no answer; arrives much later, when the client has long gone on
  'status-502': 1, // a gateway's answer, with or without the endpoint having handled the request
  'status-503': 2,
  'status-504': 1,
};

const RETRY_AFTER = ['0', '1', '30', 'Wed, 21 Oct 2026 07:28:00 GMT'];

/** Draws the weather for the next steps: `{ name, share, weights }`. */
export function weather(random) {
  const name = random.weighted({ fair: 2, rain: 5, storm: 2, single: 3 });
  if (name === 'single') {
    return firstWeather(random.below(Object.keys(KINDS).length));
  }
  return { name, share: { fair: 0.1, rain: 0.35, storm: 0.8 }[name], weights: KINDS };
}

/** The weather that a seed begins with: one kind after the other, so that a dozen seeds in a row see all. */
export function firstWeather(seed) {
  const kinds = Object.keys(KINDS);
  const kind = kinds[seed % kinds.length];
  return { name: kind, share: 0.7, weights: { [kind]: 1 } };
}

export const CALM = { name: 'calm', share: 0, weights: {} };

/** The fault of one request, or `null`: a function of the weather and of the request's own chance. */
export function fault({ share, weights }, random, size) {
  if (!random.chance(share)) return null;
  const kind = random.weighted(weights);
  const both = [random.between(0, 25), random.between(0, 15)];
  return {
    kind,
    // Which part arrives; at least a byte is missing.
    part: Math.floor(random.chance(0.5) ? random.below(Math.max(1, size)) : Math.max(0, size - 1)),
    before: kind === 'delay' || kind === 'hang-up' ? both[0] : 0,
    after: kind === 'delay' ? both[1] : 0,
    handled: random.chance(0.5),
    together: random.chance(0.6),
    second: random.chance(0.5),
    status: Number(kind.split('-')[1]) || 0,
    retryAfter: random.chance(0.5) ? random.pick(RETRY_AFTER) : null,
  };
}
