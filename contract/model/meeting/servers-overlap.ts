import type { Server } from '../workspace.ts';

/**
 * Whether two documents may be connected to one broker. Who names no server may be connected to any; a broker on the
 * developer's own machine stands for any of its protocol; variables of a host stand for any text.
 */
export function serversOverlap(these: readonly Server[], those: readonly Server[]): boolean {
  if (these.length === 0 || those.length === 0) return true;
  return these.flatMap(written).some((one) => those.flatMap(written).some((other) => isSame(one, other)));
}

/** A server for each value of the variables that list theirs; those that list many stay as they are. */
function written(server: Server): readonly Server[] {
  const { variables, address } = server;
  let texts = [address];
  for (const [name, values] of Object.entries(variables ?? {})) {
    if (texts.length * values.length > MOST || !address.includes(`{${name}}`)) continue;
    texts = texts.flatMap((text) => values.map((it) => text.replaceAll(`{${name}}`, it)));
  }
  return texts.map((text) => ({ ...server, address: text }));
}

/** So many addresses of one server are told apart. */
const MOST = 64;

function isSame(one: Server, other: Server): boolean {
  const [a, b] = [protocolOf(one), protocolOf(other)];
  if (a !== '' && b !== '' && a !== b) return false;
  const [these, those] = [hostsOf(one), hostsOf(other)];
  if (these.length === 0 || those.length === 0) return true;
  if (these.some(({ name }) => LOCAL.test(name)) || those.some(({ name }) => LOCAL.test(name))) return true;
  if (!textsOverlap(pathOf(one), pathOf(other))) return false;
  // A broker listens on one port with encryption and on another without.
  const comparesPorts = one.protocol === other.protocol;
  return these.some((it) =>
    those.some(
      (that) =>
        textsOverlap(it.name, that.name) &&
        (!comparesPorts || it.port === '' || that.port === '' || textsOverlap(it.port, that.port)),
    ),
  );
}

const LOCAL = /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/;

/** The protocol without its security: `kafka-secure`, `amqps` and `secure-mqtt` speak what `kafka`, `amqp` and `mqtt` do. */
function protocolOf({ protocol }: Server): string {
  const name = protocol.toLowerCase().replace(/^secure-|-secure$/, '');
  return /^(amqp|mqtt|stomp|ws|http|redis)s$/.test(name)
    ? name.slice(0, -1)
    : name.replace(/^mqtt5$/, 'mqtt');
}

interface Host {
  readonly name: string;
  readonly port: string;
}

/** The hosts of an address: several where it lists the members of a cluster. */
function hostsOf({ address }: Server): Host[] {
  return withoutScheme(address)
    .split('/')[0]!
    .split(',')
    .map((it) => it.trim().toLowerCase())
    .filter((it) => it !== '')
    .map((it) => {
      const [, name = it, port = ''] = /^(.*?)(?::(\d+|\{[^}]*\}))?$/.exec(it) ?? [];
      return { name, port };
    });
}

function pathOf({ address }: Server): string {
  const text = withoutScheme(address);
  const start = text.indexOf('/');
  return start < 0 ? '' : text.slice(start).replace(/\/+$/, '');
}

function withoutScheme(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^[^/@]*@/, '');
}

/** Whether two texts with variables can be equal. */
function textsOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  return patternOf(a)?.test(b) === true || patternOf(b)?.test(a) === true;
}

function patternOf(text: string): RegExp | undefined {
  if (!text.includes('{')) return undefined;
  const parts = text.split(/\{[^}]*\}/).map((it) => it.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
