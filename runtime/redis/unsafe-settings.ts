/** A setting of a Redis server by which acknowledged messages are lost. */
export type UnsafeSetting = (typeof ALL_SETTINGS)[number];

export const ALL_SETTINGS = ['appendonly', 'maxmemory-policy', 'role'] as const;

/** What of a server's settings loses messages, each as a sentence with its remedy. `info`: the answer of `INFO`. */
export function unsafeSettings(info: string, allowed: readonly UnsafeSetting[]): readonly string[] {
  const values = new Map(info.split('\r\n').map((line) => line.split(/:(.*)/, 2) as [string, string]));
  const found: (readonly [UnsafeSetting, string])[] = [];
  if (values.get('aof_enabled') !== '1')
    found.push([
      'appendonly',
      'messages are kept in memory and lost when the server stops: CONFIG SET appendonly yes, and the same in redis.conf',
    ]);
  const policy = values.get('maxmemory_policy');
  // Streams have no time to live, so that the volatile policies leave them alone.
  if (values.get('maxmemory') !== '0' && policy !== 'noeviction' && !policy?.startsWith('volatile-'))
    found.push([
      'maxmemory-policy',
      `a full server drops whole streams (${policy ?? 'unknown'}): CONFIG SET maxmemory-policy noeviction`,
    ]);
  if (values.get('role') !== 'master')
    found.push(['role', `it is a ${values.get('role') ?? 'server of unknown role'}: connect to the primary`]);
  return found
    .filter(([setting]) => !allowed.includes(setting))
    .map(([setting, text]) => `${setting}: ${text}`);
}
