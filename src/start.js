// Plain JavaScript, so that a Node too old to run TypeScript can still say what it needs.
import * as module from 'node:module';
import { nodeTooOld } from './node-version.js';

const [program = 'main'] = process.argv.splice(2, 1);
const complaint = nodeTooOld(process.versions.node);
if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
} else {
  // The second start finds the TypeScript already stripped and compiled: it takes about half the time.
  module.enableCompileCache?.();
  await import(`./${program}.ts`);
}
