import { type Diagnostic, diagnose, type Place, type ReaderParams } from '@chirograph/contract/diagnostics';
import { fieldSchemas, type Message, type Service, type Workspace } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { messageLabel, partOf } from '../compare/changing.ts';
import { comparePart } from '../compare/compare-part.ts';
import { avroMismatches, decide, witnessCheckOf } from '../judge/decide.ts';
import { fieldText } from '../judge/finding-of.ts';
import { perspectiveText } from '../judge/perspective.ts';
import { demandOn, type Policy, type Terms, termsOf } from '../judge/policy.ts';
import { examplesOf, prove } from '../judge/prove.ts';
import type { Refusal } from '../judge/refusal.ts';
import type { Witness } from '../judge/witness.ts';
import { missingIn } from '../missing/fill.ts';
import { isPartMissing } from '../missing/is-known.ts';
import { meetingExchange } from './meeting-exchange.ts';
import { type Pair, unlikePairs } from './pairs.ts';

/** By what readers are checked: what a sender is taken to write follows from it. */
export type ReaderPolicy = Pick<Policy, 'mode' | 'writers' | 'formats' | 'domains' | 'messages'>;

/**
 * Whether every reader can read all that each of its senders may send, proved. An error for each part of the reader's
 * contract that refuses it, with such a message; a warning where it cannot be decided. A reader that asks for less is
 * right.
 */
export function checkReaders(workspace: Workspace, policy: ReaderPolicy): Diagnostic[] {
  const found = unlikePairs(workspace).flatMap((pair) => {
    const terms = termsOf(pair.sent, { ...policy, today: '' });
    const { mode } = demandOn(pair.sent, { ...policy, today: '' });
    return mode === 'NONE' ? [] : faultsOf(workspace, pair, terms);
  });
  // What several messages have from one definition is one fault.
  const groups = Map.groupBy(found, ({ at, params: { sent: _, ...params } }) => JSON.stringify([at, params]));
  return [...groups.values()].map((group) => {
    const [{ at, params, witness, sentAt }] = group as [Found];
    const others = new Set(group.map((it) => it.params.sent)).size - 1;
    const related = witness
      ? [{ message: `${params.senders} may send ${cut(JSON.stringify(witness.value))}`, at: sentAt }]
      : [{ message: `what ${params.senders} may send`, at: sentAt }];
    const diagnostic = diagnose('message/reader-needs-more', at, { ...params, others }, related);
    const files = new Set([at.file, ...related.map((it) => it.at.file)]);
    const note = perspectiveText([workspace], files);
    return {
      ...diagnostic,
      ...(note !== '' && { note: note.replace(/\.$/, '') }),
      ...(params.fault === 'unknown' && { severity: 'warning' }),
    };
  });
}

/** A part of a reader's contract that does not fit. */
interface Found {
  /** In the reader's document. */
  readonly at: Place;
  /** In the sender's. */
  readonly sentAt: Place;
  readonly params: ReaderParams;
  readonly witness?: Witness;
}

function faultsOf(workspace: Workspace, pair: Pair, terms: Terms): Found[] {
  const { part, sent, read } = pair;
  const base = {
    part,
    sent: messageLabel(sent),
    senders: namesOf(pair.senders),
    readers: namesOf(pair.readers),
    others: 0,
  };
  const places = { at: partOf(read, part), sentAt: partOf(sent, part) };
  const unknown = (reason: string): Found[] => [
    { ...places, params: { ...base, fault: 'unknown', field: '', reason } },
  ];
  // What is missing is reported where it stands.
  if (isPartMissing(workspace, sent, part) || isPartMissing(workspace, read, part)) return [];
  if (part === 'payload') {
    if (sent.foreignPayload !== undefined || read.foreignPayload !== undefined)
      return unknown('its schema is in a language that is not read');
    if (sent.payload === undefined) return unknown('its sender does not say what it holds');
  }
  const exchange = meetingExchange(workspace, pair, terms);
  const check = witnessCheckOf(exchange, part, examplesOf(sent, part));
  const whole = decide(exchange, check);
  if (whole.kind === 'holds') return [];
  if (whole.kind === 'undecided') {
    const isMissing = [exchange.producer, exchange.consumer].some((it) => missingIn(it).length > 0);
    return isMissing ? [] : unknown(whole.reason);
  }
  if (pair.isGuess) return unknown('several messages share the channel, and no name says which is which');

  const states = { base: workspace, head: workspace };
  const changes = comparePart(states, read, sent, part);
  const proof = prove({ states, base: read, head: sent, part, terms }, changes, 'FORWARD');
  // What breaks alone may never be sent with all that the sender says.
  const isAvro = avroMismatches(exchange).length > 0;
  const isSent = ({ value }: Witness) =>
    isAvro || (check.mayWrite()?.(value).length === 0 && check.mustRead()?.(value).length !== 0);
  const faults = proof.kind === 'breaks' ? [...proof.faults].filter(([, it]) => isSent(it)) : [];
  const told = ({ refusal }: Witness) => ({ ...base, ...wordsOf(workspace, sent, part, refusal) });
  if (faults.length > 0) {
    return faults.map(([change, witness]) => ({
      ...placesIn(change, places),
      params: told(witness),
      witness,
    }));
  }
  const { witness } = whole;
  return [
    witness
      ? { ...places, params: told(witness), witness }
      : { ...places, params: { ...base, fault: 'refused', field: '', reason: 'it allows less' } },
  ];
}

function placesIn({ base, head }: Change, places: Pick<Found, 'at' | 'sentAt'>) {
  return { at: base ?? places.at, sentAt: head ?? places.sentAt };
}

/** What a refusal is, in the words of a contract. */
function wordsOf(
  workspace: Workspace,
  sent: Message,
  part: 'payload' | 'headers',
  { keyword, path, property, message }: Refusal,
): Pick<ReaderParams, 'fault' | 'field' | 'reason'> {
  const names = (all: readonly string[]) => fieldText(all.map((it) => (/^\d+$/.test(it) ? `[${it}]` : it)));
  if (property === undefined)
    return { fault: 'refused', field: path.length === 0 ? '' : names(path), reason: message };
  const field = names([...path, property]);
  if (keyword !== 'required' && !keyword.startsWith('depend'))
    return { fault: 'not-allowed', field, reason: message };
  const root = sent[part];
  const isNamed = root !== undefined && fieldSchemas(workspace, root, [...path, property]).length > 0;
  return { fault: isNamed ? 'not-always-sent' : 'never-sent', field, reason: message };
}

function namesOf(services: readonly Service[]): string {
  const names = [...new Set(services.map(({ name }) => name))];
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 300;
