import type { ChangeCode, Place } from '../../diagnostics/index.ts';
import type { Channel, Location, Message, Service } from '../../model/index.ts';
import { childPointer } from '../../source/index.ts';
import type { Change, Subject } from '../change.ts';

/** The parts of a change that vary; the rest is filled in. */
export interface Particulars {
  readonly from?: string;
  readonly to?: string;
  readonly base?: Place | undefined;
  readonly head?: Place | undefined;
}

/** A change that is not of a schema. */
export function changeOf(
  code: ChangeCode,
  subject: Subject,
  { from = '', to = '', base, head }: Particulars,
): Change {
  return { code, subject, field: [], from, to, ...(base && { base }), ...(head && { head }) };
}

/** A node as a whole is shown at its key. */
export function keyOf({ at }: { readonly at: Location }): Place {
  return { ...at, part: 'key' };
}

/** A part of a node, where it is written: a message may have taken it over from a trait. */
export function partOf(
  { at, inherited = {} }: Pick<Message, 'at' | 'inherited'>,
  ...path: readonly (string | number)[]
): Place {
  const [first = '', second = ''] = path;
  const [whole, inner] = [inherited[`${first}`], inherited[`${first}/${second}`]];
  const [from, rest] = inner ? [inner, path.slice(2)] : whole ? [whole, path.slice(1)] : [at, path];
  return { file: from.file, pointer: childPointer(from.pointer, ...rest) };
}

export function messageLabel({ key, version }: Pick<Message, 'key' | 'version'>): string {
  return `${key.replace(/V\d+(_\d+)*$/, '')} ${version}`;
}

export function channelLabel({ address, key }: Pick<Channel, 'address' | 'key'>): string {
  return address ?? key;
}

export function messageSubject(base: Message | undefined, head: Message | undefined): Subject {
  const message = head ?? base!;
  return {
    domain: message.domain,
    label: messageLabel(message),
    kind: 'message',
    ...(base && { base: base.id }),
    ...(head && { head: head.id }),
  };
}

export function serviceSubject(base: Service | undefined, head: Service | undefined): Subject {
  const service = head ?? base!;
  return {
    domain: service.domain,
    label: service.name,
    kind: 'service',
    ...(base && { base: base.id }),
    ...(head && { head: head.id }),
  };
}
