// The controls of the settings, made from their table: label, explanation, control, and what is wrong.
import { choices } from './settings.js';

/** An element with properties and children; a text child is a text. */
const h = (name, { data = {}, ...properties } = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
};

const title = ({ titles }, value) => titles?.[value] ?? value;

/** `{ element, show(value), say(problem) }`; `show` and `say` may be called at any time. */
export function control(setting) {
  const { name } = setting;
  const words = choices(setting);
  const id = `set-${name}`;
  const help = setting.help ? [h('span', { className: 'field__help', id: `${id}-help` }, setting.help)] : [];
  const error = h('span', { className: 'field__error', id: `${id}-error`, hidden: true });
  const described = [...help, error].map((part) => part.id).join(' ');
  const make = words && setting.control !== 'select' ? radios : words ? menu : box;
  const { element, inputs, show } = make({ setting, words, id, help, error });
  for (const input of inputs) input.setAttribute('aria-describedby', described);
  return {
    element,
    show,
    say(problem) {
      error.textContent = problem && `Error: ${problem}`;
      error.hidden = !problem;
      for (const input of inputs) {
        if (problem) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
      }
    },
  };
}

function radios({ setting, words, id, help, error }) {
  const inputs = words.map((value) => h('input', { type: 'radio', name: setting.name, value }));
  const labels = inputs.map((input) => h('label', {}, input, h('span', {}, title(setting, input.value))));
  const element = h(
    'fieldset',
    { className: 'field', id, data: { setting: setting.name } },
    h('legend', {}, setting.label),
    ...help,
    error,
    h('div', { className: 'field__choices' }, ...labels),
  );
  const show = (value) => {
    for (const input of inputs) input.checked = input.value === (value || setting.usual);
  };
  return { element, inputs, show };
}

function menu({ setting, words, id, help, error }) {
  const options = words.map((value) => h('option', { value }, title(setting, value)));
  if (!setting.usual) options.unshift(h('option', { value: '' }, setting.none));
  const input = h('select', { id, name: setting.name }, ...options);
  const show = (value) => {
    const wanted = value || setting.usual || '';
    input.value = wanted;
    // What is in the address and not on the list has to be seen all the same.
    if (input.value === wanted) return;
    input.append(h('option', { value: wanted }, wanted));
    input.value = wanted;
  };
  return { element: labelled(setting, id, help, error, input), inputs: [input], show };
}

function box({ setting, id, help, error }) {
  const input = h('input', { id, name: setting.name, type: 'text', spellcheck: false, autocapitalize: 'none' });
  const element = labelled(setting, id, help, error, input);
  if (setting.suggestions) {
    element.append(h('datalist', { id: `${id}-list` }, ...setting.suggestions.map((value) => h('option', { value }))));
    input.setAttribute('list', `${id}-list`);
  }
  // While somebody types, the box is theirs.
  const show = (value) => {
    if (input.value.trim() !== value) input.value = value;
  };
  return { element, inputs: [input], show };
}

const labelled = (setting, id, help, error, input) =>
  h(
    'div',
    { className: 'field', data: { setting: setting.name } },
    h('label', { htmlFor: id }, setting.label),
    ...help,
    error,
    input,
  );
