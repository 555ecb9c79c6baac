import type { Workspace } from '@chirograph/contract/model';
import type { Exchange } from '../judge/decide.ts';
import type { Terms } from '../judge/policy.ts';
import { exchangeOf, rootedIn } from '../judge/prove.ts';
import { ofTypesRead } from './of-type.ts';
import type { Pair } from './pairs.ts';

/** What a sender writes, of the types that the reader takes where it is by their types that they meet, and what is read. */
export function meetingExchange(
  workspace: Workspace,
  { sent, read, part, isByType }: Pick<Pair, 'sent' | 'read' | 'part' | 'isByType'>,
  terms: Terms,
): Exchange {
  const whole = exchangeOf(
    'FORWARD',
    rootedIn(workspace, read, part),
    rootedIn(workspace, sent, part),
    terms,
  );
  const producer = isByType && part === 'payload' ? ofTypesRead(whole.producer, workspace, read) : undefined;
  return producer ? { ...whole, producer } : whole;
}
