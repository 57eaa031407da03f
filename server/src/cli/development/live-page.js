// What it shows comes whole with each event (`LiveState` in live-cards.ts); it only changes what differs.
const at = (id) => document.getElementById(id);
const kinds = { 'image/png': 'PNG', 'image/jpeg': 'JPEG', 'image/webp': 'WebP' };
const kilobytes = (bytes) => `${Math.ceil(bytes / 1000)} kB`;

/** An element with a text or children, none of it read as HTML. */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function linkTo(url) {
  const link = element('a', url);
  Object.assign(link, { href: url, target: '_blank', rel: 'noreferrer' });
  return link;
}

function showStatus(phase, text) {
  const status = at('status');
  status.dataset.phase = phase;
  if (status.textContent !== text) status.textContent = text;
}

function statusOf({ phase, drawnAt, cards }) {
  if (phase === 'failed') return cards.length > 0 ? 'Not drawn: the cards are those of before' : 'Not drawn';
  if (phase === 'drawing') return cards.length > 0 ? 'Drawing again' : 'Drawing';
  return `Drawn at ${new Date(drawnAt).toLocaleTimeString()}`;
}

function showFailure({ failure }) {
  const panel = at('failure');
  panel.hidden = failure === null;
  if (panel.textContent !== (failure ?? '')) panel.textContent = failure ?? '';
}

function showErrors({ errors }) {
  const panel = at('errors');
  panel.hidden = errors.length === 0;
  const count = errors.length === 1 ? 'The page reports an error' : `The page reports ${errors.length} errors`;
  panel.querySelector('summary').textContent = count;
  panel.querySelector('ol').replaceChildren(...errors.map((error) => element('li', error)));
}

function showNotes({ notes }) {
  const panel = at('notes');
  panel.hidden = notes.length === 0;
  panel.replaceChildren(...notes.map((note) => element('li', note)));
}

const shown = new Map();

function figureOf(card) {
  const { name, label, width, height } = card;
  const image = element('img');
  image.alt = `The card as ${label} shows it`;
  const link = element('a', image);
  link.target = '_blank';
  const facts = element('span');
  const weight = element('span');
  const figure = element('figure', link, element('figcaption', element('strong', label), facts, weight));
  figure.dataset.network = name;
  // Room for the picture before it is there.
  image.width = width;
  image.height = height;
  at('cards').append(figure);
  return { figure, image, link, facts, weight, hash: '' };
}

async function showCard(card) {
  const { name, width, height, type, bytes, limit, hash } = card;
  const parts = shown.get(name) ?? figureOf(card);
  shown.set(name, parts);
  if (parts.hash === hash) return;
  const isFirst = parts.hash === '';
  parts.hash = hash;
  const src = `/cards/${name}?${hash}`;
  // Fetched before it takes the other one's place, which would be blank for a moment.
  const next = new Image();
  next.src = src;
  await next.decode().catch(() => {});
  if (parts.hash !== hash) return;
  Object.assign(parts.image, { src, width, height });
  parts.link.href = src;
  parts.facts.textContent = `${width} × ${height}`;
  parts.weight.textContent = `${kinds[type] ?? type}, ${kilobytes(bytes)}`;
  parts.weight.className = bytes > limit ? 'heavy' : '';
  parts.weight.title = `Some networks drop pictures above ${kilobytes(limit)}`;
  if (isFirst) return;
  parts.figure.classList.remove('changed');
  void parts.figure.offsetWidth; // the animation begins anew
  parts.figure.classList.add('changed');
}

function show(state) {
  showStatus(state.phase, statusOf(state));
  at('title').textContent = state.title || 'Cards';
  document.title = `${state.phase === 'failed' ? '✗ ' : ''}${state.title || 'Cards'} – OpenGraph+`;
  if (at('url').textContent !== state.url) at('url').replaceChildren(linkTo(state.url));
  showFailure(state);
  showErrors(state);
  showNotes(state);
  at('cards').classList.toggle('old', state.phase === 'failed');
  for (const card of state.cards) void showCard(card);
}

const events = new EventSource('/events');
events.onmessage = ({ data }) => show(JSON.parse(data));
events.onerror = () => showStatus('lost', 'Not connected: ogplus dev has ended');
