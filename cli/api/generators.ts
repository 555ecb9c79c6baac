/** What a generator of your own is made of, and ours; see docs/plugins.md. */
export * from '@chirograph/generators';
