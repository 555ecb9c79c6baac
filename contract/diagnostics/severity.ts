/** How much a finding matters: an error makes a run fail, a warning may, an info never does. */
export type Severity = 'error' | 'warning' | 'info';
