/**
 * The catalog turns a workspace of contracts into the content of an EventCatalog project (https://eventcatalog.dev):
 * one page for each domain, service, channel, message version, flow, aggregate and team. It is a pure function; the
 * site in `catalog/site` writes what it returns to disk and builds it.
 */

/** A file to write. `path` is relative to the EventCatalog project, with forward slashes. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
