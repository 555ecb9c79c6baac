import type { Diagnostic, Place } from '../diagnostics/index.ts';
import type { Channel, Domain, Flow, Message, Operation, Schema, Service } from '../model/index.ts';

/** The nodes of a workspace, by kind. */
interface NodeKinds {
  readonly domains: Domain;
  readonly services: Service;
  readonly channels: Channel;
  readonly operations: Operation;
  readonly messages: Message;
  readonly schemas: Schema;
  readonly flows: Flow;
}

type Kind = keyof NodeKinds;

/** What one phase of loading added. Plain data. */
export type Phase = { readonly [K in Kind]: readonly NodeKinds[K][] } & {
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * The nodes that loading has made so far, and what it has reported. What is referred to twice is loaded once: a node
 * belongs to the phase that added it first; what a later phase adds under its id is dropped.
 */
export class Nodes {
  readonly #kinds: { readonly [K in Kind]: Gathered<NodeKinds[K]> } = {
    domains: new Gathered<Domain>(({ name }) => name),
    services: new Gathered<Service>(idOf),
    channels: new Gathered<Channel>(idOf),
    operations: new Gathered<Operation>(idOf),
    messages: new Gathered<Message>(idOf),
    schemas: new Gathered<Schema>(idOf),
    flows: new Gathered<Flow>(idOf),
  };
  readonly #diagnostics = new Gathered<Diagnostic>(
    ({ code, at, message }) => `${code} ${placeText(at)} ${message}`,
  );

  has(kind: Kind, id: string): boolean {
    return this.#kinds[kind].get(id) !== undefined;
  }

  get<K extends Kind>(kind: K, id: string): NodeKinds[K] | undefined {
    return this.#kinds[kind].get(id);
  }

  /** Adds a node, or replaces the one of its id that the current phase has added. */
  add<K extends Kind>(kind: K, node: NodeKinds[K]): void {
    this.#kinds[kind].add(node);
  }

  /** In the order in which they were added. */
  all<K extends Kind>(kind: K): NodeKinds[K][] {
    return this.#kinds[kind].all();
  }

  /** The same diagnostic at the same place is one. */
  report(diagnostic: Diagnostic): void {
    this.#diagnostics.add(diagnostic);
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.all();
  }

  /** What has been added since the phase before this one ended. */
  endPhase(): Phase {
    return {
      diagnostics: this.#diagnostics.endPhase(),
      domains: this.#kinds.domains.endPhase(),
      services: this.#kinds.services.endPhase(),
      channels: this.#kinds.channels.endPhase(),
      operations: this.#kinds.operations.endPhase(),
      messages: this.#kinds.messages.endPhase(),
      schemas: this.#kinds.schemas.endPhase(),
      flows: this.#kinds.flows.endPhase(),
    };
  }

  /** Adds what a phase of another document has added. A node that several documents lead to is that of the first. */
  merge({ diagnostics, domains, ...nodes }: Phase): void {
    for (const diagnostic of diagnostics) this.report(diagnostic);
    for (const domain of domains) this.add('domains', domain);
    for (const kind of Object.keys(nodes) as (keyof typeof nodes)[])
      for (const node of nodes[kind]) if (!this.has(kind, node.id)) this.add(kind, node);
  }
}

/** Values by their keys: those of the current phase, and those of the phases before it. */
class Gathered<T> {
  readonly #keyOf: (value: T) => string;
  readonly #earlier = new Map<string, T>();
  #current = new Map<string, T>();

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  get(key: string): T | undefined {
    return this.#earlier.get(key) ?? this.#current.get(key);
  }

  add(value: T): void {
    const key = this.#keyOf(value);
    if (!this.#earlier.has(key)) this.#current.set(key, value);
  }

  all(): T[] {
    return [...this.#earlier.values(), ...this.#current.values()];
  }

  endPhase(): readonly T[] {
    const added = [...this.#current.values()];
    for (const [key, value] of this.#current) this.#earlier.set(key, value);
    this.#current = new Map();
    return added;
  }
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function placeText({ file, pointer, offset }: Place): string {
  return `${file}#${pointer}${offset ?? ''}`;
}
