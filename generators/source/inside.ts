/** Whether a path, with forward slashes, names a file below the folder that it is relative to. */
export function isInside(path: string): boolean {
  const steps = path.split('/');
  return !/\\|^[A-Za-z]:/.test(path) && steps.every((it) => it !== '' && it !== '.' && it !== '..');
}
