import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';
import { COMMANDS } from './commands.ts';
import { completionScript, SHELLS } from './completion-script.ts';

/** What bash offers for the last of some words. */
function offered(...words: string[]): string[] {
  const script = `${completionScript('bash', COMMANDS)}
COMP_WORDS=(chirograph ${words.map((it) => `'${it}'`).join(' ')})
COMP_CWORD=${words.length}
_chirograph
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter((it) => it !== '');
}

it('completes commands, options and their values', () => {
  expect(offered('')).toEqual(COMMANDS.map((it) => it.name));
  expect(offered('val')).toEqual(['validate']);
  expect(offered('generate', '--dr')).toEqual(['--dry-run']);
  expect(offered('compat', '--mode', 'BACK')).toEqual(['BACKWARD']);
  expect(offered('validate', 'spe')).toEqual([]);
});

it.each(SHELLS)('%s knows every command and every option', async (shell) => {
  const io = memoryIo('.');
  expect(await main(['completion', shell], io)).toBe(0);
  for (const { name, options } of COMMANDS) {
    expect(io.printed()).toContain(name);
    for (const { flags } of options) expect(io.printed()).toContain(/--([\w-]+)/.exec(flags)?.[1]);
  }
});

it('says which shells there are', async () => {
  const io = memoryIo('.');
  expect(await main(['completion', 'tcsh'], io)).toBe(2);
  expect(io.said()).toContain('The shells are bash, zsh, fish.');
});
