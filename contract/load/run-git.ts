import { type SpawnSyncReturns, spawnSync } from 'node:child_process';

/** By these a hook is told which repository it runs for. Where it then looks elsewhere, git must not be told the same. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/**
 * Runs git in a folder, for the repository that the folder is in: what a hook has inherited (`GIT_DIR`) holds only where
 * there is no other. Never asks a question.
 */
export function runGit(
  folder: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): SpawnSyncReturns<Buffer> {
  const run = (env: NodeJS.ProcessEnv) =>
    spawnSync('git', args, { cwd: folder, input, env, maxBuffer: 1 << 30 });
  const plain = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  const own = Object.fromEntries(Object.entries(plain).filter(([name]) => !OF_HOOKS.includes(name)));
  const answer = run(own);
  const isElsewhere = answer.status === 128 && /not a git repository/i.test(answer.stderr.toString('utf8'));
  return isElsewhere && OF_HOOKS.some((name) => name in plain) ? run(plain) : answer;
}

/** What git says of a failure, without its own prefixes. */
export function gitReason({ error, stderr }: SpawnSyncReturns<Buffer>): string {
  if (error) return 'code' in error && error.code === 'ENOENT' ? 'git is not installed' : error.message;
  const [first = 'git failed'] = stderr.toString('utf8').trim().split('\n');
  return first.replace(/^(fatal|error): /, '');
}
