/**
 * `chirograph validate` beside Redocly CLI: whole processes from the shell, on the same files, in one run. What counts
 * are the ratios, of time and of processor time: the latter stays the same when others use the machine. Run: node bench/validate.ts [rounds]
 * Redocly stands in bench/redocly with a lock of its own: npm ci --prefix bench/redocly
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { writeWorkspace } from './validate-workspace.ts';

const OURS = fileURLToPath(new URL('../cli/bin/chirograph.js', import.meta.url));
const REDOCLY = fileURLToPath(new URL('redocly/node_modules/@redocly/cli/bin/cli.js', import.meta.url));

/** Says on standard error, as the last line, how many KiB and microseconds of the processor a run has taken. */
const PRELOAD = `data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();console.error('\\nused',u.maxRSS,u.userCPUTime+u.systemCPUTime)})`;

interface Run {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

function measure(rounds: number, script: string, args: readonly string[], cwd: string): Run {
  const runs = Array.from({ length: rounds + 1 }, () => {
    const started = performance.now();
    const child = spawnSync(process.execPath, ['--import', PRELOAD, script, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', CI: 'true' },
      maxBuffer: 1 << 28,
    });
    const seconds = (performance.now() - started) / 1000;
    if (child.status !== 0) throw new Error(`${script} failed:\n${child.stdout}\n${child.stderr}`);
    const [, kibibytes, microseconds] = /used (\d+) (\d+)/.exec(child.stderr) ?? [];
    return { seconds, processor: Number(microseconds) / 1e6, megabytes: Number(kibibytes) / 1024 };
  });
  // The first run fills the caches of the disk and of compiled code, as a first run of the day does.
  const warm = runs.slice(1).toSorted((a, b) => a.processor - b.processor);
  return warm[Math.floor(warm.length / 2)]!;
}

function row(name: string, ours: Run, theirs?: Run): string {
  const own = `${name.padEnd(16)} ${textOf(ours)}`;
  if (!theirs) return own;
  const ratio = (part: 'seconds' | 'processor' | 'megabytes') => (ours[part] / theirs[part]).toFixed(2);
  return `${own}   redocly ${textOf(theirs)}   ratio ${ratio('seconds')} of the time, ${ratio('processor')} of the processor, ${ratio('megabytes')} of the memory`;
}

function textOf({ seconds, processor, megabytes }: Run): string {
  return `${seconds.toFixed(3)} s, cpu ${processor.toFixed(3)} s, ${megabytes.toFixed(0)} MB`;
}

const rounds = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
try {
  for (const count of [1, 10, 100, 200, 1000]) {
    const workspace = join(folder, String(count));
    const files = writeWorkspace(workspace, count);
    const ours = measure(rounds, OURS, ['validate', '.'], workspace);
    const isPeer = existsSync(REDOCLY) && count <= 200;
    const theirs = isPeer
      ? measure(rounds, REDOCLY, ['lint', '--extends', 'recommended', ...files], workspace)
      : undefined;
    process.stdout.write(`${row(`${count} documents`, ours, theirs)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
