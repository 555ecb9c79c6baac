/** Reading and judging contracts as a program: `load` a workspace, `lint` it; both return data. */
export * from '@chirograph/contract/diagnostics';
export * from '@chirograph/contract/lint';
export * from '@chirograph/contract/load';
export * from '@chirograph/contract/model';
