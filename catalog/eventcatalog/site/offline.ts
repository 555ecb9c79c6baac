import { Socket } from 'node:net';

/**
 * Loaded before EventCatalog's own code (`node --import`): refuses every connection that leaves this machine. A build
 * needs none, but EventCatalog reports each one to its makers and this version has no switch against that.
 */

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;
const refused = new Set<string>();
const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;

Socket.prototype.connect = function offline(this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args);
  if (host === undefined || LOOPBACK.test(host)) return connect.apply(this, args);
  if (!refused.has(host)) process.stderr.write(`offline: refused ${host}\n`);
  refused.add(host);
  const error = Object.assign(new Error(`${host} is off limits`), { code: 'ENETUNREACH' });
  // Later, as a real failure would come: by then the caller listens for it.
  setImmediate(() => this.destroy(error));
  return this;
};

/** The host that a call of `connect` names; undefined for this machine and for local sockets. */
function hostOf(args: readonly unknown[]): string | undefined {
  // `net.connect` hands on its arguments as one list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    return 'path' in first && first.path ? undefined : 'host' in first ? text(first.host) : undefined;
  }
  return typeof first === 'number' ? text(second) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
