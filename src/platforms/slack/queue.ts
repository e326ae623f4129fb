/** Jobs under way at once: each waits for Slack most of its time. */
const AT_ONCE = 10;
/** Milliseconds that a job waits at most while others keep coming. */
const PATIENCE = 10;

/**
 * Does jobs in order, when no other came in the last turn of the event loop. So a burst of deliveries is acknowledged,
 * for which Slack waits three seconds, before answering takes the time; alone, a job begins at once.
 * @param failed is told what a job rejected with
 */
export function createQueue(failed: (error: unknown) => void) {
  const waiting: (() => Promise<void>)[] = [];
  const idle: (() => void)[] = [];
  let underWay = 0;
  let awake = false;
  let came = false;
  let begun = 0;

  function wake(): void {
    if (awake || waiting.length === 0 || underWay >= AT_ONCE) return;
    awake = true;
    setImmediate(() => {
      awake = false;
      const now = performance.now();
      if (!came || now - begun > PATIENCE) {
        begun = now;
        const job = waiting.shift();
        if (job) run(job);
      }
      came = false;
      wake();
    });
  }

  function run(job: () => Promise<void>): void {
    underWay += 1;
    job()
      .catch(failed)
      .finally(() => {
        underWay -= 1;
        if (underWay === 0 && waiting.length === 0) for (const resolve of idle.splice(0)) resolve();
        wake();
      });
  }

  return {
    add(job: () => Promise<void>): void {
      // Alone, nothing is waited for.
      came = waiting.push(job) > 1;
      wake();
    },
    /** Resolves when nothing waits and nothing is under way. */
    idle: (): Promise<void> =>
      underWay === 0 && waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)),
  };
}
