import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';

/** Slack's loggers, written to ours. Debug is left out, since it holds whole messages. */
export function slackLogger(log: Logger): SlackLogger {
  return {
    debug() {},
    info: (said) => log.debug(faultOf(said)),
    warn: (said) => log.warn(faultOf(said)),
    error: (said) => log.error(faultOf(said)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}

/**
 * What may be logged of an error: its kind and Slack's code, never what was sent. All from the first quotation mark to
 * the last is left out, since a JSON error quotes what it could not read, quotation marks included.
 */
export function faultOf(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return said.replace(/"(.*"|.*$)/s, '“…”').slice(0, 300);
}
