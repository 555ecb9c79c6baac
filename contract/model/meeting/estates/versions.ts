import { type Estate, message, pair, receiving, sending, versioned } from './documents.ts';

/** Versions of one message. */
export const ESTATES: readonly Estate[] = [
  pair(
    'a version on each side, the same',
    sending({ P: versioned('order.placed', '2.0') }),
    receiving({ P: versioned('order.placed', '2.0') }),
    'P',
  ),
  pair(
    'two versions sent, the reader reads the old one',
    sending({ P: versioned('order.placed', '1.0'), P2: versioned('order.placed', '2.0') }),
    receiving({ P: versioned('order.placed', '1.0') }),
    'P',
  ),
  pair(
    'a reader that writes no version',
    sending({ P: versioned('order.placed', '2.0') }),
    receiving({ P: message('order.placed') }),
    'P',
  ),
  pair(
    'only the new version is sent, the reader knows the old one: it gets the new one',
    sending({ P: versioned('order.placed', '2.0') }),
    receiving({ P: versioned('order.placed', '1.0') }),
    'P',
  ),
];
