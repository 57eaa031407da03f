import MiniSearch from './minisearch.js';
import { searchOptions } from './search-options.js';

const mostResults = 12;
const { base, version } = document.body.dataset;
let loading;

/** The index is loaded when somebody begins to search, and kept. */
function index() {
  loading ??= fetch(`${base}search.json?v=${version}`)
    .then((response) => response.text())
    .then((json) => MiniSearch.loadJSON(json, searchOptions));
  return loading;
}

/** A combobox after the WAI-ARIA pattern: arrows move, Enter opens, Escape closes. */
export function addSearch(box) {
  const input = box.querySelector('input');
  const list = box.querySelector('[role=listbox]');
  let chosen = -1;

  const show = (results) => {
    chosen = -1;
    input.removeAttribute('aria-activedescendant');
    list.replaceChildren(...results.map(item));
    if (results.length === 0 && input.value.trim() !== '') list.append(nothing());
    list.hidden = list.childElementCount === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
  };
  const choose = (next) => {
    const items = [...list.querySelectorAll('a')];
    if (items.length === 0) return;
    chosen = (next + items.length) % items.length;
    for (const [i, link] of items.entries()) link.setAttribute('aria-selected', String(i === chosen));
    items[chosen].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', items[chosen].id);
  };

  input.addEventListener('focus', index);
  input.addEventListener('input', async () => {
    const words = input.value.trim();
    const found = words === '' ? [] : (await index()).search(words).slice(0, mostResults);
    if (words === input.value.trim()) show(found);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter') list.querySelectorAll('a')[Math.max(chosen, 0)]?.click();
    else if (event.key === 'Escape') {
      input.value = '';
      show([]);
      input.blur();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if ((event.key === '/' && !typing) || (event.key === 'k' && (event.metaKey || event.ctrlKey))) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener('pointerdown', (event) => {
    if (!box.contains(event.target)) show([]);
  });
}

function item({ id, title, page }, i) {
  const [path, hash] = id.split('#');
  const entry = document.createElement('li');
  entry.role = 'presentation';
  const link = document.createElement('a');
  link.id = `result-${i}`;
  link.role = 'option';
  link.tabIndex = -1;
  link.setAttribute('aria-selected', 'false');
  link.href = `${base}${path === '' ? '' : `${path}/`}#${hash}`;
  const where = document.createElement('span');
  where.textContent = page === title ? '' : page;
  link.append(title, where);
  entry.append(link);
  return entry;
}

function nothing() {
  const entry = document.createElement('li');
  entry.className = 'nothing';
  entry.textContent = 'Nothing found.';
  return entry;
}
