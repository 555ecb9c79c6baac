/** A workspace as a catalog: files as data. */
export * from '@chirograph/catalog';
