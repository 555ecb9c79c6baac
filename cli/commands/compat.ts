import { Failure } from '../exit.ts';
import type { Run } from './command.ts';
export const run: Run = async () => {
  throw new Failure('compat is not there yet');
};
