import type { Channel } from '@chirograph/contract/model';
import type { Change, Subject } from '../change.ts';
import { changeOf, channelLabel, keyOf, partOf } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { blankAddress, compareParameters } from './compare-parameters.ts';
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
  if (blankAddress(base.address ?? '') === blankAddress(head.address ?? '')) {
    return compareParameters(base, head, subject);
  }
  const places = { base: partOf(base, 'address'), head: partOf(head, 'address') };
  const [from, to] = [channelLabel(base), channelLabel(head)];
  return [changeOf('channel/address-changed', subject, { ...places, from, to })];
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
