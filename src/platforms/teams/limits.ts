/**
 * What one message may hold. Teams refuses a message that is too large whole, so the renderer stays within all of them.
 * Characters, unless said otherwise; most are ours, so that every piece fits a message whatever stands beside it.
 */
export const most = {
  /** Messages of one answer: ours, since each is a post of its own. */
  messages: 4,
  /** JSON of a message. Teams advises 80 KB, counted as two bytes a character; 1,500 are left for the envelope. */
  message: 38_500,
  /** The plain text beside the card. */
  summary: 2_500,
  /** What a client without cards of this version shows. */
  fallback: 500,
  /** One run of text; a longer text goes on in further ones. */
  text: 2_500,
  /** A label, a title or a name. */
  label: 200,
  /** What somebody asked, as it is said back. */
  asked: 300,
  rows: 200,
  columns: 10,
  /** The cells of one row together. */
  row: 4_000,
  /** One heading of a table. */
  heading: 100,
  /** The text of a file that is shown as a whole. */
  file: 15_000,
  /** Buttons in a row: Teams shows no more. */
  actions: 6,
  buttons: 24,
  /** The label of a button. */
  button: 75,
  /** The text that a button asks, which stands in the card twice. */
  ask: 1_000,
  /** JSON of all buttons of one answer, so that they and a notice fit any message. */
  allActions: 10_000,
  url: 2_000,
  mentions: 10,
  /** The name or id of somebody who is called. */
  name: 100,
};
