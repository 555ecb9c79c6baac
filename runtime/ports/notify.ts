/**
 * Calls a listener whose failure must not undo or repeat what it is told of: that has already happened. The
 * failure becomes a process warning, so that it is still seen.
 */
export function notify(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
