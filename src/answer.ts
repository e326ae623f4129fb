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
  /** The whole answer in one sentence. */
  headline: string;
  facts?: [label: string, value: string][];
  tables?: Table[];
  code?: Code[];
  notes?: string[];
  sources?: Source[];
  buttons?: Button[];
  /** `asker` (the default for a slash command) keeps the answer private where the platform can. */
  audience?: 'asker' | 'channel';
  /** True when the answer takes the place of the message whose button asked for it. */
  replaces?: boolean;
  /** Absent when the request was answered. `input`: not understood or invalid. `fault`: our own error. */
  problem?: 'input' | 'fault';
};
