// Chance from a seed: the same words give the same numbers, on every machine.
// Must never look at the clock, at Math.random or at who asked first: whatever acts at the same time as
// something else takes a `fork` of its own, so that its luck does not depend on the order of arrival.

/** `{ below, between, chance, pick, weighted, text, bytes, id, fork }`, all drawn from one name. */
export function randomness(name) {
  const next = generator(name);
  const below = (count) => Math.floor(next() * count);
  const random = {
    /** A whole number from 0 to count - 1. */
    below,
    /** A whole number from least to most. */
    between: (least, most) => least + below(most - least + 1),
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)],
    /** A key of `{ key: weight }`. */
    weighted(weights) {
      const entries = Object.entries(weights).filter(([, weight]) => weight > 0);
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return entries.at(-1)[0];
    },
    /** Words of several scripts, `length` characters, with nothing that a form trims or refuses. */
    text(length) {
      let text = '';
      while (text.length < length) text += `${random.pick(WORDS)} `;
      return `${[...text].slice(0, Math.max(0, length - 1)).join('').trimEnd()}.`;
    },
    bytes(length) {
      const words = new Uint32Array(Math.ceil(length / 4));
      for (let index = 0; index < words.length; index += 1) words[index] = next() * 2 ** 32;
      return Buffer.from(words.buffer, 0, length);
    },
    /** 32 hexadecimal digits. */
    id: () => random.bytes(16).toString('hex'),
    /** Chance of its own for a part of the story. */
    fork: (part) => randomness(`${name}/${part}`),
  };
  return random;
}

const WORDS = ['contacts', 'do', 'not', 'sync', 'Größe', 'naïve', 'Ελληνικά', '日本語', 'مرحبا', '🙂', '"quoted"', '\\n', '<b>'];

/** Numbers from 0 up to 1: the words of a hash of the name, then a small fast counter-based mixer. */
function generator(name) {
  let state = 0x811c9dc5;
  for (const char of name) state = Math.imul(state ^ char.codePointAt(0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
