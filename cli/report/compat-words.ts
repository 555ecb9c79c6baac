import {
  type AffectedOperation,
  durationText,
  type Finding,
  type Impact,
  type Party,
} from '@chirograph/compat';
import { sendersOf } from '@chirograph/contract/model';
import { count, sentenceList } from '../terminal/words.ts';
import type { Cause } from './compat-causes.ts';
import { type CompatReport, positionOf, VERDICTS } from './compat-report.ts';

/**
 * Whom a finding affects, behind the name of its message: `breaks its consumers and messages in flight`.
 * @param all what one cause comes to in several messages
 */
export function impactText(finding: Finding, all: readonly Finding[] = [finding]): string {
  const impacts = all.flatMap((it) => it.impacts);
  const their = all.length > 1 ? 'their' : 'its';
  const parties = new Set(impacts.flatMap((it) => it.parties));
  const kept = Math.max(0, ...impacts.map((it) => it.retention ?? 0));
  const names: Readonly<Record<Party, string>> = {
    consumers: `${their} consumers`,
    producers: impacts.some((it) => it.apart) ? `${their} senders` : 'producers not yet upgraded',
    'in flight': 'messages in flight',
    replay: kept > 0 ? `replay of ${durationText(kept)}` : 'replay',
  };
  const list = (Object.keys(names) as Party[]).filter((it) => parties.has(it)).map((it) => names[it]);
  if (list.length === 0) return '';
  const isSure = finding.verdict !== 'undecided' && finding.verdict !== 'warning';
  return `${isSure ? 'breaks' : 'may break'} ${sentenceList(list)}`;
}

/** So many messages of one cause are named. */
export const MOST_MESSAGES = 30;

/** How many causes there are of each verdict: `3 breaking (1 approved)`, `2 warnings`. */
export function countsText(causes: readonly Cause[]): string[] {
  return VERDICTS.flatMap((verdict) => {
    const own = causes.filter((it) => it.verdict === verdict);
    const approved = own.filter(({ subjects: [it] }) => it.approval).length;
    if (own.length === 0) return [];
    const number = verdict === 'warning' ? count(own.length, 'warning') : `${own.length} ${verdict}`;
    return [`${number}${approved > 0 ? ` (${approved} approved)` : ''}`];
  });
}

/** What a witness shows, as the sentence that leads to it. */
export function witnessLead({ direction, operations, witness }: Impact): string {
  const what = witness?.part === 'headers' ? 'Headers' : 'A message';
  const receivers = servicesOf(operations, 'receive');
  const senders = servicesOf(operations, 'send');
  if (direction === 'FORWARD') {
    if (receivers.length > 0) {
      const reject = receivers.length === 1 ? 'rejects' : 'reject';
      return `${what} that the new contract allows and ${sentenceList(receivers)} ${reject}:`;
    }
    return `No service of the workspace receives it. ${what} that the new contract allows and its readers reject:`;
  }
  const writers =
    senders.length === 0 ? '' : `${sentenceList(senders)} ${senders.length === 1 ? 'sends' : 'send'} it. `;
  return `${writers}${what} that the old contract allows and the new one refuses:`;
}

/**
 * In which order services are to be deployed where nothing else is done about a break, as one sentence. Undefined where
 * no message proves it.
 */
export function rolloutText(
  { impacts, verdict, change }: Finding,
  { head }: Pick<CompatReport, 'head'>,
): string | undefined {
  const proved = impacts.filter(({ direction, witness }) => direction !== undefined && witness !== undefined);
  if (verdict !== 'breaking' || proved.length === 0) return undefined;
  const directions = new Set(proved.map(({ direction }) => direction));
  if (directions.size > 1)
    return 'Order of deployment: no order helps. Old readers reject new messages, and new readers reject old ones.';
  if (proved.some(({ parties }) => parties.includes('replay')))
    return 'Order of deployment: no order helps. What is stored is rejected whenever it is read again.';
  const operations = proved.flatMap((it) => it.operations);
  const receivers = servicesOf(operations, 'receive');
  const known = proved.flatMap((it) => it.writers ?? []).map(capital);
  const own =
    known.length > 0 ? known : sendersOf(head, change.subject.head ?? '').map(({ name }) => capital(name));
  const senders = [...new Set([...servicesOf(operations, 'send'), ...own])];
  const readers = sentenceList(receivers) || 'its readers';
  const writers = sentenceList(senders) || 'its senders';
  const both = sentenceList(receivers.filter((it) => senders.includes(it)));
  // Instances of the old and of the new release run side by side: one release cannot be both steps.
  if (both !== '')
    return directions.has('FORWARD')
      ? `${both} both sends and receives it, so it takes two releases: first ${readers} so that old and new messages are accepted, in the next one ${writers} with the new message.`
      : `${both} both sends and receives it, so it takes two releases: first ${writers} with the new message, then, once what is in flight is read, ${readers} with the new contract.`;
  return directions.has('FORWARD')
    ? `Order of deployment: first ${readers}, then ${writers}.`
    : `Order of deployment: first ${writers}; then, once what is in flight is read, ${readers}.`;
}

/** Who is hit: service, place, and what it does, each operation once. */
export function affectedRows({ impacts }: Finding, { base, head }: CompatReport): string[][] {
  const operations = impacts.flatMap((it) => it.operations);
  const unique = [...new Map(operations.map((it) => [it.operation, it])).values()];
  return unique.map(({ service, at, side, action, channel }) => {
    const { file, line } = positionOf((side === 'head' ? head : base).sources, at);
    const does = `${action === 'send' ? 'sends' : 'receives'} ${channel}`;
    // Of a document that cannot be read today only what it said is known.
    const isUnread = head.missing?.some((it) => it.pointer === '' && it.file === at.file) === true;
    const now =
      side === 'head' ? '' : isUnread ? ' (in the base; the file cannot be read now)' : ' (no longer)';
    return [service, `${file}:${line}`, `${does}${now}`];
  });
}

/** The services that a change affects where no message shows how: `Affected: Billing and Orders.` */
export function affectedText({ impacts }: Finding): string {
  const operations = impacts.flatMap((it) => it.operations);
  const names = [...new Set([...servicesOf(operations, 'send'), ...servicesOf(operations, 'receive')])];
  return `Affected: ${sentenceList(names)}.`;
}

export function servicesOf(
  operations: readonly AffectedOperation[],
  action: AffectedOperation['action'],
): string[] {
  return [...new Set(operations.filter((it) => it.action === action).map((it) => capital(it.service)))];
}

/** The change in a few words: `amount: integer -> number`. */
export function changeText({ change, message }: Finding): string {
  const { field, from, to } = change;
  if (field.length === 0 || from === '' || to === '') return message;
  return `${field.at(-1)}: ${from} -> ${to}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
