import type { Channel } from '../../model/index.ts';
import type { Change, Subject } from '../change.ts';
import { changeOf, channelLabel, keyOf, partOf } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { domainOfFile, type Matching } from './sides.ts';

/** Channels. One that came or went with messages is told by what became of these. */
export function compareChannels(matching: Matching): Change[] {
  const { both, came, gone } = matching.channels;
  return [
    ...both.flatMap(({ base, head }) => {
      const subject = channelSubject(matching, base, head);
      return [...compareAddresses(base, head, subject), ...compareBindings(base, head, subject)];
    }),
    ...came
      .filter((it) => it.messages.length === 0)
      .map((it) => changeOf('channel/added', channelSubject(matching, undefined, it), { head: keyOf(it) })),
    ...gone
      .filter((it) => it.messages.length === 0)
      .map((it) => changeOf('channel/removed', channelSubject(matching, it, undefined), { base: keyOf(it) })),
  ];
}

function compareAddresses(base: Channel, head: Channel, subject: Subject): Change[] {
  const [was, is] = [base.address ?? '', head.address ?? ''];
  if (was === is) return [];
  const places = { base: partOf(base, 'address'), head: partOf(head, 'address') };
  const [former, now] = [formOf(was), formOf(is)];
  if (former.text !== now.text) {
    const [from, to] = [channelLabel(base), channelLabel(head)];
    return [changeOf('channel/address-changed', subject, { ...places, from, to })];
  }
  return former.names.flatMap((from, index) => {
    const to = now.names[index] ?? '';
    return from === to ? [] : [changeOf('channel/parameter-renamed', subject, { ...places, from, to })];
  });
}

/** An address without the names of its parameters, which are nothing to the broker. */
function formOf(address: string): { readonly text: string; readonly names: readonly string[] } {
  const names = [...address.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  return { text: address.replace(/\{[^}]*\}/g, '{}'), names };
}

function channelSubject(
  { base, head }: Matching,
  from: Channel | undefined,
  to: Channel | undefined,
): Subject {
  const channel = to ?? from!;
  return {
    domain: domainOfFile(to ? head : base, channel.at.file),
    label: channelLabel(channel),
    kind: 'channel',
    ...(from && { base: from.id }),
    ...(to && { head: to.id }),
    messages: { base: from?.messages ?? [], head: to?.messages ?? [] },
  };
}
