import type { RequestListener } from 'node:http';

/** A place people talk to the bot from. `routes` are the paths it serves on the one HTTP server. */
export type Platform = {
  name: string;
  routes: Record<string, RequestListener>;
  /** Resolves when requests can come in. */
  start(): Promise<void>;
  /** Resolves when nothing more comes in and what was under way has been answered. */
  stop(): Promise<void>;
};
