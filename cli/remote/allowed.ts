import { isIP } from 'node:net';

/**
 * Whether a URL may be fetched. Without a list everything may but this machine and its link: a contract of somebody else
 * must not make those who read it ask their own services, or the metadata of their cloud.
 * @param prefixes what the config allows: `https://schemas.example.com/events/`; undefined where it names none
 */
export function allowing(prefixes: readonly string[] | undefined): (url: string) => boolean {
  if (prefixes === undefined) return (url) => !isOfThisMachine(url);
  const allowed = prefixes.flatMap((it) => URL.parse(it) ?? []);
  return (url) => {
    const asked = URL.parse(url);
    // Compared in parts: `https://example.com.evil.test` begins with `https://example.com`.
    return allowed.some((it) => asked?.origin === it.origin && asked.pathname.startsWith(it.pathname));
  };
}

/** True for a URL whose host is a name or an address of this machine, or of its link. */
export function isOfThisMachine(url: string): boolean {
  const host = URL.parse(url)?.hostname.toLowerCase().replace(/\.$/, '') ?? '';
  return /(^|\.)localhost$/.test(host) || isLocalAddress(host.replace(/^\[|\]$/g, ''));
}

/** Loopback, link-local and unspecified addresses (RFC 6890), IPv4 within IPv6 too. */
export function isLocalAddress(address: string): boolean {
  // A URL writes `::ffff:127.0.0.1` as `::ffff:7f00:1`.
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high !== undefined && low !== undefined) {
    const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
    return isLocalAddress([24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.'));
  }
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isLocalAddress(mapped);
  if (isIP(address) === 4) return /^(127|0)\./.test(address) || address.startsWith('169.254.');
  return isIP(address) === 6 && /^(::1?$|fe[89ab])/i.test(address);
}
