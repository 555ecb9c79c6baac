import type { Edge, Workspace } from '@chirograph/contract/model';
import { type Decision, decide, witnessCheckOf } from '../judge/decide.ts';
import { defaultMode } from '../judge/direction.ts';
import { type CompatMode, demandOn, type Terms, termsOf } from '../judge/policy.ts';
import { examplesOf } from '../judge/prove.ts';
import { isPartMissing } from '../missing/is-known.ts';
import { signatures } from '../schemas/signature.ts';
import type { ReaderPolicy } from './check-readers.ts';
import { meetingExchange } from './meeting-exchange.ts';

/** What holding one part of what is sent against what its reader takes comes to. */
export type PartProof =
  /** Neither side says anything of it, or both refer to one schema, or say the same. */
  | { readonly kind: 'none' | 'shared' | 'equal' }
  /** The reader says nothing of it: it takes whatever comes. */
  | { readonly kind: 'anything' }
  | Decision;

/** A sender and a reader that meet: by what policy they are held against each other, and what comes of it. */
export interface MeetingProof {
  readonly mode: CompatMode;
  /** Whether the mode is the config's, or follows from who sends and receives. */
  readonly isChosen: boolean;
  readonly terms: Terms;
  readonly payload: PartProof;
  readonly headers: PartProof;
}

/** Holds what a sender may send against the contract of one reader. */
export function proveMeeting(
  workspace: Workspace,
  { sender, reader, by }: Edge,
  policy: ReaderPolicy,
): MeetingProof {
  const [sent, read] = [sender.message, reader.message];
  const { mode } = demandOn(sent, { ...policy, today: '' });
  const terms = termsOf(sent, { ...policy, today: '' });
  const partOf = (part: 'payload' | 'headers'): PartProof => {
    if ([sent, read].some((it) => isPartMissing(workspace, it, part)))
      return { kind: 'undecided', reason: 'a reference in it does not resolve' };
    if (part === 'payload' && (sent.foreignPayload ?? read.foreignPayload) !== undefined)
      return sent.foreignPayload === read.foreignPayload
        ? { kind: 'equal' }
        : { kind: 'undecided', reason: 'its schema is in a language that is not read' };
    const [from, to] = [sent[part], read[part]];
    if (to === undefined) return { kind: from === undefined ? 'none' : 'anything' };
    if (from === to) return { kind: 'shared' };
    if (from === undefined && part === 'payload')
      return { kind: 'undecided', reason: 'its sender does not say what it holds' };
    const signature = signatures(workspace.schemas);
    if (from !== undefined && signature(from) === signature(to)) return { kind: 'equal' };
    const isByType = by === 'type';
    const exchange = meetingExchange(workspace, { sent, read, part, isByType }, terms);
    return decide(exchange, witnessCheckOf(exchange, part, examplesOf(sent, part)));
  };
  return {
    mode: mode ?? defaultMode(workspace, sent),
    isChosen: mode !== undefined,
    terms,
    payload: partOf('payload'),
    headers: partOf('headers'),
  };
}
