/** Milliseconds that a server has to agree. */
const PATIENCE = 2_000;

/**
 * Closes a channel or a connection; never rejects. The client waits for the server's answer, which does not come where the connection is
 * lost in between: so the wait ends by itself, and what the server still holds for it goes back when it notices.
 */
export async function closeQuietly(it: { close(): Promise<unknown> } | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  await Promise.race([it?.close().catch(() => undefined), patience]);
  clearTimeout(timer);
}
