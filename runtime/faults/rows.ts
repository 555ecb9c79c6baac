import type { Row } from './row.ts';
import { kills } from './rows/kills.ts';

/** The matrix. */
export const ROWS: readonly Row[] = [...kills];
