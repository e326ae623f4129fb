import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';
import { faultOf } from '../fault.ts';

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
