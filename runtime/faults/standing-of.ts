import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from './until.ts';

/** Arguments of `node` by which a process says where it stands when it is asked. */
export function reportTo(folder: string): readonly string[] {
  return ['--report-on-signal', '--report-signal=SIGUSR2', `--report-directory=${folder}`];
}

interface Report {
  readonly javascriptStack: { readonly stack?: readonly string[] };
  readonly libuv: readonly {
    readonly type: string;
    readonly is_active: boolean;
    readonly is_referenced: boolean;
    readonly remoteEndpoint?: { readonly port?: number } | null;
  }[];
}

/** Where a process stands that does not come to its end: its stack, and what it waits for. For those who read why a row failed. */
export async function standingOf(child: ChildProcess, folder: string): Promise<string> {
  child.kill('SIGUSR2');
  for (let tries = 0; tries < 50; tries += 1) {
    await pause(100);
    try {
      const [name] = readdirSync(folder);
      if (name === undefined) continue;
      const { javascriptStack, libuv }: Report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      const waits = libuv
        .filter((it) => it.is_active && it.is_referenced)
        .map(({ type, remoteEndpoint }) => (remoteEndpoint ? `${type} to ${remoteEndpoint.port}` : type));
      const stack = (javascriptStack.stack ?? []).slice(0, 4).join(' < ');
      return `it is at ${stack || 'rest'}, and waits for ${waits.join(', ') || 'nothing'}`;
    } catch {
      // Half written.
    }
  }
  return 'it does not say where it stands: it is stopped, or stuck outside of JavaScript';
}
