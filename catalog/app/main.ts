/// <reference lib="dom" />
import { addCopyButton } from './copy.ts';
import { SearchDialog } from './dialog.ts';
import { showMap } from './map.ts';
import { toggleSchema } from './schema.ts';

/** The script of the site. Pages are whole without it; it adds what a page alone cannot do. */
const root = document.body.dataset.root ?? '';
const dialog = new SearchDialog(root);

for (const place of document.querySelectorAll<HTMLElement>('[data-search]')) {
  const open = (event: Event) => {
    event.preventDefault();
    const typed = place instanceof HTMLInputElement ? place.value : '';
    void dialog.open(typed);
  };
  place.addEventListener(place instanceof HTMLInputElement ? 'input' : 'click', open);
  place.closest('form')?.addEventListener('submit', open);
}
document.addEventListener('keydown', (event) => {
  const isTyping = (event.target as HTMLElement).closest('input,textarea,select,dialog') !== null;
  const isAsked = (event.key === '/' && !isTyping) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
  if (!isAsked) return;
  event.preventDefault();
  void dialog.open();
});
const question = new URLSearchParams(location.search).get('q');
if (question) void dialog.open(question);

void showMap(root);

// What a link leads to may be folded.
const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
addEventListener('hashchange', openTarget);
openTarget();

for (const pre of document.querySelectorAll<HTMLElement>('pre.code')) addCopyButton(pre);

// The JSON Schema of a page stands in the data beside it. Where that cannot be fetched (`file:`), the link leads there.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-schema]')) {
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void toggleSchema(link);
  });
}

// A list of messages can be narrowed down by a word and a kind.
const filters = document.querySelector('#filters');
if (filters) {
  filters.innerHTML =
    '<input type="search" aria-label="Filter the list" placeholder="Filter"><select aria-label="Kind"><option value="">All kinds</option><option value="event">Events</option><option value="command">Commands</option><option value="integration-event">Integration events</option></select>';
  const [word, kind] = [filters.querySelector('input'), filters.querySelector('select')];
  filters.addEventListener('input', () => {
    const wanted = word?.value.toLowerCase() ?? '';
    for (const row of document.querySelectorAll<HTMLElement>('main tbody tr')) {
      const isKind = !kind?.value || row.querySelector(`.kind.${kind.value}`) !== null;
      row.hidden = !(isKind && (row.textContent ?? '').toLowerCase().includes(wanted));
    }
    for (const section of document.querySelectorAll<HTMLElement>('main section')) {
      section.hidden = section.querySelector('tbody tr:not([hidden])') === null;
    }
  });
}

// Any two releases, chosen from what the table below holds.
const compare = document.querySelector('#compare');
const pairs = [...document.querySelectorAll<HTMLAnchorElement>('main tbody a')].map((link) => {
  const [from, to] = [...(link.closest('tr')?.cells ?? [])].map((it) => it.textContent ?? '');
  return { from: from ?? '', to: to ?? '', href: link.href };
});
if (compare && pairs.length > 1) {
  compare.innerHTML =
    'Compare <select aria-label="From"></select> with <select aria-label="To"></select> <button>Show</button>';
  const [from, to] = compare.querySelectorAll('select');
  for (const name of new Set(pairs.map((it) => it.from))) from?.add(new Option(name));
  const offer = () => {
    const chosen = to?.value;
    to?.replaceChildren();
    for (const pair of pairs)
      if (pair.from === from?.value)
        to?.add(new Option(pair.to, pair.href, pair.href === chosen, pair.href === chosen));
  };
  from?.addEventListener('change', offer);
  offer();
  compare.querySelector('button')?.addEventListener('click', () => {
    if (to?.value) location.href = to.value;
  });
}
