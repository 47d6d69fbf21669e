// That the log of every endpoint is looked through (support/process.mjs), and that something would be found.
import { expect, test } from '../support/endpoint.mjs';
import { eligible } from '../support/drafts.mjs';
import { leaks } from '../support/logs.mjs';
import { startEndpoint } from '../support/process.mjs';

const answered = '{"level":"INFO","fields":{"message":"answered","route":"/v1/tickets","status":201}}';

test('a planted address, subject, text or number is found, and what is logged by right is not', () => {
  for (const text of ['ada@one.example', eligible.subject, eligible.description, eligible.org_id]) {
    const planted = `{"level":"WARN","fields":{"cause":"not: ${text}!"}}`;
    expect(leaks(`${answered}\n${planted}\n${answered}\n`)).toEqual([planted]);
  }
  expect(leaks(`${answered}\n`)).toEqual([]);
});

test('an endpoint that logs an address cannot be ended without an error', async () => {
  const endpoint = await startEndpoint(['--demo']);
  await fetch(`${endpoint.url}/v1/policy`);
  endpoint.log.write(`${answered.replace('/v1/tickets', 'ada@one.example')}\n`);
  await expect(endpoint.stop()).rejects.toThrow('logged, and must not be');
  const sound = await startEndpoint(['--demo']);
  await fetch(`${sound.url}/v1/policy`);
  await sound.end();
  expect(sound.log.lines).toBeGreaterThan(0);
  await sound.stop();
});
