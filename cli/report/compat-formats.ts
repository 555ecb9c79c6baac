import { compatJson } from './compat-json.ts';
import { compatMarkdown } from './compat-markdown.ts';
import type { CompatReporter } from './compat-report.ts';
import { compatText } from './compat-text.ts';

/** The reporters of `chirograph compat`, by their formats. */
export const COMPAT_FORMATS: Readonly<Record<string, CompatReporter>> = {
  text: compatText,
  json: compatJson,
  markdown: compatMarkdown,
};
