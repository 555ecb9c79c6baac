import { createHash } from 'node:crypto';
import type { Client } from './connection.ts';

export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Scripts run while the server is out of memory, too: consuming and trimming is what makes room. */
function script(body: string): Script {
  const text = `#!lua flags=allow-oom\n${body}`;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** A lease is a field of a hash: token, end and length in milliseconds, holder. One that ends further ahead than it is long has lapsed. */
const LEASE = `${NOW}
local function lease(field)
  local text = redis.call('HGET', KEYS[1], field)
  if not text then return nil end
  local token, ends, ttl, holder = string.match(text, '^(%d+) (%d+) (%d+) (.*)$')
  local left = tonumber(ends) - now
  return { token = token, holder = holder, left = left, live = left > 0 and left <= tonumber(ttl) }
end
`;

/** KEYS: leases; ARGV: name, holder, milliseconds. Answers with the token, or nothing. */
export const ACQUIRE = script(`${LEASE}
local held = lease(ARGV[1])
if held and held.live and held.holder ~= ARGV[2] then return false end
local token
if held and held.holder == ARGV[2] then token = held.token
else token = redis.call('HINCRBY', KEYS[1], '', 1) end
redis.call('HSET', KEYS[1], ARGV[1], token .. ' ' .. string.format('%.0f', now + ARGV[3]) .. ' ' .. ARGV[3] .. ' ' .. ARGV[2])
return tonumber(token)
`);

/** KEYS: leases; ARGV: name, token. */
export const RELEASE = script(`${LEASE}
local held = lease(ARGV[1])
if held and held.token == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
`);

/** KEYS: leases; ARGV: prefix. Answers with name, holder, token and milliseconds that are left of each; forgets what lapsed an hour ago. */
export const HELD = script(`${LEASE}
local found = {}
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if name ~= '' and string.sub(name, 1, #ARGV[1]) == ARGV[1] then
    local it = lease(name)
    if it.live then table.insert(found, { name, it.holder, tonumber(it.token), it.left })
    elseif it.left < -3600000 then redis.call('HDEL', KEYS[1], name) end
  end
end
return found
`);

/**
 * Makes the group at each stream. KEYS: the group's channels, streams; ARGV: group, '0' or '$', channels.
 */
export const JOIN = script(`
redis.call('SADD', KEYS[1], unpack(ARGV, 3))
for i = 2, #KEYS do
  local made = redis.pcall('XGROUP', 'CREATE', KEYS[i], ARGV[1], ARGV[2], 'MKSTREAM')
  if made.err and not string.find(made.err, '^BUSYGROUP') then return made end
end
return redis.status_reply('OK')
`);

/**
 * Takes over what former owners of a partition took and did not acknowledge; forgets those of them who have nothing left.
 * KEYS: leases, stream; ARGV: lease, token, group, consumer. Answers with the id up to which messages were handed out, or nothing without the lease.
 */
export const CLAIM = script(`${LEASE}
local held = lease(ARGV[1])
if not (held and held.live and held.token == ARGV[2]) then return false end
local cursor = '0-0'
repeat
  cursor = redis.call('XAUTOCLAIM', KEYS[2], ARGV[3], ARGV[4], 0, cursor, 'COUNT', 1000, 'JUSTID')[1]
until cursor == '0-0'
for _, it in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[2], ARGV[3])) do
  if it[2] ~= ARGV[4] and it[4] == 0 then redis.call('XGROUP', 'DELCONSUMER', KEYS[2], ARGV[3], it[2]) end
end
for _, it in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
  if it[2] == ARGV[3] then
    for i = 1, #it, 2 do if it[i] == 'last-delivered-id' then return it[i + 1] end end
  end
end
`);

/**
 * Reads, but only while the lease is held: what a former owner asked for in vain is never taken from the stream in its name.
 * KEYS: leases, stream, the group's channels; ARGV: lease, token, group, consumer, count, '>' or the id after which.
 * Answers with how many channels the group has, and the entries; or nothing without the lease.
 */
export const READ = script(`${LEASE}
local held = lease(ARGV[1])
if not (held and held.live and held.token == ARGV[2]) then return false end
local read = redis.call('XREADGROUP', 'GROUP', ARGV[3], ARGV[4], 'COUNT', ARGV[5], 'STREAMS', KEYS[2], ARGV[6])
return { redis.call('SCARD', KEYS[3]), read and read[1][2] or {} }
`);

/**
 * How many entries a group has not settled: handed out and not acknowledged, and not handed out yet. Where the server does not keep count (a group that
 * began in the middle of its stream) they are counted, up to 10,000. KEYS: stream; ARGV: group. Nothing when there is no such group.
 */
export const LAG = script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
for _, it in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #it, 2 do group[it[i]] = it[i + 1] end
  if group['name'] == ARGV[1] then
    local lag = group['lag']
    if not lag then lag = #redis.call('XRANGE', KEYS[1], '(' .. group['last-delivered-id'], '+', 'COUNT', 10000) end
    return group['pending'] + lag
  end
end
return false
`);

/**
 * Drops what every group has acknowledged. KEYS: stream; ARGV: milliseconds that a message is kept in any case. Answers with how many.
 */
export const TRIM = script(`${NOW}
local function numbers(id)
  local milliseconds, number = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(milliseconds), tonumber(number)
end
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
if #groups == 0 then return 0 end
local first = string.format('%.0f', math.max(0, now - ARGV[1])) .. '-0'
for _, it in ipairs(groups) do
  local group = {}
  for i = 1, #it, 2 do group[it[i]] = it[i + 1] end
  local id = group['last-delivered-id']
  if group['pending'] > 0 then id = redis.call('XPENDING', KEYS[1], group['name'])[2] end
  local a, b = numbers(id)
  local c, d = numbers(first)
  if a < c or (a == c and b < d) then first = id end
end
return redis.call('XTRIM', KEYS[1], 'MINID', '~', first)
`);

/** Runs a script by its digest, and hands the server the text when it does not know it. */
export async function run<Reply>(
  client: Client,
  { text, sha }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<Reply> {
  const rest = [String(keys.length), ...keys, ...args.map(String)];
  try {
    return (await client.call(['EVALSHA', sha, ...rest])) as Reply;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return (await client.call(['EVAL', text, ...rest])) as Reply;
  }
}
