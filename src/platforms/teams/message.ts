/** A card of the schema 1.5, as JSON: https://adaptivecards.io/schemas/adaptive-card.json. */
export type Card = { type: 'AdaptiveCard'; version: '1.5'; body: object[]; actions?: object[]; [key: string]: unknown };

/** A message as Teams takes it: a card, and the same in plain text for a notification and a client without cards. */
export type TeamsMessage = { summary: string; card: Card };

/** What the buttons and forms of a card send back. */
export type Pressed = {
  /** The text that a button asks. */
  ask?: string;
  /** A form that was filled in, whose values come beside it by the names of its fields. */
  form?: import('../../form.ts').Form;
};
