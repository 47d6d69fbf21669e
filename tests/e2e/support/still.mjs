// Time stands still for what is compared with what was kept: pictures, and trees of accessibility.
// Must never be used by a test of times: the page believes that it is always the same minute.

/** A Tuesday, as the page will have it; the seconds leave a state the rest of the minute to be reached. */
const NOW = Date.UTC(2026, 10, 24, 9, 0, 5);
const MINUTE = 60_000;
/** Pauses in typing are shorter than this, pauses before another try are longer. */
const LONG = 2_000;

/**
 * To be called right after the endpoint was reset and before the page is opened: from then on the page moves every
 * instant that it reads, its own and the endpoint's, by the same length, and cuts it off to the minute. Lengths of
 * time stay what they are.
 */
export async function standStill(page) {
  await page.addInitScript(
    ({ moved, minute, long }) => {
      const { now, parse } = Date;
      const still = (ms) => Math.floor((ms + moved) / minute) * minute;
      Date.now = () => still(now());
      // Days without a time are data, not instants.
      Date.parse = (text) => (String(text).includes('T') ? still(parse(text)) : parse(text));
      // The widget compares the two clocks; one that stands beside one that runs would look like a jump.
      performance.now = () => 0;
      // The widget tries again after a while, and says when: that is not up to chance, and a while never ends.
      Math.random = () => 0.5;
      const { setTimeout } = window;
      window.setTimeout = (act, ms = 0, ...rest) => (ms < long ? setTimeout(act, ms, ...rest) : 0);
    },
    { moved: NOW - Date.now(), minute: MINUTE, long: LONG },
  );
}
