import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

const withoutShell = (shell: string) => {
  const isThere = spawnSync(shell, ['--version']).status === 0;
  if (!isThere) console.log(`not run: there is no ${shell} here`);
  return !isThere;
};

it.skipIf(withoutShell('fish'))('fish offers the same', () => {
  const script = `${completionScript('fish', COMMANDS)}
for line in 'chirograph val' 'chirograph generate --dr' 'chirograph compat --mode BACK'
  complete -C $line
end`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.match(/^\S+/gm)).toEqual(['validate', '--dry-run', 'BACKWARD']);
});

it.skipIf(withoutShell('zsh'))('zsh completes, from its first key on, with the script in $fpath', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-zsh-'));
  try {
    writeFileSync(join(folder, '_chirograph'), completionScript('zsh', COMMANDS));
    const script = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -D; zle-line-init() { print -n ready:'now' }; zle -N zle-line-init"
zpty -r z out '*ready:now*'
zpty -w z $'chirograph val\\t--format js\\t ::END'
zpty -r z out '*::END*'
print -r -- "$out"
zpty -d z`;
    const { stdout } = spawnSync('zsh', ['-f', '-c', script, 'zsh', folder], {
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm' },
    });
    // Without the terminal's own commands and what they take back.
    const shown = stripVTControlCharacters(stdout)
      .replace(/[^\P{Cc}\n]/gu, '')
      .replace(/ +/g, ' ');
    expect(shown).toContain('chirograph validate --format json ::END');
  } finally {
    rmSync(folder, { recursive: true });
  }
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
