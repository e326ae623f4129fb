import type { RequestListener } from 'node:http';
import type { Poster } from '../reminders/poster.ts';

/** A place people talk to the bot from. `routes` are the paths it serves on the one HTTP server. */
export type Platform = {
  name: string;
  routes: Record<string, RequestListener>;
  /** How the bot posts there by itself. */
  poster: Poster;
  /** Resolves when requests can come in. */
  start(): Promise<void>;
  /** Resolves when nothing more comes in and what was under way has been answered. */
  stop(): Promise<void>;
};
