import { fileURLToPath } from 'node:url';

/**
 * The site: everything that touches the disk, the network of this machine and other processes. Run by
 * `npm run eventcatalog` (main.ts) and by the check of the built site (check.ts).
 */

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** This folder: EventCatalog's packages and settings. */
export const SITE = fileURLToPath(new URL('.', import.meta.url));

/** What EventCatalog builds from; written anew by each run, never committed. */
export const PROJECT = fileURLToPath(new URL('project', import.meta.url));

/** What it builds: a static site. */
export const DIST = fileURLToPath(new URL('project/dist', import.meta.url));
