// The tree of accessibility, as Playwright writes it down: what a screen reader is told, without how it looks.
//
//   treeOf(page)          the widget's, without what differs from run to run
//   faultsOf(tree)        what must not be in any tree, or is missing
//   keptTree(name), keepTree(name, tree), keptTrees(), forgetTree(name)
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../snapshots/a11y-tree/', import.meta.url));
const fileOf = (name) => `${FOLDER}${name}.yml`;

/** Roles that say nothing without a name. */
const NAMED = [
  ...['button', 'checkbox', 'combobox', 'link', 'listbox', 'option', 'heading', 'progressbar', 'radio', 'searchbox', 'tab', 'textbox'],
  ...['alertdialog', 'dialog', 'form', 'img', 'navigation', 'region', 'tablist', 'tabpanel'],
];

/** The live regions at the end of the dialog. */
const LIVE = /\n {2}- status(?::.*(?:\n {4}.*)*)?\n {2}- alert(?::.*(?:\n {4}.*)*)?$/;

/**
 * From inside the element, whose own tree ends at its shadow root. Every endpoint has a port of its own; and what live
 * regions have said last depends on how fast the state was reached, so that only their being there is kept.
 */
export async function treeOf(page) {
  const tree = await page.getByTestId('pd-root').ariaSnapshot();
  return `${tree.replace(/\/\/127\.0\.0\.1:\d+/g, '//endpoint').replace(LIVE, '\n  - status\n  - alert')}\n`;
}

/** Role, name and the rest of each line that is an element; a line with a colon in it stands in quotes. */
const elementsOf = (tree) =>
  [...tree.matchAll(/^ *- '?([a-z]+)(?: "((?:[^"\\]|\\.)*)")?([^\n]*)$/gm)].map(([line, role, name, rest]) => ({ line: line.trim(), role, name, rest }));

/** A dialog has one title, and no other heading of its level, so that one hears where one is. */
export function faultsOf(tree) {
  const elements = elementsOf(tree);
  if (elements.length === 0) return ['nothing is there'];
  const nameless = elements.filter(({ role, name }) => NAMED.includes(role) && !name);
  const places = elements.filter(({ role }) => role === 'region' || role === 'navigation').map(({ name }) => name);
  const faults = [
    ...nameless.map(({ line }) => `without a name: ${line}`),
    ...places.filter((name, at) => places.indexOf(name) !== at).map((name) => `two places with one name: ${name}`),
  ];
  const dialogs = elements.filter(({ role }) => role === 'dialog');
  const titles = elements.filter(({ role, rest }) => role === 'heading' && rest.includes('[level=2]'));
  if (titles.length !== dialogs.length) faults.push(`dialogs: ${dialogs.length}, titles: ${titles.map(({ name }) => name).join(', ')}`);
  return faults;
}

export const keptTrees = () => readdirSync(FOLDER).map((file) => file.replace(/\.yml$/, ''));

export const keptTree = (name) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : null);

export function keepTree(name, tree) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(name), tree);
}

export const forgetTree = (name) => rmSync(fileOf(name));
