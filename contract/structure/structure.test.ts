import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { CONTRACT_KEYS } from '../model/index.ts';
import { VERSIONS } from './index.ts';
import { makeTables } from './tables/make.ts';

const findings = (text: string) =>
  load(memoryReader({ 'a.asyncapi.yaml': text })).diagnostics.map(
    ({ at, message }) => `${at.pointer} ${message}`,
  );
const doc = (text: string) => `asyncapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\n${text}`;

describe('the tables', () => {
  it.each([...makeTables()])('%s is what the official meta-schema and our vocabulary say', (name, text) => {
    expect(readFileSync(new URL(`tables/${name}`, import.meta.url), 'utf8') === text).toBe(true);
  });

  it.each(VERSIONS)('of %s accept the smallest document, and name what a document lacks', (version) => {
    const channels = version.startsWith('2') ? '\nchannels: {}' : '';
    expect(findings(`asyncapi: ${version}\ninfo: { title: T, version: 1.0.0 }${channels}`)).toEqual([]);
    expect(findings(`asyncapi: ${version}${channels}`)).toEqual([
      ` an AsyncAPI ${version.slice(0, 3)} document needs \`info\``,
    ]);
  });
});

describe('the keys of x-contract', () => {
  const file = new URL('../vocabulary/x-contract.schema.json', import.meta.url);
  const { properties } = JSON.parse(readFileSync(file, 'utf8'));

  it('are those of the vocabulary', () => {
    expect(Object.values(CONTRACT_KEYS).sort()).toEqual(Object.keys(properties).sort());
  });

  it.each(Object.keys(properties))('%s has a row in docs/x-contract.md', (key) => {
    const page = readFileSync(new URL('../../docs/x-contract.md', import.meta.url), 'utf8');
    expect(page).toMatch(new RegExp(`^\\| \`${key}\` \\|`, 'm'));
  });
});

describe('a fault', () => {
  it('of a misspelt key is one: not that it is unknown and that it is missing as well', () => {
    expect(findings('asyncapi: 3.1.0\ninfo: { titel: T, version: 1.0.0 }')).toEqual([
      '/info/titel `titel` is not a key of `info`; did you mean `title`?',
    ]);
  });

  it('of one of many alternatives is that of the one that was meant', () => {
    const scheme = (text: string) =>
      findings(doc(`components: { securitySchemes: { s: ${text} } }`)).slice(0, -1);
    expect(scheme('{ type: userPasword }')).toEqual([
      '/components/securitySchemes/s/type `type` cannot be `userPasword`; did you mean `userPassword`?',
    ]);
    expect(scheme('{ type: http, scheme: bearer, bearerFormat: 7 }')).toEqual([
      '/components/securitySchemes/s/bearerFormat `bearerFormat` must be a string',
    ]);
    expect(scheme('{ type: openIdConnect }')).toEqual([
      '/components/securitySchemes/s an OpenID Connect security scheme needs `openIdConnectUrl`',
    ]);
  });

  it('of a binding is told by the schema of its protocol and version', () => {
    expect(findings(doc('channels: { c: { bindings: { kafka: { topc: t } } } }'))).toEqual([
      '/channels/c/bindings/kafka/topc `topc` is not a key of a Kafka channel binding 0.5.0; did you mean `topic`?',
    ]);
    expect(
      findings(doc('channels: { c: { bindings: { kafka: { partitions: 0, bindingVersion: 0.4.0 } } } }')),
    ).toEqual(['/channels/c/bindings/kafka/partitions `partitions` must be 1 or more']);
  });

  it('of a binding of AsyncAPI 2 is a warning, told by the schema of its protocol and version', () => {
    const channel = (bindings: string) =>
      findings(
        `asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { c: { bindings: ${bindings} } }`,
      );
    expect(channel('{ kafka: { topc: t } }')).toEqual([
      '/channels/c/bindings/kafka/topc `topc` is not a key of a Kafka channel binding 0.5.0; did you mean `topic`?',
    ]);
    expect(channel('{ kafka: { partitions: 0, bindingVersion: 0.4.0 } }')).toEqual([
      '/channels/c/bindings/kafka/partitions `partitions` must be 1 or more',
    ]);
    // What any version takes is right where none is given, and a version that nobody has published says nothing.
    expect(
      channel('{ kafka: { topic: t }, amqp: { is: queue, queue: { name: q } }, mine: { a: 1 } }'),
    ).toEqual([]);
    expect(channel('{ kafka: { topc: t, bindingVersion: 9.9.9 } }')).toEqual([]);
  });

  it('of a schema is told deep within it', () => {
    const payload = '{ properties: { a: { items: { anyOf: [{ type: strng }] } } } }';
    expect(findings(doc(`channels: { c: { messages: { M: { payload: ${payload} } } } }`))).toEqual([
      '/channels/c/messages/M/payload/properties/a/items/anyOf/0/type `type` cannot be `strng`; did you mean `string`?',
    ]);
  });

  it('of a message example without a part names both parts', () => {
    expect(findings(doc('channels: { c: { messages: { M: { examples: [{ name: x }] } } } }'))).toEqual([
      '/channels/c/messages/M/examples/0 item 1 of `examples` needs `payload` or `headers`',
    ]);
  });

  it('of x-contract is told in its own words', () => {
    const contract = '{ versoin: "1", retention: 7 days, identity: [eventId] }';
    expect(findings(doc(`channels: { c: { messages: { M: { x-contract: ${contract} } } } }`))).toEqual([
      '/channels/c/messages/M/x-contract/versoin `versoin` is not a key of `x-contract`; did you mean `version`?',
      '/channels/c/messages/M/x-contract/retention `retention` must be a duration of weeks, days, hours, minutes and seconds, such as `PT5S` or `P365D`',
      '/channels/c/messages/M/x-contract/identity/0 item 1 of `identity` must be a JSON Pointer into the payload, such as `/eventId`, or a runtime expression, such as `$message.header#/id`',
    ]);
  });

  it('in what two documents share is told once, where it stands', () => {
    const ref = "channels: { c: { $ref: './shared.yaml#/c' } }";
    const { diagnostics } = load(
      memoryReader({ 'a.yaml': doc(ref), 'b.yaml': doc(ref), 'shared.yaml': 'c: { adress: x }' }),
    );
    expect(diagnostics.map(({ at }) => `${at.file}#${at.pointer}`)).toEqual(['shared.yaml#/c/adress']);
  });
});
