/** librdkafka's mock cluster for tests: Kafka's protocol on real sockets, in memory, without a Kafka. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { binary } from './build.ts';

export interface KafkaCluster {
  /** `host:port` of each server. */
  readonly brokers: readonly string[];
  makeTopic(name: string, partitions: number, replicas?: number): Promise<void>;
  deleteTopic(name: string): Promise<void>;
  /** Closes the connections to a server, from 1 on, and refuses new ones. */
  down(broker: number): Promise<void>;
  up(broker: number): Promise<void>;
  /** Answers the next requests of an API, by its number in the protocol, with an error. */
  fail(api: number, error: number, times?: number): Promise<void>;
  /** Stops and continues the process: the connections stay, and nothing is answered. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

/** Whether there is one to test with, and if not, why. */
export function kafkaAvailability():
  | { readonly available: true }
  | { readonly available: false; readonly reason: string } {
  if (existsSync(binary)) return { available: true };
  return {
    available: false,
    reason:
      "librdkafka's mock cluster is not built: node runtime/conformance/kafka/build.ts (needs cc, make and the npm registry)",
  };
}

export async function startKafka(brokers = 3): Promise<KafkaCluster> {
  const child = spawn(binary, [String(brokers)]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the mock cluster ended: ${log}`);
    return value;
  };
  const addresses = (await line()).split(',');

  let last: Promise<unknown> = Promise.resolve();
  function command(text: string): Promise<void> {
    const answered = last.then(async () => {
      child.stdin.write(`${text}\n`);
      const answer = await line();
      if (answer !== 'ok') throw new Error(`the mock cluster answered ${answer} to: ${text}`);
    });
    last = answered.catch(() => undefined);
    return answered;
  }

  return {
    brokers: addresses,
    makeTopic: (name, partitions, replicas = addresses.length) =>
      command(`topic ${name} ${partitions} ${replicas}`),
    deleteTopic: (name) => command(`delete ${name}`),
    down: (broker) => command(`down ${broker}`),
    up: (broker) => command(`up ${broker}`),
    fail: (api, error, times = 1) => command(`error ${api} ${error} ${times}`),
    signal: (signal) => void child.kill(signal),
    stop: () => kill(child),
  };
}

async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}
