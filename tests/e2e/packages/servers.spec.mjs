// The servers of docs/embedding.md: each one's text, as it stands there, signs a token that a real endpoint
// accepts, with a key that the endpoint's own command line has made.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, startEndpoint } from '../support/process.mjs';
import { expect, run, source, test as base } from '../support/packages.mjs';

const AUDIENCE = 'eu-group';
const EMAIL = 'zoë.o’brien@partner.example';
const NAME = 'Zoë "Z" O’Brien / 株式会社';

// `call` prints what the file's function gives for the user in the environment; it runs beside the file.
const SERVERS = [
  {
    language: 'js',
    file: 'desk-token.mjs',
    alg: 'EdDSA',
    call: `import { deskToken } from './desk-token.mjs';
      const { USER_EMAIL: email, USER_NAME: name, USER_IS_ADMIN } = process.env;
      process.stdout.write(deskToken({ email, name, isAdmin: USER_IS_ADMIN !== '' }));`,
    command: (call) => [process.execPath, ['--input-type=module', '--eval', call]],
  },
  {
    language: 'python',
    file: 'desk_token.py',
    alg: 'HS256',
    call: `import os, desk_token
user = os.environ
print(desk_token.desk_token(user["USER_EMAIL"], user["USER_NAME"], user["USER_IS_ADMIN"] != ""), end="")`,
    command: (call) => ['python3', ['-c', call]],
  },
  {
    language: 'php',
    file: 'desk-token.php',
    alg: 'EdDSA',
    call: `require 'desk-token.php';
      echo desk_token(getenv('USER_EMAIL'), getenv('USER_NAME'), getenv('USER_IS_ADMIN') !== '');`,
    command: (call) => ['php', ['-r', call]],
  },
];

/** The code block of the document whose first line says that it is this file. */
function block(language, file) {
  const blocks = [...source('docs/embedding.md').matchAll(/^```(\w+)\n([\s\S]+?)^```$/gm)];
  const found = blocks.filter(([, name, text]) => name === language && text.split('\n', 1)[0].endsWith(` ${file}`));
  expect(found, `blocks of ${file}`).toHaveLength(1);
  return found[0][2];
}

const test = base.extend({
  /** An endpoint without demo mode, with one shop. */
  real: [
    async ({}, use) => {
      const endpoint = await startEndpoint(['--dcs', 'eu', '--audience', AUDIENCE]);
      const shops = (...words) => run(program, ['shops', ...words, '--data', endpoint.data]);
      await shops('add', 'larkfield', '--name', 'Larkfield');
      await use({ url: endpoint.url, shops });
      await endpoint.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

for (const { language, file, alg, call, command } of SERVERS) {
  test(`${file} signs what the endpoint accepts`, async ({ real }) => {
    const folder = await mkdtemp(join(tmpdir(), 'partner-desk-server-'));
    const kid = `larkfield-${language}`;
    await writeFile(join(folder, file), block(language, file));
    const key = await real.shops('keys', 'add', 'larkfield', '--kid', kid, '--alg', alg, '--generate');
    await writeFile(join(folder, 'key'), key, { mode: 0o600 });

    const environment = { DESK_SHOP: 'larkfield', DESK_KID: kid, DESK_AUDIENCE: AUDIENCE, DESK_KEY_FILE: join(folder, 'key') };
    const token = (isAdmin) =>
      run(...command(call), {
        cwd: folder,
        env: { PATH: process.env.PATH, ...environment, USER_EMAIL: EMAIL, USER_NAME: NAME, USER_IS_ADMIN: isAdmin ? '1' : '' },
      });
    const session = async (bearer) => {
      const answer = await fetch(`${real.url}/v1/session`, { headers: { authorization: `Bearer ${bearer}` } });
      return { status: answer.status, ...(await answer.json()) };
    };

    const member = await token(false);
    expect(await session(member)).toMatchObject({
      status: 200,
      user: { email: EMAIL, name: NAME },
      shop: { id: 'larkfield', name: 'Larkfield' },
      role: 'member',
      access: 'own',
    });
    expect(await session(await token(true))).toMatchObject({ status: 200, role: 'superadmin' });

    // It is the signature that is believed, and the key that the operator can end.
    const forged = member.replace(/\.(.)(?=[^.]*$)/, (_, first) => (first === 'A' ? '.B' : '.A'));
    expect(await session(forged)).toMatchObject({ status: 401, code: 'token_bad_signature' });
    await real.shops('keys', 'withdraw', 'larkfield', kid);
    expect(await session(member)).toMatchObject({ status: 401, code: 'token_unknown_key' });
    await rm(folder, { recursive: true });
  });
}

test('the document has no server that is not tested', () => {
  const titles = [...source('docs/embedding.md').matchAll(/^\*\*(\S+) \d+\*\*, (?:key|secret) of kind (\w+)/gm)];
  expect(titles.map(([, name, alg]) => [name, alg])).toEqual([
    ['Node.js', 'EdDSA'],
    ['Python', 'HS256'],
    ['PHP', 'EdDSA'],
  ]);
});
