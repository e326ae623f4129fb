import { onEnd } from '../src/process.ts';
import { core } from './bench/core.ts';
import { tidy } from './bench/leftovers.ts';
import { reminders } from './bench/reminders.ts';
import { slack } from './bench/slack.ts';
import { headings, print } from './bench/table.ts';

const parts = new Map(Object.entries({ slack, core, reminders }));
const named = process.argv.slice(2);
const unknown = named.find((name) => !parts.has(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no part “${unknown}”: name ${[...parts.keys()].join(', ')}, or none for all.\n`);
  process.exit(1);
}

onEnd(async () => {
  await tidy();
  process.exit(1);
});
const rows = [headings];
try {
  for (const [name, measure] of parts) {
    if (named.length > 0 && !named.includes(name)) continue;
    process.stderr.write(`Measuring ${name} …\n`);
    rows.push(...(await measure()));
  }
} finally {
  await tidy();
}
print(rows);
process.exit();
