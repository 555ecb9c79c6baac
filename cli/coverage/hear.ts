import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Message, MessagePath, Workspace } from '@chirograph/contract/model';
import { sendersOf } from '@chirograph/contract/model';
import { brokerFor, channelsFor } from '@chirograph/mock';
import { CommandError } from '../exit.ts';
import type { Fact } from './facts.ts';

/** What a broker carries of a message: enough to see what it is. */
interface Carried {
  readonly id: string;
  readonly name?: string;
  readonly version?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * Listens to every channel of the contracts on a broker, beside the services, until `ended`, and writes what it hears into a file of
 * the folder. What services send is heard; that one has handled a message is known when it sends another because of it.
 */
export async function hear(
  workspace: Workspace,
  url: string,
  folder: string,
  { ended, onFault }: { readonly ended: Promise<void>; readonly onFault: (error: unknown) => void },
): Promise<number> {
  const chosen = brokerFor(url);
  if ('problem' in chosen) throw new CommandError(chosen.problem);
  if (!chosen.value.shared) {
    throw new CommandError(
      `a ${chosen.value.scheme} broker lives in one process: nobody else can be heard there`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `heard-${randomUUID()}.jsonl`);
  const channels = channelsFor(workspace, workspace.services);
  const broker = await chosen.value.open({ workspace, channels, onFault });
  const hearing = listener(workspace);
  let count = 0;
  try {
    const subscription = await broker.subscribe(
      // A group of its own, so that it takes nothing from the services.
      { group: `coverage-${randomUUID()}`, channels, from: 'new', concurrency: 1 },
      async (messages) => {
        const facts = messages.flatMap(hearing);
        count += messages.length;
        appendFileSync(file, facts.map((it) => `${JSON.stringify(it)}\n`).join(''));
        return messages.map(() => ({ kind: 'done' }) as const);
      },
    );
    await ended;
    await subscription.stop();
  } finally {
    await broker.close();
  }
  return count;
}

/** Makes facts of messages as they are heard, one after the other. */
export function listener(workspace: Workspace): (message: Carried) => readonly Fact[] {
  const heard = new Map<string, Fact>();
  return (message) => {
    const { id, name } = message;
    const contract = workspace.messages.find(
      (it) => it.name === name && (message.version === undefined || it.version === message.version),
    );
    const payload = payloadOf(message);
    const by = contract && senderOf(workspace, contract, message, payload);
    const about = { id, ...(name !== undefined && { name }), version: message.version ?? contract?.version };
    const sent = { did: 'sent', ...about, ...(by !== undefined && { by }) } as Fact;
    const refusal = refusalIn(payload);
    heard.set(id, sent);
    const cause = heard.get(String(textAt(contract?.contract.envelope.causationId, message, payload)));
    // A service that sends because of a message has received that message.
    const receipt =
      cause && by !== undefined
        ? (['delivered', 'handled'] as const).map((did): Fact => ({ ...cause, did, by }))
        : [];
    return [...receipt, { ...sent, ...(refusal && { refusal }) }];
  };
}

/** The only service that sends it, or the one whose name stands in the envelope's source. */
function senderOf(
  workspace: Workspace,
  contract: Message,
  message: Carried,
  payload: unknown,
): string | undefined {
  const senders = sendersOf(workspace, contract.id).map((it) => it.name);
  if (senders.length === 1) return senders[0];
  const source = textAt(contract.contract.envelope.source, message, payload);
  return senders.find((it) => source === it || source?.endsWith(`/${it}`));
}

function payloadOf({ contentType, body }: Carried): unknown {
  try {
    return contentType.includes('json') ? JSON.parse(new TextDecoder().decode(body)) : undefined;
  } catch {
    return undefined;
  }
}

function textAt(path: MessagePath | undefined, { headers }: Carried, payload: unknown): string | undefined {
  if (!path) return undefined;
  let at: unknown = path.in === 'headers' ? headers : payload;
  for (const name of path.path) {
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  }
  return typeof at === 'string' ? at : undefined;
}

/** As `recordCoverage` of the runtime finds it. */
function refusalIn(payload: unknown): Fact['refusal'] {
  if (typeof payload !== 'object' || payload === null) return undefined;
  for (const it of [payload, ...Object.values(payload)]) {
    if (typeof it !== 'object' || it === null || !('command' in it) || !('failure' in it)) continue;
    const { command, failure } = it;
    if (typeof command === 'string' && typeof failure === 'string') return { command, failure };
  }
  return undefined;
}
