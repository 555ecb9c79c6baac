/** Services that run from their contracts alone, for tests. */
export * from '@chirograph/mock';
