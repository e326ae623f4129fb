import { describe, expect, test } from 'vitest';
import { ask, commands } from './ask.ts';

describe.each(commands.map(({ name, examples }) => ({ name, examples })))('/$name', ({ examples }) => {
  test.each(examples)('answers “$ask” as its help says', async ({ ask: text, headline }) => {
    expect((await ask(text)).headline).toBe(headline);
  });
});
