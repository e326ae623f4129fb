import type { Form } from './form.ts';
import type { Person } from './request.ts';

/** One row or header cell is plain text; a renderer escapes it. Every row has as many cells as `columns`. */
export type Table = { title?: string; columns: string[]; rows: string[][] };

export type Code = { language: 'powershell' | 'shell' | 'text'; text: string; filename?: string };

/** Where a statement comes from and the day (YYYY-MM-DD) somebody last compared it with that text. */
export type Source = { title: string; url?: string | undefined; checked: string };

/** A button carries the text it asks, exactly as if the person had typed it. */
export type Button = { label: string; ask: string; style?: 'primary' | 'danger' };

/**
 * What the bot says. Every string is plain text: no Markdown, no escapes; the renderer of each platform escapes the
 * leaves. The fields are shown in this order on every platform, so that all answers look alike.
 */
export type Answer = {
  /** People the message calls, named before the headline. Only what the bot posts by itself calls anyone. */
  mentions?: Person[];
  /** The whole answer in one sentence. */
  headline: string;
  facts?: [label: string, value: string][];
  tables?: Table[];
  code?: Code[];
  notes?: string[];
  sources?: Source[];
  buttons?: Button[];
  /** A file that goes with the answer. */
  file?: { filename: string; text: string };
  /** What is put to the person to fill in, where the platform has forms; the rest of the answer is for where it has none. */
  form?: Form;
  /**
   * An answer to a slash command is private where the platform can, and offered to be shown to the channel. `channel`: it is
   * for the channel at once. `asker`: it is not offered, since to show it asks again.
   */
  audience?: 'asker' | 'channel';
  /** True when the answer takes the place of the message whose button asked for it. */
  replaces?: boolean;
  /** True when what a press has done shows on the message itself, so that a platform need not say it again. */
  shown?: boolean;
  /** Absent when the request was answered. `input`: not understood or invalid. `fault`: our own error. */
  problem?: 'input' | 'fault';
};
