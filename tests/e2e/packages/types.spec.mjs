// The published types: right and wrong uses, and that names are the same in types, loader and documents.
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { expect, root, source, test as base } from '../support/packages.mjs';

/** A strict program over the samples, with the installed package. */
async function program(project) {
  await cp(join(root, 'tests/e2e/packages/samples'), join(project, 'samples'), { recursive: true });
  const samples = ['good.ts', 'bad.ts', 'react.tsx'].map((name) => join(project, 'samples', name));
  return ts.createProgram(samples, {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    jsx: ts.JsxEmit.ReactJSX,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
  });
}

const test = base.extend({
  /** Made once: it takes seconds, on a busy machine many. */
  checked: [async ({ project }, use) => use(await program(project)), { scope: 'worker', timeout: 90_000 }],
});
test.setTimeout(90_000);

test('right uses are right, each slip is found, and the declarations are sound', async ({ checked }) => {
  // Only ours: the declarations of Playwright want Node.js's, and are not our business.
  const files = checked.getSourceFiles().filter(({ fileName }) => /\/(samples|partner-desk)\//.test(fileName));
  const ours = [
    ...checked.getOptionsDiagnostics(),
    ...files.flatMap((file) => [...checked.getSyntacticDiagnostics(file), ...checked.getSemanticDiagnostics(file)]),
  ];
  const said = ours.map(({ file, start, messageText }) => {
    const line = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}` : '';
    return `${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(said).toEqual([]);
  expect(files.map(({ fileName }) => basename(fileName)).sort()).toEqual(
    ['assets.d.ts', 'bad.ts', 'good.ts', 'partner-desk.d.ts', 'react.d.ts', 'react.tsx', 'testing.d.ts'],
  );
});

/** Name → values of the loader's table; a pattern that is not a list of words is `text`. */
function rules() {
  const [, table] = source('static/partner-desk.js').match(/const RULES = new Map\(String\.raw`([^`]+)`/);
  return Object.fromEntries(
    table.split('\n').map((line) => {
      const [name, pattern] = line.split(' ');
      return [name, /^[a-z]+(\|[a-z]+)+$/.test(pattern) ? pattern.split('|').sort().join(' ') : 'text'];
    }),
  );
}

/** The first column of the table below the heading, without backquotes. */
function firstColumn(document, heading) {
  const section = source(document).split(`\n### ${heading}\n`)[1].split('\n### ')[0].split('\n## ')[0];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => row.split('|')[1].trim().replace(/^`(\w[\w-]*).*`$/, '$1'));
}

test('types, loader and document have the same attributes, with the same values', async ({ checked }) => {
  const checker = checked.getTypeChecker();
  const declarations = checked.getSourceFiles().find(({ fileName }) => fileName.endsWith('/partner-desk/partner-desk.d.ts'));
  const exported = (name) => {
    const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(declarations)).find((found) => found.name === name);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  const values = (symbol) => {
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
    const literals = (type.types ?? []).filter((part) => part.isStringLiteral()).map(({ value }) => value);
    return literals.length ? literals.sort().join(' ') : 'text';
  };
  const typed = exported('PartnerDeskAttributes').getProperties().map((symbol) => [symbol.name, values(symbol)]);
  expect(Object.fromEntries(typed)).toEqual(rules());
  expect(firstColumn('docs/embedding.md', 'Attributes')).toEqual(Object.keys(rules()));

  const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const options = exported('MountOptions').getProperties().map(({ name }) => name);
  expect(options.sort()).toEqual([...Object.keys(rules()).map(camel), 'target', 'tokenProvider', 'prefill'].sort());

  const members = [...declarations.text.matchAll(/^export interface PartnerDeskElement [\s\S]+?^}$/gm)][0][0];
  const named = [...members.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(([, name]) => name);
  const documented = ['Properties', 'Methods'].flatMap((heading) => firstColumn('docs/embedding.md', heading));
  expect(named.sort()).toEqual(documented.sort());

  const events = exported('PartnerDeskEventDetails').getProperties().map(({ name }) => name);
  expect(firstColumn('docs/embedding.md', 'Events')).toEqual(events);
});

test('README shows no attribute that there is not', () => {
  const section = source('README.md').split('\n## Embed it\n')[1].split('\n## ')[0];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) => row.split('|')[1].match(/[a-z-]+/g));
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect(Object.keys(rules())).toContain(name);
});
