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

it('the schema for editors knows every version that is read', () => {
  const file = new URL('../vocabulary/contract.schema.json', import.meta.url);
  const { allOf } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly allOf: readonly { readonly then: { readonly $ref: string } }[];
  };
  expect(allOf.map((it) => /\d\.\d\.\d/.exec(it.then.$ref)?.[0])).toEqual([...VERSIONS]);
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
    // What any version takes is right where none is given.
    expect(
      channel('{ kafka: { topic: t }, amqp: { is: queue, queue: { name: q } }, mine: { a: 1 } }'),
    ).toEqual([]);
  });

  it('of a binding of an old or an unknown version is told by the nearest one that has a schema', () => {
    const found = (asyncapi: string, operation: string) =>
      findings(
        `asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { ${asyncapi} b: { subscribe: { bindings: ${operation} } } }`,
      );
    const qos = '/channels/b/subscribe/bindings/mqtt/qos `qos` cannot be `3`';
    for (const version of [
      '',
      ', bindingVersion: 0.1.0',
      ', bindingVersion: 0.2.0',
      ', bindingVersion: latest',
    ])
      expect(found('', `{ mqtt: { qos: 3${version} } }`)).toEqual([qos]);
    expect(
      found(
        'a: { bindings: { kafka: { topc: t, bindingVersion: 9.9.9 } } },',
        '{ kafka: { clientId: { type: string }, bindingVersion: 9.9.9 } }',
      ),
    ).toEqual([
      '/channels/a/bindings/kafka/bindingVersion `9.9.9` is not a known version of the `kafka` bindings',
      '/channels/a/bindings/kafka/topc `topc` is not a key of a Kafka channel binding 0.5.0; did you mean `topic`?',
    ]);
    // Kafka's channels have bindings since 0.3.0; 0.1.0 has been published all the same.
    expect(found('a: { bindings: { kafka: { topic: t, bindingVersion: 0.1.0 } } },', '{}')).toEqual([]);
    expect(found('', '{ redis: { any: 1, bindingVersion: 9.9.9 }, mine: { bindingVersion: 1 } }')).toEqual(
      [],
    );
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

  it('below a misspelt key is found with it, in structure and in what is read', () => {
    const text = doc(`channels:
  c:
    address: c
    mesages:
      M:
        summray: x
        payload: { type: object, properties: { a: { type: strng }, b: { minLenght: 3 } } }
        exmaples: [{ payload: { b: 1 }, nme: x }]
opertions:
  o: { action: snd, channel: { $ref: '#/channels/c' } }
`);
    const { workspace, diagnostics } = load(memoryReader({ 'a.yaml': text }));
    expect(diagnostics.map(({ at }) => at.pointer).sort()).toEqual([
      '/channels/c/mesages',
      '/channels/c/mesages/M/exmaples',
      '/channels/c/mesages/M/exmaples/0/nme',
      '/channels/c/mesages/M/payload/properties/a/type',
      '/channels/c/mesages/M/summray',
      '/opertions',
      '/opertions/o/action',
    ]);
    expect(workspace.messages).toMatchObject([
      { at: { pointer: '/channels/c/mesages/M' }, summary: 'x', examples: [{ payload: { b: 1 } }] },
    ]);
    expect(workspace.operations).toMatchObject([{ key: 'o', action: 'send' }]);
  });

  it('of a part with the wrong shape is one: what the rules make of such a part is no second fault', () => {
    const two = (text: string) => findings(`asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\n${text}`);
    expect(two('servers: { s: { url: h, protocol: ws, security: { auth: [read] } } }\nchannels: {}')).toEqual(
      ['/servers/s/security `security` must be an array'],
    );
    expect(two('channels: { "a/{b}": { parameters: [b] } }')).toEqual([
      '/channels/a~1{b}/parameters `parameters` must be an object',
    ]);
    expect(findings('asyncapi: { a: 1 }')).toEqual(['/asyncapi `asyncapi` must be a version']);
    expect(
      findings(doc('channels: { c: { messages: { M: { payload: { type: [{ a: 1 }, null] } } } } }')),
    ).toEqual(['/channels/c/messages/M/payload/type `type` cannot be `[{"a":1},null]`']);
  });

  it('of a key that the standard does not allow names one that it does', () => {
    const file = 'asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: {}\n';
    const keys = (text: string) =>
      load(memoryReader({ 'a.yaml': file + text })).diagnostics.flatMap(({ code, message, fix }) =>
        code === 'document/key-invalid' ? [`${message} | ${fix ?? ''}`] : [],
      );
    expect(
      keys("components: { schemas: { 'a b#': {}, 'Ünit': {}, 'a.b-c_1': {} }, x-mine: { 'a b': 1 } }"),
    ).toEqual([
      '`a b#` is not a valid key of `components.schemas` | Rename it, for example to `a-b`, and change the references to it.',
      '`Ünit` is not a valid key of `components.schemas` | Rename it, for example to `Unit`, and change the references to it.',
    ]);
    expect(keys("servers: { 'live.eu': { url: h, protocol: ws }, '!': { url: h, protocol: ws } }")).toEqual([
      '`live.eu` is not a valid key of `servers` | Rename it, for example to `live-eu`, and change the references to it.',
      '`!` is not a valid key of `servers` | ',
    ]);
  });

  it('of a scope is told of schemes that have none, and not of those whose scopes nobody knows', () => {
    const scopes = (scheme: string) =>
      findings(
        `asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nservers: { s: { url: h, protocol: ws, security: [{ k: [read] }] } }\nchannels: {}\ncomponents: { securitySchemes: { k: ${scheme} } }`,
      );
    expect(scopes('{ type: apiKey, in: user }')).toEqual([
      '/servers/s/security/0/k/0 `k` offers no scope `read`',
    ]);
    expect(scopes('{ type: openIdConnect, openIdConnectUrl: "https://a.example" }')).toEqual([]);
  });

  it('of a variable is found in host and path, and in components', () => {
    expect(
      findings(
        doc(
          "servers: { s: { host: '{a}.example', pathname: '/{b}', protocol: ws, variables: { a: { enum: [x], default: y } } } }",
        ),
      ),
    ).toEqual([
      '/servers/s/variables `{b}` of the server `{a}.example/{b}` is not under `variables`',
      '/servers/s/variables/a/default the default `y` of the variable `a` is not in its `enum`',
    ]);
  });

  it('of a variable stands where it is written, and is told once however many refer to it', () => {
    const servers =
      "servers: { s: { $ref: '#/components/servers/S' }, t: { $ref: '#/components/servers/S' } }";
    const shared =
      "servers: { S: { host: h, pathname: '/{r}/{q}', protocol: ws, variables: { r: { $ref: '#/components/serverVariables/R' } } } }, serverVariables: { R: { enum: [us], default: eu } }";
    expect(findings(doc(`${servers}\ncomponents: { ${shared} }`))).toEqual([
      '/components/servers/S/variables `{q}` of the server `h/{r}/{q}` is not under `variables`',
      '/components/serverVariables/R/default the default `eu` of the variable `r` is not in its `enum`',
    ]);
    expect(findings(doc("servers: { s: { host: h, pathname: '/{r}', protocol: ws } }"))).toEqual([
      '/servers/s/pathname `{r}` of the server `h/{r}` is not under `variables`',
    ]);
  });

  it('of a parameter is a warning where the channel describes none, and says that a key is no address', () => {
    const found = (text: string) =>
      load(memoryReader({ 'a.yaml': doc(text) })).diagnostics.map(
        ({ severity, at, fix }) => `${severity} ${at.pointer} ${fix}`,
      );
    expect(found("channels: { c: { address: 'a.{b}' } }")).toEqual([
      'warning /channels/c/address Add `b: {}` to the `parameters` of the channel.',
    ]);
    expect(found("channels: { c: { address: 'a.{b}', parameters: {} } }")).toEqual([
      'error /channels/c/parameters Add `b: {}` to the `parameters` of the channel.',
    ]);
    expect(found("channels: { 'a.{b}': { parameters: { b: {} } } }")).toEqual([
      "error /channels/a.{b}/parameters/b The key of a channel is not its address: add `address: 'a.{b}'`.",
    ]);
  });

  it('of a message that is not of the channel is found in replies, and not where both name one channel', () => {
    const channels =
      'channels: { a: { messages: { A: {} } }, b: { messages: { B: {} } } }\ncomponents: { replies: { r: { channel: { $ref: "#/channels/b" }, messages: [{ $ref: "#/channels/a/messages/A" }] } } }\n';
    const operation = (reply: string) =>
      findings(
        doc(
          `${channels}operations: { o: { action: receive, channel: { $ref: "#/channels/a" }, reply: ${reply} } }`,
        ),
      );
    const foreign = "`#/channels/a/messages/A` is not a message of the reply's channel `#/channels/b`";
    expect(operation('{ $ref: "#/components/replies/r" }')).toEqual([
      `/components/replies/r/messages/0/$ref ${foreign}`,
    ]);
    const own = '{ channel: { $ref: "#/channels/b" }, messages: [{ $ref: "#/channels/b/messages/B" }] }';
    expect(operation(own).filter((it) => it.startsWith('/operations'))).toEqual([]);
    const files = {
      'a.yaml': doc(
        'channels: { c: { $ref: "./b.yaml#/channels/c" } }\noperations: { o: { action: receive, channel: { $ref: "#/channels/c" }, messages: [{ $ref: "./b.yaml#/channels/c/messages/M" }] } }',
      ),
      'b.yaml': doc(
        'channels: { c: { address: c, messages: { M: {} } }, d: { address: d, messages: { N: {} } } }',
      ),
    };
    expect(load(memoryReader(files)).diagnostics).toEqual([]);
    const other = files['a.yaml'].replace('channels/c/messages/M', 'channels/d/messages/N');
    expect(load(memoryReader({ ...files, 'a.yaml': other })).diagnostics.map(({ code }) => code)).toEqual([
      'operation/foreign-message',
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

it('a security requirement as AsyncAPI 2 names it is one fault, which says what to write', () => {
  const text = doc(
    'servers: { main: { host: a.example.com, protocol: mqtt, security: [{ key: [] }] } }\ncomponents: { securitySchemes: { key: { type: userPassword } } }',
  );
  const { diagnostics } = load(memoryReader({ 'a.asyncapi.yaml': text }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      code: 'document/missing-key',
      at: { pointer: '/servers/main/security/0' },
      message: 'a security requirement of AsyncAPI 3 needs `$ref`',
      fix: expect.stringContaining("- $ref: '#/components/securitySchemes/key'"),
    },
  ]);
});
