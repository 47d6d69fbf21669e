// What users do, through an API client: the steps of a seed and their weights.
// Must never decide whether it was right: that is the model's.
import { Client, NO_ACCESS } from './client.mjs';
import { file, sound, unsound } from './drafts.mjs';
import { firstWeather, weather } from './faults.mjs';
import { ACCEPTED, UNKNOWN } from './model.mjs';

const MINUTE_MS = 60_000;
const USERS = { superadmin: 5, member: 5, [NO_ACCESS]: 1 };
/** Rounds of the calm at the end: one is enough, unless uploads have expired or a token has. */
const CALM_ROUNDS = 4;

/** Plays the users of one seed on a world; `trace` is told what comes of it. */
export class ApiUsers {
  constructor({ world, model, random, seed, rules }) {
    this.world = world;
    this.model = model;
    this.random = random;
    this.seed = seed;
    this.client = new Client({ base: world.url, tokens: world.token, model, rules });
    this.drafts = [];
    world.weather(firstWeather(seed));
  }

  /** The steps by weight. */
  static STEPS = { file: 5, upload: 1, retry: 5, crowd: 4, tabs: 3, read: 3, weather: 3, clock: 1, release: 1.5, kill: 1, stop: 0.6 };

  /** Carries out a step; gives a line for the trace. */
  async step(name, random) {
    const said = await this[name](random);
    for (const draft of this.drafts) draft.again = Math.max(0, draft.again - 1);
    return said;
  }

  file(random) {
    return this.#act(this.#write(random), random);
  }

  async upload(random) {
    const draft = this.#write(random, 1);
    const there = await this.client.upload(draft);
    return `${draft.mark} ${draft.user} ${draft.files.length} files ${there ? 'there' : 'not there'}`;
  }

  retry(random) {
    return this.#act(this.#choose(random) ?? this.#write(random), random);
  }

  /** Several users, or one with several drafts, at the same time. */
  async crowd(random, size = random.between(2, 6)) {
    const acts = [];
    for (let index = 0; index < size; index += 1) {
      const chance = random.fork(`in the crowd ${index}`);
      const draft = (chance.chance(0.4) && this.#choose(chance)) || this.#write(chance);
      acts.push([draft, chance]);
      draft.busy = true;
    }
    const said = await Promise.all(acts.map(([draft, chance]) => this.#act(draft, chance)));
    for (const [draft] of acts) draft.busy = false;
    return said.join('; ');
  }

  /** The same request from several tabs at once. */
  tabs(random) {
    const draft = (random.chance(0.5) && this.#choose(random)) || this.#write(random);
    return this.#act(draft, random, random.chance(0.05) ? 50 : random.between(2, 8));
  }

  async read(random) {
    const user = random.pick(['superadmin', 'member']);
    return `${user} ${(await this.client.readBack(user)) ? 'saw the list' : 'saw nothing'}`;
  }

  async weather(random) {
    const next = weather(random);
    this.world.weather(next);
    return next.name;
  }

  /** Tokens expire after a quarter of an hour, uploads after a day. */
  async clock(random) {
    const minutes = random.pick([1, 16, 23 * 60, 25 * 60]);
    await this.world.moveClock(minutes * MINUTE_MS);
    return `${minutes} minutes on`;
  }

  /** What was late arrives, while somebody else may be at it. */
  async release(random) {
    const count = this.world.late();
    const [said] = await Promise.all([this.retry(random), this.world.release()]);
    return `${count} late ones; ${said}`;
  }

  async kill(random) {
    const [said] = await this.#during(random, () => this.world.kill());
    return said;
  }

  async stop(random) {
    const [said, well] = await this.#during(random, () => this.world.stop());
    if (!well) this.model.complain('the endpoint did not end well');
    return said;
  }

  /** Good weather: everything that is open is sent until it is accepted, and replays say the same again. */
  async calm() {
    await this.world.release();
    const mayFile = this.drafts.filter(({ user }) => user !== NO_ACCESS);
    for (let round = 0; round < CALM_ROUNDS; round += 1) {
      for (const draft of mayFile) {
        if (this.#isOpen(draft) || round === 0) await this.client.attempt(draft);
      }
    }
    for (const draft of mayFile.filter((draft) => this.#isOpen(draft))) this.model.complain(`${draft.mark} is never accepted`);
  }

  #isOpen = ({ mark }) => this.model.state(mark) !== ACCEPTED;

  /** Something violent, while a crowd is at it. */
  async #during(random, violence) {
    const crowd = random.chance(0.8) ? this.crowd(random) : Promise.resolve('nobody there');
    const pause = random.below(40);
    await new Promise((done) => setTimeout(done, pause));
    const [said, well] = await Promise.all([crowd, violence()]);
    return [`after ${pause} ms; ${said}`, well];
  }

  #write(random, filesAtLeast = 0) {
    const mark = `[s${this.seed}-d${this.drafts.length + 1}]`;
    const user = random.weighted(USERS);
    const files = Array.from({ length: Math.max(filesAtLeast, random.pick([0, 0, 0, 1, 2])) }, () => file(random));
    const wrong = random.chance(0.12);
    const later = mark.replace(']', '-corrected]');
    const draft = this.client.draft({
      mark,
      key: random.id(),
      user,
      fields: wrong ? unsound(random, mark) : sound(random, mark),
      files,
      correct: wrong ? { mark: later, fields: sound(random, later) } : null,
    });
    this.drafts.push(draft);
    return draft;
  }

  /** A draft that is open, or sometimes one that was filed: people press twice. */
  #choose(random) {
    const filed = random.chance(0.2);
    const free = this.drafts.filter(
      (draft) => !draft.busy && draft.again === 0 && (this.model.state(draft.mark) === ACCEPTED) === filed,
    );
    return free.length > 0 ? random.pick(free) : null;
  }

  async #act(draft, random, tabs = 1) {
    const { mark, user } = draft;
    const leaves = random.chance(0.1);
    const patience = leaves ? random.between(1, 20) : undefined;
    if (leaves) this.world.note('leave');
    const verdict = await this.client.attempt(draft, { tabs, patience });
    const how = `${tabs > 1 ? ` in ${tabs} tabs` : ''}${leaves ? `, waiting ${patience} ms` : ''}`;
    return `${mark} ${user}${how}: ${verdict}${verdict === UNKNOWN ? '?' : ''}`;
  }
}
