import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whole processes, as a shell sees them. */
export interface Run {
  readonly seconds: number;
  /** Seconds of the processor: steadier than the clock where others use the machine. */
  readonly processor: number;
  /** The most memory that the process ever held, in MB. */
  readonly megabytes: number;
}

/**
 * Says on standard error, as the last line, how many KiB and microseconds of the processor a run has taken. On Linux the
 * processor time of the processes that it started and waited for counts too; their memory does not.
 */
const USAGE = `data:text/javascript,import{readFileSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();let c=0;try{const f=readFileSync('/proc/self/stat','utf8').split(') ')[1].split(' ');c=(Number(f[13])+Number(f[14]))*1e4}catch{}console.error('\\nused',u.maxRSS,u.userCPUTime+u.systemCPUTime+c)})`;

/** @param script a JavaScript file, run by the Node that runs this */
export function runOnce(script: string, args: readonly string[], cwd: string): Run {
  const started = performance.now();
  const child = spawnSync(process.execPath, ['--import', USAGE, script, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', CI: 'true' },
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - started) / 1000;
  if (child.status !== 0) throw new Error(`${script} failed:\n${child.stdout}\n${child.stderr}`);
  const [, kibibytes, microseconds] = /used (\d+) (\d+)/.exec(child.stderr) ?? [];
  return { seconds, processor: Number(microseconds) / 1e6, megabytes: Number(kibibytes) / 1024 };
}

/**
 * Runs contenders in turns, so that what else the machine does falls on all alike, and answers the median of each by
 * processor time. A first run of each, which fills the caches of the disk and of compiled code, does not count.
 */
export function inTurns(rounds: number, ...contenders: readonly (() => Run)[]): Run[] {
  const runs = Array.from({ length: rounds + 1 }, () => contenders.map((run) => run())).slice(1);
  return contenders.map((_, i) => {
    const own = runs.map((round) => round[i]!).sort((a, b) => a.processor - b.processor);
    return own[Math.floor(own.length / 2)]!;
  });
}

export function textOf({ seconds, processor, megabytes }: Run): string {
  return `${seconds.toFixed(3)} s   processor ${processor.toFixed(3)} s   ${megabytes.toFixed(0)} MB`;
}

/** One run in terms of another. */
export function ratioOf(ours: Run, theirs: Run): string {
  const part = (of: keyof Run) => (ours[of] / theirs[of]).toFixed(2);
  return `${part('seconds')} of its time, ${part('processor')} of its processor time, ${part('megabytes')} of its memory`;
}

/**
 * The command of AsyncAPI's own CLI, which takes 440 MB and is installed elsewhere: the folder is in `ASYNCAPI_CLI`.
 * Undefined where it is not given.
 */
export function asyncapiCli(): string | undefined {
  const { ASYNCAPI_CLI: folder } = process.env;
  if (folder === undefined) return undefined;
  const script = join(folder, 'node_modules/@asyncapi/cli/bin/run_bin');
  if (!existsSync(script)) throw new Error(`there is no @asyncapi/cli in ${folder}`);
  return script;
}

/** How to get it. */
export const ASYNCAPI_HINT =
  'AsyncAPI CLI is not measured: npm install --prefix <folder> @asyncapi/cli, then ASYNCAPI_CLI=<folder> node ...';
