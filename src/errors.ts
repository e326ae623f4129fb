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
