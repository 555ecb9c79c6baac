import type { Place } from '@chirograph/contract/diagnostics';
import type { Server, Service } from '@chirograph/contract/model';
import type { Change, Subject } from '../change.ts';
import { changeOf, keyOf, partOf, serviceSubject } from './changing.ts';
import { matchBy, matchRest } from './match.ts';

/**
 * The servers that a service connects to: matched by where they are, and failing that by their keys.
 * @param messages what goes over them
 */
export function compareServers(base: Service, head: Service, messages: Subject['messages']): Change[] {
  const subject = { ...serviceSubject(base, head), ...(messages && { messages }) };
  const { both, gone, came } = matchRest(
    matchRest(
      matchBy(base.servers, head.servers, (it) => `${it.protocol} ${it.address}`),
      (it) => it.key,
    ),
    // One whose key changed while its URL was taken apart.
    (it) => `${it.protocol} ${withoutScheme(it.address)}`,
  );
  const changed = both.flatMap(({ base: from, head: to }) => [
    ...(isOneAddress(from, to)
      ? []
      : [
          changeOf('server/address-changed', subject, {
            from: from.address,
            to: to.address,
            base: partOf(from, 'host'),
            head: partOf(to, 'host'),
          }),
        ]),
    ...(from.protocol === to.protocol
      ? []
      : [
          changeOf('server/protocol-changed', subject, {
            from: from.protocol,
            to: to.protocol,
            base: partOf(from, 'protocol'),
            head: partOf(to, 'protocol'),
          }),
        ]),
    ...compareSecurity(from.security, to.security, subject, {
      base: partOf(from, 'security'),
      head: partOf(to, 'security'),
    }),
  ]);
  return [
    ...changed,
    ...came.map((it) => changeOf('server/added', subject, { to: it.address, head: keyOf(it) })),
    ...gone.map((it) => changeOf('server/removed', subject, { from: it.address, base: keyOf(it) })),
  ];
}

/**
 * A URL of AsyncAPI 2 may begin with a scheme, and AsyncAPI 3 has no place for it but the protocol, which both have: with
 * and without it is the same place. A scheme of the protocol's other kind, with encryption or without, is another.
 */
function isOneAddress(base: Server, head: Server): boolean {
  if (base.address === head.address) return true;
  const [from, to] = [schemeOf(base.address), schemeOf(head.address)];
  if ((from === '') === (to === '') || withoutScheme(base.address) !== withoutScheme(head.address))
    return false;
  const protocol = (from === '' ? base : head).protocol.toLowerCase();
  const scheme = from || to;
  return scheme === protocol || plain(scheme) !== plain(protocol);
}

function plain(protocol: string): string {
  return protocol.replace(/^secure-|-secure$|(?<=^(?:amqp|http|mqtt|redis|stomp|ws))s$/g, '');
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

function schemeOf(address: string): string {
  return SCHEME.exec(address)?.[1]?.toLowerCase() ?? '';
}

function withoutScheme(address: string): string {
  return address.replace(SCHEME, '');
}

/** The ways to prove who one is: any of them will do, and none at all means that nothing is asked. */
export function compareSecurity(
  base: readonly string[],
  head: readonly string[],
  subject: Subject,
  places: { readonly base: Place; readonly head: Place },
): Change[] {
  const came = head.filter((it) => !base.includes(it));
  const gone = base.filter((it) => !head.includes(it));
  if (came.length === 0 && gone.length === 0) return [];
  const [from, to] = [base.join(' or '), head.join(' or ')];
  if (base.length === 0) return [changeOf('security/demanded', subject, { ...places, to })];
  if (head.length === 0) return [changeOf('security/dropped', subject, { ...places, from })];
  return [
    ...came.map((it) => changeOf('security/scheme-added', subject, { ...places, to: it })),
    ...gone.map((it) => changeOf('security/scheme-removed', subject, { ...places, from: it })),
  ];
}
