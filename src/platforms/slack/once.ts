import { Keyv } from 'keyv';

/** Slack gives up redelivering after about five minutes; an hour outlasts that and a clock that is off. */
const REMEMBERED = 60 * 60 * 1000;
const KEPT = 10_000;

/** A map that forgets its oldest entry rather than grow. */
class BoundedMap extends Map<string, unknown> {
  override set(key: string, value: unknown): this {
    const oldest = this.keys().next();
    if (this.size >= KEPT && !this.has(key) && !oldest.done) this.delete(oldest.value);
    return super.set(key, value);
  }
}

/**
 * Tells whether a key is seen for the first time. Slack delivers at least once, sometimes twice at the same moment, and
 * says so in no header that can be relied on.
 */
export function createOnce(): (key: string) => Promise<boolean> {
  const seen = new Keyv<true>({ store: new BoundedMap(), ttl: REMEMBERED });
  const underWay = new Set<string>();
  return async (key) => {
    if (underWay.has(key)) return false;
    underWay.add(key);
    try {
      if (await seen.get(key)) return false;
      await seen.set(key, true);
      return true;
    } finally {
      underWay.delete(key);
    }
  };
}
