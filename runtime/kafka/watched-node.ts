import type { Apis } from './client.ts';
import { type Address, type Link, type LinkOptions, openLink } from './link.ts';

/**
 * A server and the connections to it. A connection on which a request may rightly wait for long says nothing about the server, so a
 * further one asks it now and then; when it does not answer, all end.
 */
export interface WatchedNode {
  readonly address: Address;
  link(): Promise<Link>;
  close(reason?: Error): void;
}

/** A server that answers nothing for two of these is dead. */
const HEARTBEAT = 2_000;

export function watchedNode(options: LinkOptions, apis: Apis, address: Address): WatchedNode {
  const links = new Set<Link>();
  let pulse: Link | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let isWatched = false;

  async function beat(): Promise<void> {
    try {
      if (!pulse?.isOpen) pulse = await openLink(options, address);
      await pulse.call(apis.apiVersions, 2 * HEARTBEAT, 'chirograph', '1');
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const link of links) link.close(reason);
    }
    isWatched = !closed && links.size > 0;
    if (isWatched) timer = setTimeout(() => void beat(), HEARTBEAT);
    else pulse?.close();
  }

  return {
    address,
    async link() {
      const link = await openLink(options, address);
      if (closed) {
        link.close();
        throw new Error('the connection is closed');
      }
      links.add(link);
      link.onClose(() => links.delete(link));
      if (!isWatched) timer = setTimeout(() => void beat(), HEARTBEAT);
      isWatched = true;
      return link;
    },
    close(reason) {
      closed = true;
      clearTimeout(timer);
      pulse?.close(reason);
      for (const link of links) link.close(reason);
    },
  };
}
