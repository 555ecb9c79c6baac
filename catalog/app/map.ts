/// <reference lib="dom" />
import type { GraphData } from '../site/graph-data.ts';
import { loadScript } from './load-script.ts';

/** More boxes than this nobody takes in at a glance, the one in the middle among them. */
const MOST = 15;

type Side = 'before' | 'after';

/** A service on the map, and what joins it to the box that it hangs on. */
interface Node {
  readonly service: number;
  readonly note: string;
}

/**
 * What is around a message or a service: those before it on the left, those after it on the right. Each box is a link; its
 * button takes a step outwards in place. Of one way out at a time, so that there are never more than fifteen boxes.
 */
export async function showMap(root: string): Promise<void> {
  const [folder = '', file = ''] = location.pathname.split('/').slice(-2);
  const source = document.querySelector('main > .source');
  if (!source || !(folder === 'messages' || folder === 'services')) return;
  const graph = await loadScript<GraphData>(root, 'graph.js', 'catalogGraph');
  const around = new Around(graph);
  const id = decodeURIComponent(file.replace(/\.html$/, ''));
  const own = graph.services.findIndex(([it]) => it === id);
  const nodes =
    folder === 'services'
      ? { before: around.next(own, 'before'), after: around.next(own, 'after') }
      : { before: participants(graph, 'senders'), after: participants(graph, 'receivers') };
  if (nodes.before.length + nodes.after.length === 0) return;
  const section = document.createElement('section');
  section.id = 'map';
  section.innerHTML = '<h2><a href="#map">Around it</a></h2><div class="map"></div>';
  source.before(section);
  const map = new ServiceMap(section.querySelector('.map') as HTMLElement, root, graph, around, nodes, own);
  map.show([], 'after');
}

/** The services of a table of the page. */
function participants(graph: GraphData, table: 'senders' | 'receivers'): Node[] {
  const links = document.querySelectorAll<HTMLAnchorElement>(`#${table} td:first-child a`);
  const ids = new Set(
    [...links].map((it) => decodeURIComponent(/([^/]+)\.html$/.exec(it.pathname)?.[1] ?? '')),
  );
  return [...ids].flatMap((id) => {
    const service = graph.services.findIndex(([it]) => it === id);
    return service < 0 ? [] : [{ service, note: '' }];
  });
}

class Around {
  readonly #graph: GraphData;
  readonly #senders = new Map<number, Node[]>();

  constructor(graph: GraphData) {
    this.#graph = graph;
    for (const [service, [, , , sends]] of graph.services.entries()) {
      for (const [to, messages] of sends) {
        const known = this.#senders.get(to) ?? [];
        known.push({ service, note: noteOf(messages) });
        this.#senders.set(to, known);
      }
    }
  }

  next(service: number, side: Side): Node[] {
    if (side === 'before') return this.#senders.get(service) ?? [];
    const sends = this.#graph.services[service]?.[3] ?? [];
    return sends.map(([to, messages]) => ({ service: to, note: noteOf(messages) }));
  }
}

function noteOf(messages: string | number): string {
  return typeof messages === 'number' ? `${messages} messages` : messages;
}

class ServiceMap {
  readonly #place: HTMLElement;
  readonly #root: string;
  readonly #graph: GraphData;
  readonly #around: Around;
  readonly #nodes: Readonly<Record<Side, readonly Node[]>>;
  readonly #own: number;

  constructor(
    place: HTMLElement,
    root: string,
    graph: GraphData,
    around: Around,
    nodes: Readonly<Record<Side, readonly Node[]>>,
    own: number,
  ) {
    this.#place = place;
    this.#root = root;
    this.#graph = graph;
    this.#around = around;
    this.#nodes = nodes;
    this.#own = own;
  }

  /** @param path the services that are open, from the middle outwards */
  show(path: readonly number[], side: Side): void {
    const levels = [this.#nodes[side]];
    const seen = new Set([this.#own]);
    for (const service of path) {
      for (const it of levels.at(-1) ?? []) seen.add(it.service);
      levels.push(this.#further(service, side, seen));
    }
    const other = side === 'after' ? 'before' : 'after';
    const limits = shares([...levels.map((it) => it.length), this.#nodes[other].length], MOST - 1);
    const middle = document.createElement('div');
    middle.className = 'middle';
    middle.append(element('b', (document.querySelector('h1')?.firstChild?.textContent ?? '').trim()));
    const columns = {
      [other]: this.#column([this.#nodes[other]], [limits.at(-1) ?? 0], [], other, []),
      [side]: this.#column(levels, limits, path, side, []),
    } as Record<Side, HTMLElement>;
    for (const it of ['before', 'after'] as const) columns[it].classList.add(it);
    this.#place.replaceChildren(columns.before, middle, columns.after);
  }

  #further(service: number, side: Side, seen: ReadonlySet<number>): Node[] {
    return this.#around.next(service, side).filter((it) => !seen.has(it.service));
  }

  #column(
    [nodes = [], ...outer]: readonly (readonly Node[])[],
    [limit = 0, ...limits]: readonly number[],
    [open, ...path]: readonly number[],
    side: Side,
    way: readonly number[],
  ): HTMLElement {
    const list = document.createElement('ul');
    list.setAttribute('aria-label', side === 'before' ? 'Sent by' : 'Received by');
    // What is open is shown, however many stand before it.
    const first = nodes.filter((it) => it.service === open);
    const shown = [...first, ...nodes.filter((it) => it.service !== open)].slice(0, limit);
    for (const node of nodes.filter((it) => shown.includes(it))) {
      const item = this.#item(node, side, way, node.service === open);
      if (node.service === open) item.append(this.#column(outer, limits, path, side, [...way, open]));
      list.append(item);
    }
    if (shown.length < nodes.length) {
      list.append(element('li', `${nodes.length - shown.length} more`, 'more'));
    }
    return list;
  }

  #item({ service, note }: Node, side: Side, way: readonly number[], isOpen: boolean): HTMLElement {
    const [id = '', title = '', domain = -1] = this.#graph.services[service] ?? [];
    const link = document.createElement('a');
    link.href = `${this.#root}services/${encodeURIComponent(id)}.html`;
    link.append(title);
    const own = this.#graph.services[this.#own]?.[2];
    const told = [note, own !== undefined && domain !== own ? (this.#graph.domains[domain] ?? '') : ''];
    const notes = told.filter(Boolean).join(' · ');
    if (notes !== '') link.append(element('small', notes));
    const item = document.createElement('li');
    item.append(link);
    const count = this.#around.next(service, side).filter((it) => !way.includes(it.service)).length;
    if (count > 0) {
      const button = element('button', isOpen ? '−' : `+${count}`);
      button.setAttribute('aria-expanded', String(isOpen));
      button.setAttribute(
        'aria-label',
        `${button.textContent} ${side === 'before' ? 'sending to' : 'receiving from'} ${title}`,
      );
      button.addEventListener('click', () => {
        this.show(isOpen ? way : [...way, service], side);
        this.#place.querySelector<HTMLElement>(`[data-at="${side} ${service}"] > button`)?.focus();
      });
      item.dataset.at = `${side} ${service}`;
      item.append(button);
    }
    return item;
  }
}

/** How many of each list are shown, so that all have some and together they are no more than allowed. */
export function shares(lengths: readonly number[], most: number): number[] {
  const given = lengths.map(() => 0);
  let left = most;
  while (left > 0) {
    const open = lengths.flatMap((length, index) => ((given[index] ?? 0) < length ? [index] : []));
    if (open.length === 0) break;
    for (const index of open.slice(0, left)) {
      given[index] = (given[index] ?? 0) + 1;
      left -= 1;
    }
  }
  return given;
}

function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}
