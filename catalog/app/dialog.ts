/// <reference lib="dom" />
import { addressOf, DEPRECATED, OLDER, ROW_KINDS, type SearchData } from '../site/search-row.ts';
import { loadScript } from './load-script.ts';
import { type Found, type Search, searchOf } from './search.ts';

const NAMES = ['Event', 'Command', 'Integration event', 'Service', 'Channel', 'Flow', 'Owner', 'Domain'];

/** The search as a dialog over the page. Opened once, it stays as it was. */
export class SearchDialog {
  readonly #root: string;
  #dialog: HTMLDialogElement | undefined;
  #data: SearchData | undefined;
  #search: Search | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  async open(question = ''): Promise<void> {
    const dialog = this.#dialog ?? this.#made();
    this.#dialog = dialog;
    if (!dialog.open) dialog.showModal();
    const input = this.#part<HTMLInputElement>('input[type=search]');
    if (question !== '') input.value = question;
    input.focus();
    await this.#load();
    this.#show();
  }

  #made(): HTMLDialogElement {
    const dialog = document.createElement('dialog');
    dialog.className = 'search';
    dialog.setAttribute('aria-label', 'Search the catalog');
    dialog.innerHTML = `<form method="dialog"><input type="search" aria-label="Search" placeholder="Message, field, service, owner" autocomplete="off" spellcheck="false"><button aria-label="Close"><span class="key">Esc</span><span class="touch">Close</span></button></form>
<div class="facets"><select aria-label="Kind" data-facet="kind"><option value="">Everything</option></select><select aria-label="Domain" data-facet="domain"><option value="">All domains</option></select><select aria-label="Owner" data-facet="owner"><option value="">All owners</option></select><label><input type="checkbox" data-facet="deprecated"> deprecated</label><label><input type="checkbox" data-facet="personal"> personal data</label></div>
<p class="count" role="status"></p><ul class="found"></ul>`;
    document.body.append(dialog);
    dialog.addEventListener('input', () => this.#show());
    dialog.addEventListener('keydown', (event) => this.#key(event));
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    return dialog;
  }

  async #load(): Promise<void> {
    if (this.#search) return;
    const data = await loadScript<SearchData>(this.#root, 'search.js', 'catalogSearch');
    this.#data = data;
    this.#search ??= searchOf(data);
    this.#fill('kind', ROW_KINDS, (_, index) => NAMES[index] ?? '');
    this.#fill('domain', data.domains, (it) => it);
    this.#fill('owner', data.owners, (it) => it);
  }

  #fill(facet: string, values: readonly string[], name: (value: string, index: number) => string): void {
    const select = this.#part<HTMLSelectElement>(`[data-facet=${facet}]`);
    for (const [index, value] of values.entries()) select.add(new Option(name(value, index), value));
  }

  #show(): void {
    const data = this.#data;
    if (!this.#search || !data) return;
    const facet = (name: string) => this.#part<HTMLSelectElement>(`[data-facet=${name}]`).value;
    const isOn = (name: string) => this.#part<HTMLInputElement>(`[data-facet=${name}]`).checked;
    const question = this.#part<HTMLInputElement>('input[type=search]').value;
    const facets = {
      kind: facet('kind'),
      domain: facet('domain'),
      owner: facet('owner'),
      deprecated: isOn('deprecated'),
      personal: isOn('personal'),
    };
    const { found, count } = this.#search(question, facets);
    const told = count === 0 ? 'Nothing found' : `${count} found`;
    this.#part('.count').textContent =
      found.length < count ? `${told}, the first ${found.length} shown` : told;
    this.#part('.found').replaceChildren(...found.map((it) => this.#item(it, data)));
  }

  #item({ row, field }: Found, data: SearchData): HTMLLIElement {
    const [kind, , title, name, version, domain, , told, , flags] = row;
    const link = document.createElement('a');
    link.href = `${this.#root}${addressOf(row).split('/').map(encodeURIComponent).join('/')}.html`;
    const place = [
      NAMES[kind],
      domain >= 0 && kind !== 7 ? data.domains[domain] : '',
      flags & OLDER ? 'older version' : '',
      flags & DEPRECATED ? 'deprecated' : '',
    ];
    link.append(
      element('b', version === '' || kind > 2 ? title : `${title} ${version}`),
      element('span', place.filter(Boolean).join(' · '), 'dim'),
      ...(kind < 3 ? [element('code', name)] : []),
      ...(field === undefined ? [] : [element('span', `field ${field}`, 'mark')]),
      ...(told === '' || kind === 4 ? [] : [element('span', told, 'told')]),
    );
    const item = document.createElement('li');
    item.append(link);
    return item;
  }

  /** Arrows walk through what was found; Enter in the question opens the first. */
  #key(event: KeyboardEvent): void {
    const links = [...(this.#dialog?.querySelectorAll<HTMLAnchorElement>('.found a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const isQuestion = (event.target as HTMLElement).matches('input[type=search]');
    if (event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === 'ArrowUp' && at > 0) links[at - 1]?.focus();
    else if (event.key === 'ArrowUp' && at === 0) this.#part('input[type=search]').focus();
    else if (event.key === 'Enter' && isQuestion) links[0]?.click();
    else return;
    event.preventDefault();
  }

  #part<T extends HTMLElement = HTMLElement>(selector: string): T {
    return this.#dialog?.querySelector(selector) as T;
  }
}

function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}
