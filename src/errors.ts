import type { Button } from './answer.ts';

/**
 * The only error whose text people see: one plain sentence that says what to change, and buttons for what to type next.
 * Every other error is a fault of ours, is logged whole and is answered with a reference.
 */
export class UserError extends Error {
  readonly buttons: Button[];

  constructor(message: string, buttons: Button[] = []) {
    super(message);
    this.name = 'UserError';
    this.buttons = buttons;
  }
}

/** A database that is down or refuses to write: not the fault of whoever asked, and over by itself. `cause` says more. */
export class Unavailable extends UserError {
  constructor(cause: unknown) {
    super('My database does not answer just now: please try again in a minute.');
    this.name = 'Unavailable';
    this.cause = cause;
  }
}
