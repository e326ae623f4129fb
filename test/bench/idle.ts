import { serve } from './remote.ts';

// What is compared with: a process that does nothing, on a machine that is as busy.
serve({});
