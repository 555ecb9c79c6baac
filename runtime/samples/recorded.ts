/** A sending method that keeps what it sent. The order of the log is that in which the sendings were done. */
export function recorded<Args extends readonly unknown[], T>(
  send: (...args: Args) => Promise<T>,
  log: T[],
): (...args: Args) => Promise<T> {
  return async (...args) => {
    const sent = await send(...args);
    log.push(sent);
    return sent;
  };
}
