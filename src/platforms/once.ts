import type { Logger } from 'pino';
import type { Collection } from '../storage/storage.ts';
import { faultOf } from './fault.ts';

/** Platforms give up redelivering after a few minutes; an hour outlasts that and a clock that is off. */
const REMEMBERED = 60 * 60 * 1000;

/**
 * Tells whether a key is seen for the first time, by this process or a replica. Platforms deliver at least once,
 * sometimes twice at the same moment, and say so in nothing that can be relied on. Without storage every key counts as new:
 * better an answer too many than none.
 */
export function createOnce(events: Collection<true>, log: Logger): (key: string) => Promise<boolean> {
  const underWay = new Set<string>();
  return async (key) => {
    if (underWay.has(key)) return false;
    underWay.add(key);
    try {
      return (await events.update(key, (seen) => (seen ? undefined : true), REMEMBERED)) === true;
    } catch (error) {
      log.error({ fault: faultOf(error) }, 'the storage did not say whether a message was answered: answering it');
      return true;
    } finally {
      underWay.delete(key);
    }
  };
}
