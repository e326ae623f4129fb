/** Runs a program to its end; an error it ends with is said without a stack trace, and the exit status is 1. */
export async function orExplain(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** `clusterwise | head` closes our output early: that is the end, not an error. */
export function endOnBrokenPipe(output: NodeJS.WritableStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

/** Calls `stop` once, at the first request to end the process, and ends it then; a second request ends it at once. */
export function onEnd(stop: () => Promise<void>): void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const first = () => {
    // Without a listener a signal ends the process.
    for (const signal of signals) process.off(signal, first);
    stop().then(
      () => process.exit(),
      (error) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of signals) process.on(signal, first);
}
