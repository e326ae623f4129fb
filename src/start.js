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
  try {
    await import(`./${program}.ts`);
  } catch (error) {
    // A package that is not there; a file of ours that is missing has a path in its message.
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing || !error.message.startsWith('Cannot find package')) throw error;
    process.stderr.write(`${error.message.split(' imported')[0]}: run “npm ci” first.\n`);
    process.exitCode = 1;
  }
}
