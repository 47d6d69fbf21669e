// Three endpoints on one PostgreSQL database, behind a balancer that passes bytes on; and what befalls them.
// Must never choose by what the bytes say: a connection goes to whoever is there.
import { connect, createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortPair, site, startEndpoint } from './process.mjs';

const COUNT = 3;

/**
 * Starts them on the database with this address, which nobody else uses. Gives what `startEndpoint` gives, and:
 * `store`, the words that name where everything is kept; `each(act)`, for controls that are every instance's own,
 * with their addresses; and `misfortune()`, which takes the next turn: whoever has most connections is killed, the
 * dead one is started again, whoever has most is asked to end and started again, and so on. `caughtUp(url)` is awaited
 * before anybody is led to an instance that was started again.
 */
export async function startInstances(database, caughtUp) {
  const data = await mkdtemp(join(tmpdir(), 'partner-desk-data-'));
  const store = ['--data', data, '--database', database];
  const settings = ['--demo', '--site', site, '--database', database];
  const members = [];
  for (let index = 0; index < COUNT; index += 1) {
    members.push({ endpoint: await startEndpoint(settings, { data }), sockets: new Set() });
  }
  const balancer = await balance(members);
  const alive = () => members.filter((member) => !member.gone);
  const busiest = () => alive().reduce((most, one) => (one.sockets.size > most.sockets.size ? one : most));

  async function back(member) {
    await member.endpoint.restart();
    await caughtUp(member.endpoint.url);
    member.gone = false;
  }
  const turns = [
    async () => {
      const member = busiest();
      member.gone = true;
      await member.endpoint.kill();
    },
    async () => {
      for (const member of members.filter(({ gone }) => gone)) await back(member);
    },
    async () => {
      const member = busiest();
      member.gone = true;
      await member.endpoint.end();
      await back(member);
    },
  ];
  let turn = 0;
  return {
    url: balancer.url,
    data,
    store,
    each: (act) => Promise.all(alive().map((member) => act(member.endpoint.url))),
    async misfortune() {
      await turns[turn % turns.length]();
      turn += 1;
    },
    async stop() {
      await balancer.close();
      await Promise.all(members.map((member) => member.endpoint.stop()));
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** For callers on one port, and for the agents' desk on the next. */
async function balance(members) {
  const port = await freePortPair();
  let next = 0;
  const servers = [0, 1].map((offset) =>
    createServer((outside) => {
      next += 1;
      const order = members.map((_, index) => members[(next + index) % members.length]);
      pass(outside, order.filter((member) => !member.gone), offset);
    }),
  );
  await Promise.all(
    servers.map((server, offset) => new Promise((done) => server.listen(port + offset, '127.0.0.1', done))),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const { sockets } of members) for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

/** To the first of these that lets us in. */
function pass(outside, [member, ...others], offset) {
  if (!member) return outside.destroy();
  const { port } = new URL(member.endpoint.url);
  const inside = connect(Number(port) + offset, '127.0.0.1');
  const refused = () => pass(outside, others, offset);
  inside.once('error', refused);
  inside.once('connect', () => {
    inside.off('error', refused);
    member.sockets.add(inside);
    const over = () => {
      member.sockets.delete(inside);
      inside.destroy();
      outside.destroy();
    };
    for (const socket of [inside, outside]) socket.on('error', over).on('close', over);
    outside.pipe(inside).pipe(outside);
  });
}
