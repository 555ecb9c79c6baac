import type { Place } from '@chirograph/contract/diagnostics';
import type { Service } from '@chirograph/contract/model';
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
    matchBy(base.servers, head.servers, (it) => `${it.protocol} ${it.address}`),
    (it) => it.key,
  );
  const changed = both.flatMap(({ base: from, head: to }) => [
    ...(from.address === to.address
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
