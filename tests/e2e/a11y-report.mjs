// The conformance report, from the run: `node a11y-report.mjs REPORT.json OUT.md`. `cargo xtask a11y` calls it.
// Prints the count of states and checks; fails if a test did, or if a criterion names a test that did not run.
import { readFileSync, writeFileSync } from 'node:fs';
import { CRITERIA } from './support/criteria.mjs';
import { states } from './support/states.mjs';

const [from, to] = process.argv.slice(2);
const report = JSON.parse(readFileSync(from, 'utf8'));

const tests = [];
const walk = (suite, titles) => {
  for (const spec of suite.specs ?? []) {
    const results = spec.tests.flatMap(({ results }) => results);
    const seen = spec.tests.flatMap(({ annotations }) => annotations).filter(({ type }) => type === 'seen');
    tests.push({ title: [...titles, spec.title].join(' › '), ok: spec.ok, results, seen: seen.map(({ description }) => JSON.parse(description)) });
  }
  for (const inner of suite.suites ?? []) walk(inner, [...titles, inner.title]);
};
for (const suite of report.suites) walk(suite, []);

const failed = tests.filter(({ ok }) => !ok);
// What looked at a screen, or what a criterion rests on; any other failure is told apart, and fails the command, too.
const matters = ({ title, seen }) => seen.length > 0 || CRITERIA.some(({ tests = [] }) => tests.some((part) => title.includes(part)));
const findings = failed.filter(matters);
const others = failed.length - findings.length;
const visits = tests.flatMap(({ seen }) => seen);
/** Tag of a criterion → rule → how many elements or screens it was content with. */
const rules = new Map();
let checks = 0;
for (const { passes, own } of visits) {
  checks += own;
  for (const [rule, tags, count] of passes) {
    checks += count;
    for (const tag of tags) {
      const found = rules.get(tag) ?? new Map();
      found.set(rule, (found.get(rule) ?? 0) + count);
      rules.set(tag, found);
    }
  }
}

const problems = failed.map(({ title }) => `failed: ${title}`);
const reached = new Set(visits.map(({ state }) => state));
for (const { name } of states) if (!reached.has(name)) problems.push(`not reached: ${name}`);

const row = ({ id, level, name, tests: titles = [], person, none }) => {
  const said = [];
  for (const [rule, count] of rules.get(`wcag${id.replaceAll('.', '')}`) ?? []) said.push(`\`${rule}\` ${count}`);
  const axe = said.length ? `axe: ${said.join(', ')}` : '';
  const own = titles.map((part) => {
    const found = tests.filter(({ title }) => title.includes(part));
    if (found.length === 0) problems.push(`${id}: no test “${part}” ran`);
    return `${found.length} × “${part}”`;
  });
  const how = [axe, own.length ? `tests: ${own.join(', ')}` : '', none ? `does not apply: ${none}` : ''].filter(Boolean).join('; ');
  const verdict = none ? 'not applicable' : person && !axe && own.length === 0 ? 'a person decides' : 'supports';
  return `| ${id} ${name} | ${level} | ${verdict} | ${how || '–'} | ${person ?? '–'} |`;
};
const rows = CRITERIA.map(row);
const views = new Set(visits.map(({ view }) => view));

writeFileSync(
  to,
  `# Accessibility: WCAG 2.2, levels A and AA

Written by \`cargo xtask a11y\` from its own run; changes by hand are overwritten. What the widget is judged by is the
list of states in \`tests/e2e/support/states.mjs\`, which the tests and the pictures share.

- ${states.length} states, ${views.size} ways of looking (${[...views].sort().join('; ')}), ${visits.length} screens judged.
- ${checks} checks: elements that a rule of axe looked at, and our own for size of targets, references between
  elements, ids, and reflow.
- Findings: ${findings.length === 0 ? 'none' : findings.length}. No rule is switched off and no element is left out.
- Tests of the run that are about something else: ${others === 0 ? 'none failed' : `${others} failed`}.

“Supports” means: nothing that a program can see speaks against it. What a person must still judge stands in the
last column; nobody with a screen reader has done so for this version unless the change log says it.

| criterion | level | result | by what | left to a person |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

## What else a person has to try

With NVDA, JAWS, VoiceOver and TalkBack: filing a ticket, a refused submit, an unknown outcome, the outbox. What the
accessibility tree holds is tested; what a screen reader makes of it is not.
`,
);
console.log(`${states.length} states, ${views.size} views, ${visits.length} screens, ${checks} checks, ${findings.length} findings`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
