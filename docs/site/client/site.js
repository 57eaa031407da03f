import { addSearch } from './search.js';

const root = document.documentElement;
const menu = document.querySelector('.menu');
const navigation = document.querySelector('#navigation');

document.querySelector('.theme').addEventListener('click', () => {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  try {
    localStorage.setItem('ogplus-docs-theme', next);
  } catch {
    // Storage is closed: the choice lasts until the next page.
  }
});

menu.addEventListener('click', () => showMenu(menu.getAttribute('aria-expanded') === 'false'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && menu.getAttribute('aria-expanded') === 'true') {
    showMenu(false);
    menu.focus();
  }
});

function showMenu(shown) {
  menu.setAttribute('aria-expanded', String(shown));
  navigation.classList.toggle('open', shown);
}

for (const block of document.querySelectorAll('pre')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  block.tabIndex = 0;
  block.after(button);
  const frame = document.createElement('div');
  frame.className = 'code';
  block.replaceWith(frame);
  frame.append(block, button);
}

navigation.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
addSearch(document.querySelector('.search'));
