import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceSpec } from './service.ts';
import { reportTo, standingOf } from './standing-of.ts';
import { until, untilReached } from './until.ts';

const service = fileURLToPath(new URL('service.ts', import.meta.url));

/** Those that run: none outlives the matrix, not even one that is frozen, or was started while the rows were being ended. */
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

const compiled = join(tmpdir(), 'chirograph-faults-compiled');

/** A service in a process of its own. */
export interface ServiceProcess {
  /** How often it has said a word: `delivered`, `relayed`, ... */
  count(word: string): number;
  /** What it said of errors. */
  readonly faults: readonly string[];
  readonly isRunning: boolean;
  ready(): Promise<void>;
  /** Resolves when it has written so many messages, however long that takes while it writes. */
  written(count: number): Promise<void>;
  /** Says a line to it, on standard input. */
  tell(line: string): void;
  /** Ends its standard input. */
  end(): void;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** With SIGTERM. Answers with its exit code and the milliseconds it took. */
  terminate(): Promise<{ readonly code: number | null; readonly took: number }>;
}

/** A service that did not start proves nothing about the fault that a row makes, nor about the safeguard that its broken variant lacks. */
export class ServiceNotStartedError extends Error {
  override readonly name = 'ServiceNotStartedError';
}

export function startService(spec: ServiceSpec, more: readonly string[] = []): ServiceProcess {
  return startScript(service, [JSON.stringify(spec), ...more]);
}

export function startScript(script: string, args: readonly string[]): ServiceProcess {
  const reports = mkdtempSync(join(tmpdir(), 'faults-report-'));
  const child = spawn(process.execPath, [...reportTo(reports), script, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Dozens of processes are started: a third of what that costs is compiling the same files.
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    // One that nobody stops does not run for ever.
    timeout: 1_200_000,
    killSignal: 'SIGKILL',
  });
  children.add(child);
  const counts = new Map<string, number>();
  const faults: string[] = [];
  let rest = '';
  // One that has ended hears nothing more.
  child.stdin.on('error', () => undefined);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, count = '1', word = '', detail = ''] = /^(\d+) (\S+) ?(.*)$/.exec(line) ?? [];
      counts.set(word, (counts.get(word) ?? 0) + Number(count));
      if (detail !== '') faults.push(detail);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => faults.push(text.trim()));
  let running = true;
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running = false;
      children.delete(child);
      rmSync(reports, { recursive: true, force: true });
      resolve(code);
    }),
  );
  return {
    count: (word) => counts.get(word) ?? 0,
    faults,
    get isRunning() {
      return running;
    },
    ready: () =>
      until(
        'the service is ready',
        () => {
          if (!running) throw new Error(`the service ended before it was ready: ${faults.join('\n')}`);
          return (counts.get('ready') ?? 0) > 0;
        },
        // A machine that does much else starts a process slowly, and that is not what a row is about.
        { every: 10, within: 180_000 },
      ).catch(async (error) => {
        const said = [...counts.keys()].join(', ');
        const stands = running ? `; ${await standingOf(child, reports)}` : '';
        throw new ServiceNotStartedError(
          `${error.message} (it said: ${said}; ${faults.slice(-5).join('; ')}${stands})`,
        );
      }),
    written: (count) => untilReached('all is written', () => counts.get('written') ?? 0, count),
    end: () => void child.stdin.end(),
    tell: (line) => void child.stdin.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async terminate() {
      const began = performance.now();
      child.kill('SIGTERM');
      const code = await exited;
      return { code, took: performance.now() - began };
    },
  };
}

/** What services said of errors: each once, with how often, for rows that fail. */
export function faultsOf(services: readonly ServiceProcess[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const fault of services.flatMap(({ faults }) => faults)) {
    // Numbers of transactions and ports do not make another fault.
    const short = fault
      .replace(/\s+/g, ' ')
      .replace(/\d{3,}/g, '#')
      .slice(0, 160);
    counts.set(short, (counts.get(short) ?? 0) + 1);
  }
  return [...counts].slice(0, 20).map(([fault, count]) => `${count} x ${fault}`);
}
