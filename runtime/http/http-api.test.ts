import { Validator as OpenApiValidator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageContract, Validator } from '../contract/index.ts';
import { createProducer, type HandlerContext, outbox, type Transaction } from '../index.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { manualClock } from '../testing/index.ts';
import { type HttpApiOptions, HttpProblemError, httpApi, httpCommand } from './index.ts';

interface Rename {
  readonly id: string;
  readonly type: 'cup.rename';
  readonly subject: string;
  readonly by?: string;
  readonly data: { readonly cup: string; readonly name: string };
}

interface Renamed extends Omit<Rename, 'type'> {
  readonly type: 'cup.renamed';
}

interface Refused {
  readonly id: string;
  readonly type: 'cup.command-refused';
  readonly data: { readonly command: string; readonly failure: string; readonly message: string };
}

const ajv = new Ajv({ allErrors: true });
const text = { type: 'string', minLength: 1 };
const body = {
  type: 'object',
  required: ['cup', 'name'],
  properties: { cup: text, name: { type: 'string', minLength: 3 } },
};

function contract<T>(
  name: string,
  kind: 'command' | 'event',
  data: object,
  required: readonly string[] = [],
) {
  const validate = ajv.compile<T>({
    type: 'object',
    required: ['id', 'type', 'data', ...required],
    properties: { id: text, type: { const: name }, subject: text, by: text, data },
  });
  const found: MessageContract<T> = {
    name,
    version: '1.0',
    kind,
    channel: name,
    contentType: 'application/json',
    envelope: { id: { in: 'payload', path: ['id'] }, type: { in: 'payload', path: ['type'] } },
    identity: [],
    validate: validate as unknown as Validator<T>,
  };
  return found;
}

const rename = contract<Rename>('cup.rename', 'command', body, ['subject']);
const renamed = contract<Renamed>('cup.renamed', 'event', body);
const commandRefused = contract<Refused>('cup.command-refused', 'event', { type: 'object' });

const info = {
  name: 'cups',
  title: 'Cups',
  version: '1.0.0',
  id: 'urn:test:cups',
  dialect: 'http://json-schema.org/draft-07/schema#',
  schemas: {},
};
const facts = { operationId: 'rename', at: ['data'], body, failures: { NAME_TAKEN: 'Name taken' } };

/** A service whose cups have names of their own, over HTTP. */
function cups(options: Partial<HttpApiOptions> = {}) {
  const store = sqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const clock = manualClock();
  const send = createProducer('cups', outbox(store), { clock });
  const handled: Rename[] = [];
  const faults: unknown[] = [];
  const names = (tx: Transaction) => tx.documents<{ readonly of: string }>('names');

  async function handle(command: Rename, context: HandlerContext): Promise<void> {
    handled.push(command);
    const { cup, name } = command.data;
    if (name === 'explode') throw new Error('a secret of the service');
    const taken = await names(context.tx).get(name);
    if (taken) {
      const data = { command: 'cup.rename', failure: 'NAME_TAKEN', message: `${name} is taken` };
      await send(commandRefused, { data }, context);
      return;
    }
    await names(context.tx).put(name, { of: cup });
    await send(renamed, { subject: command.subject, data: command.data }, context);
  }

  const api = httpApi(
    info,
    {
      store,
      clock,
      about: (it) => ({ subject: Object(it).cup }),
      observe: (it) => faults.push(it),
      ...options,
    },
    [httpCommand(rename, handle, facts)],
  );
  const sent = () =>
    store.read(async (tx) => (await tx.outbox.next({ limit: 100 })).map(({ message }) => message.name));
  const post = async (json: unknown, headers: Record<string, string> = {}, path = '/cup/rename') => {
    const response = await api.fetch(
      new Request(`http://cups.test${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof json === 'string' ? json : JSON.stringify(json),
      }),
    );
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: await response.json(),
    };
  };
  return { api, store, clock, handled, faults, sent, post };
}

const blue = { cup: 'c1', name: 'blue' };

describe('a command over HTTP', () => {
  it('is done by the handler, which is told it as a message', async () => {
    const { post, handled, sent } = cups();
    const { status, body: answer } = await post(blue);
    expect(status).toBe(200);
    expect(handled).toEqual([{ id: answer.commandId, type: 'cup.rename', subject: 'c1', data: blue }]);
    expect(answer.messages).toEqual([
      { id: expect.any(String), name: 'cup.renamed', version: '1.0', subject: 'c1' },
    ]);
    expect(await sent()).toEqual(['cup.renamed']);
  });

  it('is refused as the event says that the handler sends', async () => {
    const { post, sent } = cups({ statusOf: (code) => (code === 'NAME_TAKEN' ? 410 : undefined) });
    await post(blue);
    const { status, type, body: problem } = await post({ cup: 'c2', name: 'blue' });
    expect([status, type]).toEqual([410, 'application/problem+json']);
    expect(problem).toEqual({
      type: 'urn:test:cups#NAME_TAKEN',
      title: 'Name taken',
      status: 410,
      detail: 'blue is taken',
      code: 'NAME_TAKEN',
      commandId: expect.any(String),
    });
    expect(await sent()).toEqual(['cup.renamed', 'cup.command-refused']);
  });

  it('that fails changes nothing, and says nothing of why', async () => {
    const { post, faults, sent } = cups();
    const { status, body: problem } = await post({ cup: 'c1', name: 'explode' });
    expect([status, problem.type]).toEqual([500, 'urn:problem:internal-error']);
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(faults).toMatchObject([{ kind: 'fault', error: { message: 'a secret of the service' } }]);
    expect(await sent()).toEqual([]);
  });

  it.each<[number, string, unknown, Record<string, string>]>([
    [400, 'invalid-body', { cup: 'c1', name: 'x' }, {}],
    [400, 'invalid-body', [], {}],
    [400, 'not-json', '{', {}],
    [413, 'too-large', { ...blue, name: 'x'.repeat(2_000) }, {}],
    [415, 'unsupported-media-type', blue, { 'content-type': 'text/plain' }],
    [400, 'idempotency-key-invalid', blue, { 'idempotency-key': 'a b' }],
  ])('is turned away with %s %s', async (status, kind, json, headers) => {
    const { post, handled } = cups({ maxBytes: 1_000 });
    expect(await post(json, headers)).toMatchObject({
      status,
      body: { type: `urn:problem:${kind}`, status },
    });
    expect(handled).toEqual([]);
  });

  it('says where its body departs from the contract', async () => {
    const { post } = cups();
    const { body: problem } = await post({ name: 'x' });
    expect(problem.errors).toEqual([
      { pointer: '/cup', detail: 'should be given; found was nothing' },
      { pointer: '/name', detail: 'should be 3 characters or more; found was "x"' },
    ]);
  });

  it('has in its envelope what the caller is known by, and nothing of what the caller says', async () => {
    const { post, handled } = cups({ caller: (request) => ({ by: request.headers.get('x-user') }) });
    await post({ ...blue, by: 'eve' }, { 'x-user': 'ada' });
    expect(handled[0]?.by).toBe('ada');
    const closed = cups({
      caller() {
        throw new HttpProblemError(401, 'unauthenticated');
      },
    });
    expect(await closed.post(blue)).toMatchObject({ status: 401, type: 'application/problem+json' });
  });

  it('has no other path, and no other method', async () => {
    const { api, post } = cups();
    expect(await post(blue, {}, '/cup/break')).toMatchObject({ status: 404 });
    const get = await api.fetch(new Request('http://cups.test/cup/rename'));
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect(() => cups({ only: ['smash'] })).toThrow('cups takes no command smash over HTTP');
    expect(await cups({ only: [] }).post(blue)).toMatchObject({ status: 404 });
  });
});

describe('an Idempotency-Key', () => {
  const key = { 'idempotency-key': 'k1' };

  it('has a request take effect once, and answered the same again', async () => {
    const { post, handled, sent } = cups();
    const first = await post(blue, key);
    // The keys of an object have no order.
    expect(await post({ name: 'blue', cup: 'c1' }, key)).toEqual(first);
    expect(handled).toHaveLength(1);
    expect(await sent()).toEqual(['cup.renamed']);
  });

  it('keeps a refusal too', async () => {
    const { post, handled } = cups();
    await post(blue);
    const first = await post(blue, key);
    expect(first.status).toBe(409);
    expect(await post(blue, key)).toEqual(first);
    expect(handled).toHaveLength(2);
  });

  it('is refused with another request', async () => {
    const { post, handled } = cups();
    await post(blue, key);
    const problem = { type: 'urn:problem:idempotency-key-reused' };
    expect(await post({ cup: 'c1', name: 'green' }, key)).toMatchObject({ status: 422, body: problem });
    expect(handled).toHaveLength(1);
  });

  it('is free again after a failure, for nothing was done', async () => {
    const { post, handled } = cups();
    const exploding = { cup: 'c1', name: 'explode' };
    expect((await post(exploding, key)).status).toBe(500);
    expect((await post(exploding, key)).status).toBe(500);
    expect(handled.map(({ id }) => id)).toEqual([handled[0]?.id, handled[0]?.id]);
  });

  it("is each caller's own", async () => {
    const { post, handled } = cups({ caller: (request) => ({ by: request.headers.get('x-user') }) });
    await post(blue, { ...key, 'x-user': 'ada' });
    await post({ cup: 'c2', name: 'green' }, { ...key, 'x-user': 'eve' });
    expect(handled.map(({ data }) => data.name)).toEqual(['blue', 'green']);
  });

  it('has one of many that come at once take effect', async () => {
    const { post, handled } = cups();
    const all = await Promise.all(Array.from({ length: 10 }, () => post(blue, key)));
    expect(new Set(all.map(({ body: answer }) => answer.commandId)).size).toBe(1);
    expect(handled).toHaveLength(1);
  });

  it('can be asked for, and is forgotten after a day', async () => {
    const { api, clock, store, post } = cups({ requireKey: true });
    expect(await post(blue)).toMatchObject({
      status: 400,
      body: { type: 'urn:problem:idempotency-key-missing' },
    });
    await post(blue, key);
    const kept = () => store.read((tx) => tx.documents('http/cups').list());
    expect(await kept()).toHaveLength(1);
    await api.worker.start();
    await clock.advance(86_400_000);
    await api.worker.stop();
    expect(await kept()).toEqual([]);
    const again = await post(blue, key);
    expect(again).toMatchObject({ status: 422, body: { detail: expect.stringContaining('forgotten') } });
  });
});

describe('what stands beside the body', () => {
  const TENANT = { in: 'header', name: 'tenant', required: true, schema: text } as const;
  const HURRY = { in: 'header', name: 'hurry', required: false, schema: { type: 'integer' } } as const;
  const KITCHEN = {
    in: 'path',
    name: 'kitchen',
    required: true,
    schema: { enum: ['north', 'south'] },
  } as const;

  /** The same command, on a channel a kitchen, with headers. */
  function kitchens(options: Partial<HttpApiOptions> = {}) {
    const store = sqliteStore({ file: ':memory:' });
    onTestFinished(() => store.close());
    const heard: HandlerContext['received'][] = [];
    const validate = ajv.compile({
      type: 'object',
      required: ['tenant', 'event_name'],
      properties: { tenant: text, hurry: { type: 'integer' }, event_name: { const: 'cup.rename' } },
    }) as unknown as Validator<unknown>;
    const inKitchen: MessageContract<Rename> = {
      ...rename,
      channel: 'kitchen.{kitchen}.rename',
      parameters: {
        kitchen: { values: ['north', 'south'], location: { in: 'payload', path: ['data', 'in'] } },
      },
      envelope: { ...rename.envelope, type: { in: 'headers', path: ['event_name'] } },
      headers: { validate, json: ['hurry'] },
    };
    const faults: unknown[] = [];
    const api = httpApi(
      info,
      {
        store,
        about: () => ({ subject: 'c1', type: 'cup.rename' }),
        observe: (it) => faults.push(it),
        ...options,
      },
      [
        httpCommand(inKitchen, (_, { received }) => void heard.push(received), {
          ...facts,
          parameters: [KITCHEN, TENANT, HURRY],
        }),
      ],
    );
    const post = async (path: string, headers: Record<string, string>, json: object = blue) => {
      const request = new Request(`http://cups.test${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(json),
      });
      const response = await api.fetch(request);
      return { status: response.status, ...(await response.json()) };
    };
    return { api, heard, faults, post };
  }

  it('reaches the handler as it does from a broker', async () => {
    const { post, heard } = kitchens();
    const headers = { tenant: 'lao', hurry: '3', event_name: 'eve', other: 'x' };
    expect(await post('/kitchen/north/rename', headers)).toMatchObject({ status: 200 });
    expect(heard).toMatchObject([
      {
        parameters: { kitchen: 'north' },
        // Its name is filled in, and what the contract does not name is not the message's.
        headers: { tenant: 'lao', hurry: 3, event_name: 'cup.rename' },
      },
    ]);
    expect(heard[0]?.headers).not.toHaveProperty('other');
  });

  it.each<[string, string, Record<string, string>, object, string, string]>([
    ['a value that is none', '/kitchen/west/rename', { tenant: 'lao' }, blue, 'parameters', 'kitchen'],
    ['no word', '/kitchen/no%20rth/rename', { tenant: 'lao' }, blue, 'parameters', 'kitchen'],
    [
      'another than the body says',
      '/kitchen/north/rename',
      { tenant: 'lao' },
      { ...blue, in: 'south' },
      'parameters',
      'kitchen',
    ],
    ['a header that is missing', '/kitchen/north/rename', {}, blue, 'headers', 'tenant'],
    [
      'a header of another type',
      '/kitchen/north/rename',
      { tenant: 'lao', hurry: 'very' },
      blue,
      'headers',
      'hurry',
    ],
  ])('is turned away: %s', async (_, path, headers, json, kind, parameter) => {
    const { post, heard } = kitchens();
    expect(await post(path, headers, json)).toMatchObject({
      status: 400,
      type: `urn:problem:invalid-${kind}`,
      errors: [{ parameter }],
    });
    expect(heard).toEqual([]);
  });

  it.each(['/kitchen/north', '/kitchen/a.b/rename', '/kitchen/a%2Fb/rename', '/kitchen/%ff/rename'])(
    'no other path is its own: %s',
    async (path) => {
      expect(await kitchens().post(path, { tenant: 'lao' })).toMatchObject({ status: 404 });
    },
  );

  it('is what the service says, where it says it: nobody else can', async () => {
    const { api, post, heard } = kitchens({ headers: { tenant: () => 'mine' } });
    await post('/kitchen/north/rename', { tenant: 'yours' });
    expect(heard[0]?.headers).toMatchObject({ tenant: 'mine' });
    expect(JSON.stringify(api.openApi)).not.toContain('"tenant"');
    const silent = kitchens({ headers: { tenant: () => undefined } });
    expect(await silent.post('/kitchen/north/rename', { tenant: 'yours' })).toMatchObject({ status: 500 });
    expect(silent.heard).toEqual([]);
    expect(silent.faults).toMatchObject([
      { error: { message: expect.stringContaining('`headers` should say: headers/tenant') } },
    ]);
  });

  it('belongs to what a key stands for', async () => {
    const { post, heard } = kitchens();
    const send = (kitchen: string, tenant: string) =>
      post(`/kitchen/${kitchen}/rename`, { tenant, 'idempotency-key': 'k1' });
    const first = await send('north', 'lao');
    expect(await send('north', 'lao')).toEqual(first);
    expect(await send('south', 'lao')).toMatchObject({ status: 422 });
    expect(await send('north', 'wu')).toMatchObject({ status: 422 });
    expect(heard).toHaveLength(1);
  });

  it('is in the description, and that is one of OpenAPI', async () => {
    const { api } = kitchens();
    const { valid, errors } = await new OpenApiValidator().validate(
      structuredClone(api.openApi) as Record<string, unknown>,
    );
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    const { schema, ...hurry } = HURRY;
    expect(Object(api.openApi.paths)['/kitchen/{kitchen}/rename'].post.parameters).toEqual([
      KITCHEN,
      TENANT,
      // It travels as JSON.
      { ...hurry, content: { 'application/json': { schema } } },
      { $ref: '#/components/parameters/IdempotencyKey' },
    ]);
  });
});

it('an API describes itself', async () => {
  const { api } = cups({ statusOf: () => 404 });
  const response = await api.fetch(new Request('http://cups.test/openapi.json'));
  const document = await response.json();
  expect(document).toEqual(api.openApi);
  expect(Object.keys(document.paths)).toEqual(['/cup/rename']);
  expect(document.paths['/cup/rename'].post.responses[404].description).toContain('`NAME_TAKEN`: Name taken');
});
