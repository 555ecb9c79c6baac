/** What `--format` may be where findings are printed. Stands alone, so that help loads no reporter. */
export const FORMATS: readonly string[] = ['text', 'json', 'github', 'junit', 'sarif', 'gitlab'];
