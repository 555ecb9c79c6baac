import { randomInt } from 'node:crypto';
import { type Diagnostic, suggest } from '@chirograph/contract/diagnostics';
import { messagesOf, type Service, type Workspace } from '@chirograph/contract/model';
import {
  type Api,
  avroCodecsFor,
  brokerFor,
  channelsFor,
  chooseSent,
  chooseServices,
  type FaultRates,
  type Mocks,
  mockApi,
  mocks,
  parseFaults,
  parseRates,
  type Rates,
  sentBy,
} from '@chirograph/mock';
import { readSettings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { mockReporter } from '../report/mock-reporter.ts';
import { untilEnded } from '../terminal/until-ended.ts';
import type { Values } from '../terminal/values.ts';
import { openNeighbourhood, reachOf } from '../workspace/open-neighbourhood.ts';
import type { Run } from './command.ts';

/** `chirograph mock`: runs services until it is told to end. */
export const run: Run = async (words, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics, aside } = await openNeighbourhood(settings, values, io);
  if (diagnostics.some((it) => it.severity === 'error')) {
    throw new CommandError('the contracts cannot be read whole', 'Run: chirograph validate');
  }
  const services = value(chooseServices(workspace.services, words));
  refuseBroken(services, workspace, aside);
  if (services.length === 0) throw new CommandError('there is no service to run');
  const options = {
    seed: values.seed === undefined ? randomInt(1_000_000) : wholeNumber('--seed', values.seed, 2 ** 32 - 1),
    faults: faultsOf(values),
    rates: ratesOf(values, workspace, services),
    flows: flowsOf(values, workspace, services),
  };
  const port = wholeNumber('--port', values.port, 65_535);
  const reporter = mockReporter(io, {
    json: values.format === 'json',
    quiet: values.quiet === true,
    services,
  });

  const ended = untilEnded(io);
  const chosen = value(brokerFor(String(values.broker)));
  const broker = await chosen
    .open({ workspace, channels: channelsFor(workspace, services), onFault: reporter.fault })
    .catch((error: unknown) =>
      // What is to be installed is said already; a server has not been looked for.
      fail(`cannot use ${values.broker}`, error, isNotInstalled(error) ? undefined : NO_SERVER),
    );
  try {
    const avro = await avroCodecsFor(workspace).catch((error: unknown) =>
      fail('cannot encode messages in Avro', error, 'Install `avsc` beside chirograph: `npm install avsc`.'),
    );
    const running = mocks({ workspace, services, broker, avro, ...options, onHappening: reporter.happening });
    const api = await openApi(running, workspace, port);
    try {
      reporter.introduce(running);
      await running.start();
      reporter.started({ url: api.url, seed: options.seed, broker: String(values.broker) });
      await ended;
    } finally {
      await running.stop();
      await api.close();
    }
    const { counts } = running.journal;
    reporter.stopped(counts);
    return values.failOnViolation && counts.violating > 0 ? EXIT.findings : EXIT.clean;
  } finally {
    await broker.close();
  }
};

/** A neighbour that is played is played whole. */
function refuseBroken(
  services: readonly Service[],
  workspace: Workspace,
  aside: readonly Diagnostic[],
): void {
  const played = services.filter((it) => it.neighbour !== undefined);
  const isReached = reachOf(
    workspace,
    played.flatMap(({ id }) => [
      ...messagesOf(workspace, id, 'send'),
      ...messagesOf(workspace, id, 'receive'),
    ]),
  );
  const files = new Set(played.map(({ at }) => at.file));
  const broken = aside.find(({ at }) => files.has(at.file) || isReached(at));
  if (broken)
    throw new CommandError(
      `a neighbour's contract cannot be read whole: ${broken.at.file}: ${broken.message}`,
      'It is fixed in its own repository; then: chirograph neighbours --update',
    );
}

async function openApi(running: Mocks, workspace: Workspace, port: number): Promise<Api> {
  return mockApi(running, workspace, port).catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (taken)
      throw new CommandError(
        `port ${port} is taken`,
        'Choose another with --port, or --port 0 for any that is free.',
      );
    throw error;
  });
}

function faultsOf({ faults }: Values): FaultRates {
  return typeof faults === 'string' ? value(parseFaults(faults)) : {};
}

/** Rates by the names on the wire; users may write the end of a name. */
function ratesOf({ rate }: Values, workspace: Workspace, services: readonly Service[]): Rates {
  const { byName, ...all } = value(parseRates(texts(rate)));
  const sent = sentBy(workspace, services);
  const named = Object.entries(byName).map(
    ([word, interval]) => [value(chooseSent(workspace.messages, sent, word)).name, interval] as const,
  );
  return { ...all, byName: Object.fromEntries(named) };
}

/** The flows that were named. Where one does not exist, those of the mocked services' domains are told. */
function flowsOf({ flow }: Values, { flows }: Workspace, services: readonly Service[]): readonly string[] {
  const known = new Set(flows.map((it) => it.name));
  const wanted = texts(flow);
  const missing = wanted.find((it) => !known.has(it));
  if (missing === undefined) return wanted;
  const domains = new Set(services.map((it) => it.domain));
  const own = flows.filter((it) => domains.has(it.domain)).map((it) => it.name);
  const near = suggest(missing, own);
  throw new CommandError(
    `there is no flow \`${missing}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    own.length === 0 ? 'The domain declares none.' : `There are ${[...new Set(own)].sort().join(', ')}.`,
  );
}

function texts(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.map(String) : [];
}

function wholeNumber(flag: string, given: unknown, max: number): number {
  const n = Number(given);
  if (!Number.isInteger(n) || n < 0 || n > max)
    throw new CommandError(`${flag} wants a whole number up to ${max}, not \`${given}\``);
  return n;
}

function value<T>(parsed: { readonly value: T } | { readonly problem: string }): T {
  if ('problem' in parsed) throw new CommandError(parsed.problem);
  return parsed.value;
}

const NO_SERVER = 'Is a server running there? For NATS: nats-server -js; for RabbitMQ: rabbitmq-server';

function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && error.message.includes('npm install');
}

function fail(what: string, error: unknown, hint: string | undefined): never {
  throw new CommandError(`${what}: ${error instanceof Error ? error.message : String(error)}`, hint);
}
