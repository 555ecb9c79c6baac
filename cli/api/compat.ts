/** What a change is: `compare` two workspaces, `judge` the changes by a policy. */
export * from '@chirograph/compat';
