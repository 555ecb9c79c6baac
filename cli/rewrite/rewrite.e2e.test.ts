import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import { load as loadYaml } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';
import { bundle } from './bundle.ts';
import { sameness } from './same.ts';

describe('one document of a service', { timeout: 60_000 }, () => {
  const reader = folderReader('.', ['specs']);
  const services = reader.entries.filter((it) => /^specs\/(loyalty|checkout)\/.*\.asyncapi\./.test(it));

  it.each(services)('%s says what it said, and refers to nothing else', (file) => {
    const { workspace } = load({ ...reader, entries: [file] });
    const text = JSON.stringify(bundle(workspace, file));
    expect(text).not.toMatch(/"\$ref":"[^#]/);
    expect(sameness(reader, file, text)).toMatchObject({ changes: [], faults: [], renamed: 0 });
    expect(load(memoryReader({ [file]: text })).diagnostics.filter((it) => it.severity === 'error')).toEqual(
      [],
    );
  });

  it('is told from one that says something else', () => {
    const [file = ''] = services;
    const { workspace } = load({ ...reader, entries: [file] });
    const text = JSON.stringify(bundle(workspace, file));
    expect(text).toContain('"type":"integer"');
    expect(sameness(reader, file, text.replace('"type":"integer"', '"type":"string"')).changes).not.toEqual(
      [],
    );
  });
});

describe('chirograph bundle and convert', { timeout: 60_000 }, () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'chirograph-rewrite-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (file: string, document: object) => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), JSON.stringify(document));
  };
  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const io = memoryIo(root);
    const code = await main(args, io);
    return { code, out: io.printed(), err: io.said() };
  }

  const two = {
    asyncapi: '2.6.0',
    info: { title: 'Lights', version: '1.0.0' },
    tags: [{ name: 'street' }],
    servers: {
      main: {
        url: 'mqtt://{host}:1883/lights',
        protocol: 'mqtt',
        variables: { host: { default: 'a' } },
        security: [{ oauth: ['on'] }],
      },
    },
    channels: {
      'light/{id}/measured': {
        servers: ['main'],
        parameters: {
          id: { description: 'Which.', schema: { type: 'string', enum: ['a', 'b'], default: 'a' } },
        },
        publish: {
          operationId: 'measure',
          traits: [{ $ref: '#/components/operationTraits/kafka' }],
          message: { oneOf: [{ $ref: '#/components/messages/Measured' }, { $ref: 'shared.json#/Failed' }] },
        },
      },
      'light/turn': {
        subscribe: {
          message: {
            messageId: 'Turned',
            name: 'light.turned',
            schemaFormat: 'application/schema+json;version=2020-12',
            traits: [
              {
                description: 'From the trait.',
                headers: { type: 'object', properties: { a: { type: 'string' } } },
              },
            ],
            description: 'Loses.',
            payload: { type: 'object', properties: { on: { type: 'boolean' } } },
          },
        },
      },
    },
    components: {
      messages: { Measured: { payload: { $ref: '#/components/schemas/Lumens' }, tags: [{ name: 'x' }] } },
      schemas: {
        Lumens: { type: 'object', required: ['n'], properties: { n: { type: 'integer', minimum: 0 } } },
      },
      operationTraits: { kafka: { bindings: { kafka: { clientId: { type: 'string' } } } } },
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: 'https://example.com', scopes: { on: 'Turn on.' } } },
        },
      },
    },
  };
  const shared = { Failed: { name: 'light.failed', payload: { $ref: 'types.json' } } };
  const types = { type: 'object', properties: { again: { $ref: 'types.json' }, why: { type: 'string' } } };

  it('bundle AsyncAPI 2, what contains itself included', async () => {
    write('specs/lights/lights.asyncapi.json', two);
    write('specs/lights/shared.json', shared);
    write('specs/lights/types.json', types);
    const { code, out, err } = await run('bundle', 'lights');
    expect({ code, err }).toEqual({ code: 0, err: '3 messages, each proved unchanged\n' });
    expect(JSON.parse(out)).toMatchObject({
      asyncapi: '2.6.0',
      components: { messages: { 'light.failed': { payload: { $ref: '#/components/schemas/types' } } } },
    });
  });

  it('convert AsyncAPI 2 to 3.1, and say that nothing else changed', async () => {
    write('specs/lights/lights.asyncapi.json', two);
    write('specs/lights/shared.json', shared);
    write('specs/lights/types.json', types);
    const done = await run('convert', 'specs/lights/lights.asyncapi.json', '--out', 'three.yaml');
    expect(done).toEqual({
      code: 0,
      out: '',
      err: '3 messages, each proved unchanged; 2 operations and messages got a name\n',
    });
    const three = loadYaml(readFileSync(join(root, 'three.yaml'), 'utf8'));
    expect(three).toMatchObject({
      asyncapi: '3.1.0',
      info: { tags: [{ name: 'street' }] },
      servers: {
        main: {
          host: '{host}:1883',
          pathname: '/lights',
          security: [{ $ref: '#/components/securitySchemes/oauth' }],
        },
      },
      channels: {
        light_id_measured: {
          address: 'light/{id}/measured',
          parameters: { id: { description: 'Which.', enum: ['a', 'b'], default: 'a' } },
        },
        light_turn: {
          messages: { Turned: { description: 'From the trait.', payload: { schema: { type: 'object' } } } },
        },
      },
      operations: {
        measure: { action: 'receive', channel: { $ref: '#/channels/light_id_measured' } },
        'light_turn.subscribe': { action: 'send' },
      },
      components: { securitySchemes: { oauth: { scopes: ['on'] } } },
    });
    writeFileSync(join(root, 'specs/lights/lights.asyncapi.json'), JSON.stringify(three));
    expect((await run('validate', '--quiet')).code).toBe(0);
  });

  it('convert bindings that AsyncAPI 3 has no longer to those that it has', async () => {
    const amqp = { is: 'queue', queue: { name: 'q' }, bindingVersion: '0.2.0' };
    write('specs/lights/lamp.asyncapi.json', {
      asyncapi: '2.6.0',
      info: { title: 'Lamp', version: '1.0.0' },
      channels: {
        lit: {
          bindings: { amqp },
          subscribe: {
            bindings: { http: { type: 'request', method: 'GET', bindingVersion: '0.1.0' } },
            traits: [{ $ref: '#/components/operationTraits/kafka' }],
            message: { name: 'lamp.lit', payload: { type: 'string' } },
          },
        },
      },
      components: { operationTraits: { kafka: { bindings: { kafka: { bindingVersion: '0.1.0' } } } } },
    });
    const done = await run('convert', 'specs/lights/lamp.asyncapi.json', '--out', 'three.yaml');
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('1 message, each proved unchanged') });
    expect(loadYaml(readFileSync(join(root, 'three.yaml'), 'utf8'))).toMatchObject({
      channels: { lit: { bindings: { amqp: { bindingVersion: '0.3.0' } } } },
      operations: { 'lit.subscribe': { bindings: { http: { bindingVersion: '0.2.0', method: 'GET' } } } },
      components: { operationTraits: { kafka: { bindings: { kafka: { bindingVersion: '0.3.0' } } } } },
    });
  });

  it('refuse what they cannot do, and say why', async () => {
    write('specs/lights/lights.asyncapi.json', { ...two, asyncapi: '3.0.0' });
    write('specs/lights/shared.json', shared);
    expect((await run('bundle', 'light')).err).toContain(
      'there is no service `light`; did you mean `lights`?',
    );
    expect((await run('convert', 'specs/lights/lights.asyncapi.json')).code).toBe(2);
    write('specs/lights/lights.asyncapi.json', two);
    rmSync(join(root, 'specs/lights/shared.json'));
    expect(await run('bundle', 'lights')).toMatchObject({ code: 2, out: '' });
  });
});
