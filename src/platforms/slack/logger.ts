import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';

/**
 * Slack's loggers, written to ours. Debug is left out, since it holds whole messages, and whatever stands in quotation
 * marks, since a JSON error quotes what it could not read.
 */
export function slackLogger(log: Logger): SlackLogger {
  const said = (parts: unknown[]) => {
    const [first] = parts;
    return (first instanceof Error ? faultOf(first) : String(first)).replace(/"[^"]*("|$)/gs, '“…”').slice(0, 300);
  };
  return {
    debug() {},
    info: (...parts) => log.debug(said(parts)),
    warn: (...parts) => log.warn(said(parts)),
    error: (...parts) => log.error(said(parts)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}

/** What may be logged of an error: its kind and Slack's code, never what was sent. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return `${error.name}: ${error.message.replace(/"[^"]*("|$)/gs, '“…”').slice(0, 200)}`;
}
