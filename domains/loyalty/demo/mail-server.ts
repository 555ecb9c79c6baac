import type { Mailer } from '../notification/mail.ts';

/** A mail server that can be made to fail. */
export interface MailServer {
  readonly mailer: Mailer;
  /** The next so many mails are not taken. */
  failNext(times: number): void;
}

export function mailServer(): MailServer {
  let failures = 0;
  return {
    async mailer() {
      if (failures === 0) return;
      failures -= 1;
      throw new Error('the mail server does not answer');
    },
    failNext(times) {
      failures = times;
    },
  };
}
