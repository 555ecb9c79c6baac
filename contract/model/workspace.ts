import type { Location } from '@chirograph/schema';
import type { Source } from '../source/source.ts';
import type { Bindings } from './bindings.ts';
import type { Flow } from './flow.ts';
import type { NodeId } from './location.ts';
import type { Message, MessagePath, RetrySchedule } from './message.ts';
import type { Parameter } from './parameter.ts';
import type { Schema } from './schema.ts';

/** All that was loaded. Every list is sorted by id, so that equal contracts give equal workspaces. */
export interface Workspace {
  readonly domains: readonly Domain[];
  readonly services: readonly Service[];
  readonly channels: readonly Channel[];
  readonly operations: readonly Operation[];
  readonly messages: readonly Message[];
  readonly schemas: Readonly<Record<NodeId, Schema>>;
  readonly flows: readonly Flow[];
  readonly sources: Readonly<Record<string, Source>>;
  /** Messages of `components` that no channel carries. Nobody sends them; only what is said of messages holds for them. */
  readonly spare?: readonly Message[];
  /** Where the documents are at fault: what they say there has not been read, or not as it was meant. */
  readonly faults?: readonly Location[];
  /** Where a reference does not resolve: what stands there, and below, is not known. */
  readonly missing?: readonly Location[];
}

/** A folder of specs. Its name is the folder's. */
export interface Domain {
  readonly name: string;
  readonly folder: string;
  /** The neighbour whose contracts it stands for, by its name. */
  readonly neighbour?: string;
}

/** An application: one AsyncAPI document. */
export interface Service {
  readonly id: NodeId;
  readonly at: Location;
  readonly domain: string;
  /** The file's name before `.asyncapi.`, or its folder's where the file is called `asyncapi.yaml`: `tier`. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** `info.contact.name`: who answers for it. */
  readonly owner?: string;
  /** `info.contact`: how to reach them. */
  readonly contact?: Contact;
  readonly tags: readonly string[];
  readonly servers: readonly Server[];
  /** The document (AsyncAPI 2) says what its author does, not what others may do: the config has it so. */
  readonly perspective?: 'client';
  /** Its document is in another repository, and is only read here: the name of that neighbour. */
  readonly neighbour?: string;
}

export interface Contact {
  readonly email?: string;
  readonly url?: string;
}

/** A broker that a service connects to. */
export interface Server {
  readonly key: string;
  readonly at: Location;
  /** Host, port and path, without the protocol (AsyncAPI 2: the whole URL). */
  readonly address: string;
  /** What the variables of the address may be, where that is listed. */
  readonly variables?: Readonly<Record<string, readonly string[]>>;
  readonly protocol: string;
  /** The ways to prove who one is; any of them will do. None: nothing is asked. */
  readonly security: readonly string[];
}

export interface Channel {
  readonly id: NodeId;
  readonly at: Location;
  readonly key: string;
  /** Where messages go: a subject, topic or queue; `{param}` marks a parameter. Null means: not known before run time. */
  readonly address: string | null;
  readonly title?: string;
  readonly summary?: string;
  readonly description?: string;
  /** In the order of the address. */
  readonly parameters: readonly Parameter[];
  readonly messages: readonly NodeId[];
  /** The servers that it is on, by where they are written; all of the document's, where it does not choose. */
  readonly servers?: readonly NodeId[];
  readonly bindings?: Bindings;
}

/** What a service does with a channel. */
export interface Operation {
  readonly id: NodeId;
  readonly at: Location;
  readonly key: string;
  readonly service: NodeId;
  readonly action: 'send' | 'receive';
  readonly channel: NodeId;
  readonly title?: string;
  readonly summary?: string;
  readonly description?: string;
  /** The messages of the channel that it carries: all of them where the document does not choose. */
  readonly messages: readonly NodeId[];
  /** What comes back: the answer to a message that is received, or to one that is sent. */
  readonly reply?: Reply;
  /** The receiving service's own schedule, in place of the message's. */
  readonly retry?: RetrySchedule;
  readonly bindings?: Bindings;
  /** The ways to prove who one is, beside those of the server. */
  readonly security: readonly string[];
}

/** The answer to a request (AsyncAPI 3, "Operation Reply Object"). */
export interface Reply {
  /** Where the answer goes; its address may be unknown before a request comes. */
  readonly channel?: NodeId;
  /** Where each request says the address that it wants its answer at. */
  readonly address?: MessagePath;
  readonly messages: readonly NodeId[];
}
