import type { Finding, Hit, Injury, Party } from '@chirograph/contract/compat';
import { durationText } from '@chirograph/contract/compat';
import { sentenceList } from '../terminal/words.ts';

/** Whom a finding injures, behind the name of its message: `breaks its consumers and messages in flight`. */
export function injuredText({ injuries }: Finding): string {
  const parties = new Set(injuries.flatMap((it) => it.parties));
  const kept = Math.max(0, ...injuries.map((it) => it.retention ?? 0));
  const names: Readonly<Record<Party, string>> = {
    consumers: 'its consumers',
    producers: 'producers not yet upgraded',
    'in flight': 'messages in flight',
    replay: kept > 0 ? `replay of ${durationText(kept)}` : 'replay',
  };
  const list = (Object.keys(names) as Party[]).filter((it) => parties.has(it)).map((it) => names[it]);
  return list.length === 0 ? '' : `breaks ${sentenceList(list)}`;
}

/** What a witness shows, as the sentence that leads to it. */
export function witnessLead({ direction, hits, witness }: Injury): string {
  const part = witness?.part === 'headers' ? 'Headers' : 'A message';
  const allow = witness?.part === 'headers' ? 'allow' : 'allows';
  const receivers = servicesOf(hits, 'receive');
  const senders = servicesOf(hits, 'send');
  if (direction === 'FORWARD') {
    const who =
      receivers.length === 0
        ? 'No service of the workspace receives it.'
        : `${sentenceList(receivers)} ${receivers.length === 1 ? 'receives' : 'receive'} it.`;
    const whose = receivers.length === 0 ? 'the old one refuses' : 'they refuse';
    return `${who} ${part} that the new contract ${allow === 'allow' ? 'allows' : allow} and ${receivers.length === 1 ? 'it refuses' : whose}:`;
  }
  const who =
    senders.length === 0 ? '' : `${sentenceList(senders)} ${senders.length === 1 ? 'sends' : 'send'} it. `;
  return `${who}${part} that the old contract allows and the new one refuses:`;
}

export function servicesOf(hits: readonly Hit[], action: Hit['action']): string[] {
  return [...new Set(hits.filter((it) => it.action === action).map((it) => capital(it.service)))];
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
