import { notify } from './notify.ts';

/**
 * What a broker tells of faults that fix themselves: process warnings unless someone listens. One who listens and throws stops nothing: it
 * is told in the middle of what sets things right.
 */
export function faultListener(listener: (error: unknown) => void = warn): (error: unknown) => void {
  return (error) => notify(() => listener(error));
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
