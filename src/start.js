// Plain JavaScript, so that a Node too old to run TypeScript can still say what it needs.
import { nodeTooOld } from './node-version.js';

const [program = 'main'] = process.argv.splice(2, 1);
const complaint = nodeTooOld(process.versions.node);
if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
} else {
  await import(`./${program}.ts`);
}
