/** What stands where personal data stood, once it is erased. */
export const ERASED = '[erased]';
