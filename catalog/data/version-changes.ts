import { compare, judge } from '@chirograph/compat';
import { type Message, oncePer, type Schema, versionsOf, type Workspace } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema, type JsonValue, reachableSchemas } from '@chirograph/schema';
import { addressesOf } from './addresses.ts';
import type { FindingRecord, Link, VersionChange } from './catalog.ts';
import { findingRecord, type LinkOf, worstOf } from './finding-record.ts';
import { relationsOf } from './relations.ts';
import { servicesOf } from './rows.ts';
import { present } from './written.ts';

/**
 * What the versions of a message differ in, as if the newer one had been put in the place of the older: what is asked is
 * what becomes of those who read the one and are sent the other. Each version against the next, and each against the
 * newest; the newest pair comes first.
 */
export function versionChanges(workspace: Workspace, message: Message): VersionChange[] {
  const versions = versionsOf(workspace, message);
  const own = versions.indexOf(message);
  if (own < 0 || versions.length < 2) return [];
  const pairs = new Map<string, VersionChange>();
  const add = (older: Message | undefined, newer: Message | undefined) => {
    if (!older || !newer || older === newer || older.version === newer.version) return;
    pairs.set(`${older.id} ${newer.id}`, changeBetween(workspace, older, newer));
  };
  add(message, versions[own - 1]);
  add(versions[own + 1], message);
  add(message, versions[0]);
  if (own === 0) for (const older of versions.slice(2)) add(older, message);
  return [...pairs.values()];
}

const changesOf = oncePer((_: Workspace) => new Map<string, VersionChange>());

/** Worked out once, though both versions show it. */
function changeBetween(workspace: Workspace, older: Message, newer: Message): VersionChange {
  const known = changesOf(workspace);
  const key = `${older.id} ${newer.id}`;
  const found = known.get(key) ?? compared(workspace, older, newer);
  known.set(key, found);
  return found;
}

function compared(workspace: Workspace, older: Message, newer: Message): VersionChange {
  const base = alone(workspace, older, newer, older);
  const { upcasts } = newer.contract;
  const replaced: Message = {
    ...newer,
    version: older.version,
    contract: { ...newer.contract, upcasts: older.contract.upcasts },
  };
  const head = alone(workspace, older, newer, replaced);
  const changes = compare(base, head).filter(
    ({ subject, code }) => subject.kind === 'message' && !/^message\/(upcast|channel|key-renamed)/.test(code),
  );
  // Nothing is approved and no period runs: what is told holds on every day.
  const upcast = upcasts.find((it) => it.from === older.version);
  const findings = judge({ base, head, changes }, { mode: 'FULL', today: '0000-01-01' });
  const told = findings.map((it) =>
    withUpcastOnly(findingRecord(it, linksOf(workspace)), newer, upcast !== undefined),
  );
  const link = (it: Message) => addressesOf(workspace).node(it.id) ?? { to: '', title: it.name };
  return {
    from: link(older),
    to: link(newer),
    fromVersion: older.version,
    toVersion: newer.version,
    verdict: worstOf(told),
    findings: told,
    upcast: upcast ? (upcast.byFunction ? 'function' : 'declared') : 'none',
    stillReading: onlyOlder(workspace, older, newer, 'receive'),
    stillSending: onlyOlder(workspace, older, newer, 'send'),
  };
}

/**
 * Advice on how to number the next version is for those who change one, not for those who made two. How the newer one
 * can take in the older is worth telling where the contract does not.
 */
function withUpcastOnly(
  { fix, ...finding }: FindingRecord,
  newer: Message,
  isDeclared: boolean,
): FindingRecord {
  const found = [fix, fix?.or].find((it) => it?.upcast !== undefined);
  if (isDeclared || !found) return finding;
  const text = `declare in ${newer.version} how it takes in the older version`;
  return {
    ...finding,
    fix: {
      text,
      checked: 'every older message then becomes a valid new one',
      ...present({ upcast: found.upcast }),
    },
  };
}

/** The services with the older version and without the newer. */
function onlyOlder(workspace: Workspace, older: Message, newer: Message, action: 'send' | 'receive'): Link[] {
  const upToDate = new Set(servicesOf(workspace, newer, action));
  return servicesOf(workspace, older, action)
    .filter((it) => !upToDate.has(it))
    .flatMap(({ id }) => addressesOf(workspace).node(id) ?? []);
}

/** The workspace as if one message were all that its services exchange. */
function alone(workspace: Workspace, older: Message, newer: Message, shown: Message): Workspace {
  const relations = relationsOf(workspace);
  const uses = [older, newer].flatMap(({ id }) => [
    ...relations.uses(id, 'send'),
    ...relations.uses(id, 'receive'),
  ]);
  const operations = new Set(uses.map((it) => it.operation));
  const channels = new Set([older, newer].flatMap(({ id }) => relations.channelsOf(id)));
  const services = new Set([...operations].flatMap((it) => relations.service(it.service) ?? []));
  const wanted = shown.id === older.id ? older.id : newer.id;
  const reached = [older, newer].flatMap(({ payload, headers }) =>
    [payload, headers].flatMap((it) => (it === undefined ? [] : reachableSchemas(workspace, it))),
  );
  const schemas: Record<string, Schema> = {};
  for (const id of reached) {
    const schema = workspace.schemas[id];
    if (schema) schemas[id] = schema;
  }
  const only = (ids: readonly string[]) =>
    ids.some((it) => it === older.id || it === newer.id) ? [wanted] : [];
  const { version } = shown.contract.envelope;
  const root = version && shown[version.in];
  const told = root === undefined ? undefined : schemas[root];
  if (told && version) schemas[told.id] = { ...told, json: withoutField(workspace, told.json, version.path) };
  return {
    ...workspace,
    services: [...services],
    channels: [...channels].map((it) => ({ ...it, messages: only(it.messages) })),
    operations: [...operations].map(({ reply, ...it }) => ({
      ...it,
      messages: only(it.messages),
      ...(reply && { reply: { ...reply, messages: only(reply.messages) } }),
    })),
    messages: [shown],
    schemas,
    flows: [],
    spare: [],
  };
}

/** A schema that asks nothing of one field: that the numbers of versions differ goes without saying. */
function withoutField(
  workspace: Workspace,
  json: JsonSchema,
  [name, ...rest]: readonly string[],
  seen: readonly string[] = [],
): JsonSchema {
  if (typeof json === 'boolean' || name === undefined) return json;
  const inner = (it: JsonSchema) => withoutField(workspace, it, [name, ...rest], seen);
  if (typeof json.$ref === 'string') {
    if (seen.includes(json.$ref)) return json;
    const target = workspace.schemas[json.$ref]?.json ?? true;
    const open = withoutField(workspace, target, [name, ...rest], [...seen, json.$ref]);
    return open === target ? json : open;
  }
  const changed: Record<string, JsonValue> = { ...json };
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const branches = json[keyword];
    if (Array.isArray(branches)) changed[keyword] = branches.map((it) => (isSchema(it) ? inner(it) : it));
  }
  for (const keyword of ['then', 'else']) {
    const branch = json[keyword];
    if (isSchema(branch)) changed[keyword] = inner(branch);
  }
  const { properties } = json;
  const field = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (isObject(properties) && isSchema(field)) {
    const open = rest.length === 0 ? true : withoutField(workspace, field, rest, []);
    changed.properties = { ...properties, [name]: open };
  }
  return Object.keys(json).every((it) => changed[it] === json[it]) ? json : changed;
}

/** Addresses of a workspace's things, services by their names. */
export const linksOf = oncePer((workspace: Workspace): LinkOf => {
  const addresses = addressesOf(workspace);
  const services = new Map(workspace.services.map((it) => [`${it.domain}/${it.name}`, it.id]));
  return {
    node: addresses.node,
    service: (domain, name) => {
      const id = services.get(`${domain}/${name}`);
      return id === undefined ? undefined : addresses.node(id);
    },
  };
});
